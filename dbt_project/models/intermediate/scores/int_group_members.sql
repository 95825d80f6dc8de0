-- An edition that does not move keeps the members that it was published with, whatever the seeds say by now.
with
of_the_seeds as (
    select * from {{ ref('int_groups_of_the_seeds') }}
),

as_published as (
    select * from {{ ref('stg_candidate__group_members') }}
),

together as (
    select
        edition,
        grouping,
        member_group,
        iso3,
        basis
    from as_published
    union all
    select
        of_the_seeds.edition,
        of_the_seeds.grouping,
        of_the_seeds.member_group,
        of_the_seeds.iso3,
        of_the_seeds.basis
    from of_the_seeds
    anti join as_published using (edition)
)

select * from together
