"""What landed, held against its own bytes: read once more through the readers, and made again where it is damaged."""
