"""What people are told: one digest of what blocks the release, what is new and what is known, each with its owner."""
