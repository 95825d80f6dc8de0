"""Looks at releases: verify, explain, compare, list."""
