"""The sign-off: which candidate waits, what its signer sees, the answer, and what is kept of it."""
