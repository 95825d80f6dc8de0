with
links as (
    select * from {{ ref('int_evidence_links') }}
    where form is null
),

in_other_states as (
    select
        links.edition,
        links.iso3,
        links.item,
        'same_in_other_states' as flag,
        string_agg(distinct others.iso3, ' ' order by others.iso3) as same_as
    from links
    inner join links as others
        on links.edition = others.edition and links.compared_by = others.compared_by and links.iso3 != others.iso3
    group by links.edition, links.iso3, links.item
),

in_other_items as (
    select
        links.edition,
        links.iso3,
        links.item,
        'same_in_other_items' as flag,
        string_agg(others.item, ' ' order by others.item) as same_as
    from links
    inner join links as others
        on links.edition = others.edition and links.compared_by = others.compared_by and links.iso3 = others.iso3
    where links.item != others.item
    group by links.edition, links.iso3, links.item
),

repeated as (
    select * from in_other_states
    union all
    select * from in_other_items
)

select * from repeated
