-- A file says that it has the next vintage of an edition only where something in it differs from the one published:
-- in columns that both have, since a column that is new is no difference.
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
    select edition from (
        select {{ shared answers }} from candidate.answers
        except
        select {{ shared answers }} from published.answers
    )
    union
    select edition from (
        select {{ shared answers }} from published.answers
        except
        select {{ shared answers }} from candidate.answers
    )
    union
    select edition from (
        select {{ shared framework }} from candidate.framework
        except
        select {{ shared framework }} from published.framework
    )
    union
    select edition from (
        select {{ shared overall_scores }} from candidate.overall_scores
        except
        select {{ shared overall_scores }} from published.overall_scores
    )
    union
    select edition from (
        select {{ shared group_scores }} from candidate.group_scores
        except
        select {{ shared group_scores }} from published.group_scores
    )
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
    select edition from (
        select {{ shared returns_received }} from candidate.returns_received
        except
        select {{ shared returns_received }} from published.returns_received
    )
    union
    select edition from (
        select {{ shared group_members }} from candidate.group_members
        except
        select {{ shared group_members }} from published.group_members
    )
    union
    select edition from (
        select {{ shared gca_activity_measures }} from candidate.gca_activity_measures
        except
        select {{ shared gca_activity_measures }} from published.gca_activity_measures
    )
    union
    select edition from (
        select {{ shared legal_measures }} from candidate.legal_measures
        except
        select {{ shared legal_measures }} from published.legal_measures
    )  -- names of states
    union
    select edition
    from (
        select columns(name -> name != 'vintage') from (select {{ shared editions }} from candidate.editions)
        except
        select columns(name -> name != 'vintage') from (select {{ shared editions }} from published.editions)
    )
)

select
    edition,
    vintage as found,
    vintage_before || ': nothing differs from it' as expected
from newer
anti join different using (edition)
