"""The statistical audit of every edition in the candidate: arrays in, tables out. docs/audit.md says what is done."""


def model(dbt, session):
    """One row per edition with scores; a column per table of the audit, holding its rows as a list."""
    from gci.audit.in_dbt import audited

    # What the audit reads of the session; naming it here has dbt build it before.
    read = [
        dbt.ref("answers"),
        dbt.ref("framework"),
        dbt.ref("group_members"),
        dbt.ref("editions"),
        dbt.ref("overall_scores"),
        dbt.ref("weight_allotments"),
        dbt.ref("review_outcomes"),
    ]
    assert read
    return audited(session, dbt.ref("stg_candidate__editions"), dbt.ref("tiers"))
