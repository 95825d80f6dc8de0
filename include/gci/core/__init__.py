"""What every package stands on: errors, paths, records, clock, files, locks, digests, the door to DuckDB, processes."""
