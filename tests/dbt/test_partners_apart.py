"""What partners say never moves a score: they are shown beside it, and asked about."""

from __future__ import annotations

import json

from warehouse import warehouse

SHOW_PARTNERS = {
    "gca_activity_measures",
    "partner_support",
    "partner_value_revisions",
    "partner_values",
    "review_worklist",
}
# Of survey.duckdb: what a partner says otherwise than a state is a case to ask about.
ASK_ABOUT_PARTNERS = {"case_events", "case_items", "cases", "survey_status"}


def test_no_table_but_those_that_show_partners_reads_what_they_sent() -> None:
    manifest = json.loads((warehouse().both.folder / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    parents = manifest["parent_map"]

    def behind(node: str) -> set[str]:
        direct = set(parents.get(node, ()))
        return direct.union(*(behind(parent) for parent in direct))

    marts = {
        node["alias"]: behind(name)
        for name, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and node["schema"] == "main"
    }
    assert len(marts) > 25
    assert {table for table, read in marts.items() if "source.gci.landing.partners" in read} == (
        SHOW_PARTNERS | ASK_ABOUT_PARTNERS
    )
    assert {
        table for table, read in marts.items() if "model.gci.int_partner_values" in read
    } < SHOW_PARTNERS | ASK_ABOUT_PARTNERS
