"""The places along the way of the data as Airflow assets: who writes one tells those who read it.

Assets carry names and no paths, so that every worker and every data folder means the same place (see gci.core.paths).
"""

from __future__ import annotations

from airflow.sdk import Asset

LANDING_SURVEY = Asset("landing_survey", group="gci")
"""Accepted returns and reviews, as Parquet in the landing zone. Written by collect_survey."""

LANDING_PARTNERS = Asset("landing_partners", group="gci")
"""Accepted partner files, as Parquet in the landing zone. Written by collect_partners."""

CANDIDATE = Asset("candidate", group="gci")
"""A warehouse that was built and passed its gates, not yet published. Written by build_index."""

PUBLISHED = Asset("published", group="gci")
"""The releases, and the DuckDB file that analysts read. Written by publish_edition."""
