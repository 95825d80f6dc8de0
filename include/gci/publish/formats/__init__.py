"""The formats of a release, one file each."""
