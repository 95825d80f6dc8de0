"""Where things lie: inbox, landing, candidates, releases, on a disk and in an object store."""
