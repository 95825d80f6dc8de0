-- A state is in several development groups: their names in one cell, by language.
with
groups_of_states as (
    select * from {{ ref('int_groups_of_states') }}
),

labels as (
    select * from {{ ref('int_labels') }}
    where kind = 'development'
),

single as (
    select
        edition,
        iso3,
        unnest(string_split(development, ' ')) as member_group
    from groups_of_states
),

named as (
    select
        single.edition,
        single.iso3,
        labels.language,
        string_agg(labels.label, '; ' order by labels.code) as development
    from single
    inner join labels on single.member_group = labels.code
    group by single.edition, single.iso3, labels.language
)

select * from named
