"""The object store that several machines share ($GCI_STORE): what a worker reads is brought, what it made is kept."""
