-- Every table has as many rows of an edition as its members, items, pillars and groups make.
with
editions as (
    select
        edition,
        (select count(*) from recomputed.taking_part as members where members.edition = editions.edition) as members,
        (select count(*) from recomputed.items as items where items.edition = editions.edition) as items,
        (select count(distinct items.indicator) from recomputed.items as items where items.edition = editions.edition)
            as indicators,
        (select count(distinct items.pillar) from recomputed.items as items where items.edition = editions.edition)
            as pillars
    from recomputed.editions as editions
),

due as (
    select
        edition,
        unnest(
            [
                {'table_name': 'answers', 'expected': members * items},
                {'table_name': 'indicator_scores', 'expected': members * indicators},
                {'table_name': 'pillar_scores', 'expected': members * pillars},
                {'table_name': 'overall_scores', 'expected': members},
                {'table_name': 'legal_measures', 'expected': members},
                {'table_name': 'technical_measures', 'expected': members},
                {'table_name': 'organizational_measures', 'expected': members},
                {'table_name': 'capacity_development', 'expected': members},
                {'table_name': 'cooperation', 'expected': members}
            ],
            recursive := true
        )
    from editions
),

given as (
    select 'answers' as table_name, edition, count(*) as found from candidate.answers group by edition
    union all
    select 'indicator_scores', edition, count(*) from candidate.indicator_scores group by edition
    union all
    select 'pillar_scores', edition, count(*) from candidate.pillar_scores group by edition
    union all
    select 'overall_scores', edition, count(*) from candidate.overall_scores group by edition
    union all
    select 'legal_measures', edition, count(*) from candidate.legal_measures group by edition
    union all
    select 'technical_measures', edition, count(*) from candidate.technical_measures group by edition
    union all
    select 'organizational_measures', edition, count(*) from candidate.organizational_measures group by edition
    union all
    select 'capacity_development', edition, count(*) from candidate.capacity_development group by edition
    union all
    select 'cooperation', edition, count(*) from candidate.cooperation group by edition
)

select
    table_name,
    edition,
    coalesce(found, 0) as found,
    coalesce(expected, 0) as expected
from due
full join given using (table_name, edition)
where found is distinct from expected
