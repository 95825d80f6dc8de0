-- Each row of a wide table has the state's name, its score for each indicator of the pillar and its pillar score.
with
pillar as (
    select wide_tables.pillar from recomputed.wide_tables as wide_tables where wide_tables.table_name = '{{ table }}'
),

given as (
    from (
        select
            edition,
            iso3,
            cast(columns(* exclude (edition, iso3, synthetic)) as varchar)
        from candidate.{{ table }}
    )
    unpivot include nulls (found for column_name in (* exclude (edition, iso3)))
),

-- A column for every indicator that the pillar has in any edition; empty where the edition does not have it.
due as (
    select
        members.edition,
        members.iso3,
        codes.indicator as column_name,
        scores.score
    from recomputed.members as members
    cross join (
        select distinct items.node as indicator
        from seeds.framework as items
        where items.level = 'indicator' and items.pillar = (from pillar)
    ) as codes
    left join recomputed.indicators as scores
        on
            members.edition = scores.edition
            and members.iso3 = scores.iso3
            and codes.indicator = scores.indicator
            and scores.pillar = (from pillar)
    union all
    select
        edition,
        iso3,
        'pillar_score' as column_name,
        score
    from recomputed.dimensions
    where dimension = (from pillar)
),

named as (
    select
        edition,
        iso3,
        'member_state' as column_name,
        states.name_en
    from recomputed.members
    left join seeds.member_states as states using (iso3)
)

select
    edition,
    iso3,
    column_name,
    case
        when given.edition is null then 'no row or column'
        else given.found
    end as found,
    case
        when due.edition is null and named.edition is null then 'no row or column'
        else coalesce(named.name_en, round(due.score, 9)::varchar)
    end as expected
from given
full join due using (edition, iso3, column_name)
full join named using (edition, iso3, column_name)
where
    given.edition is null
    or (due.edition is null and named.edition is null)
    or (due.edition is not null and not is_score(try_cast(given.found as double), due.score))
    or (due.edition is not null and given.found is not null and try_cast(given.found as double) is null)
    or (named.edition is not null and given.found is distinct from named.name_en)
