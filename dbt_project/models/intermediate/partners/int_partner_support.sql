-- Projects arrive as series `support:<activity>:<partner>` of the source support_projects, a number a year.
with
partner_values as (
    select * from {{ ref('int_partner_values') }}
),

projects as (
    select
        iso3,
        split_part(series, ':', 2) as activity,
        split_part(series, ':', 3) as partner,
        period,
        value as projects,
        landing_digest
    from partner_values
    where source = 'support_projects' and regexp_full_match(series, 'support:[1-5][.][a-z]:.+') and value > 0
),

side_by_side as (
    select
        iso3,
        activity,
        partner,
        period,
        projects,
        cast(count(*) over (partition by iso3, activity, period) as integer) as partners,
        landing_digest
    from projects
)

select * from side_by_side
