"""Data of partners: their registry and contracts, what their files say, how fresh it is, fetching it."""
