-- A file says that it has the next vintage of an edition only where something in it differs from the one published.
with
newer as (
    select
        edition,
        given.vintage,
        before.vintage as vintage_before
    from candidate.editions as given
    inner join published.editions as before using (edition)
    anti join run.subject as subject using (edition)
    where given.vintage > before.vintage
),

different as (
    select edition from (from candidate.answers except from published.answers)
    union
    select edition from (from published.answers except from candidate.answers)
    union
    select edition from (from candidate.framework except from published.framework)
    union
    select edition from (from candidate.overall_scores except from published.overall_scores)
    union
    select edition from (from candidate.group_scores except from published.group_scores)
    union
    select edition
    from (
        select edition, iso3, dimension, source, published, recomputed, verdict, note from candidate.reconciliation
        except
        select edition, iso3, dimension, source, published, recomputed, verdict, note from published.reconciliation
    )
    union
    select edition
    from (select edition, id from candidate.decisions except select edition, id from published.decisions)
    union
    select edition from (from candidate.returns_received except from published.returns_received)
    union
    select edition from (from candidate.group_members except from published.group_members)
    union
    select edition from (from candidate.gca_activity_measures except from published.gca_activity_measures)
    union
    select edition from (from candidate.legal_measures except from published.legal_measures)  -- names of states
    union
    select edition
    from (
        select * exclude (vintage) from candidate.editions
        except
        select * exclude (vintage) from published.editions
    )
)

select
    edition,
    vintage as found,
    vintage_before || ': nothing differs from it' as expected
from newer
anti join different using (edition)
