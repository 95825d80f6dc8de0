"""From the landing zone to a candidate: what is new, what goes in, and the one run of dbt that builds it."""
