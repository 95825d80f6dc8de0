"""Publication: the release beside the earlier ones, the atomic swap of what analysts read, and what is published."""
