"""Where data comes from, as OpenLineage events: landing → staging → marts → published, column by column."""
