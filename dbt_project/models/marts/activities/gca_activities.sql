-- What follows an activity changes with the questionnaire: here as of the newest edition of the file.
with
gca_activities as (
    select * from {{ ref('stg_reference__gca_activities') }}
),

by_edition as (
    select * from {{ ref('gca_activity_status_by_edition') }}
),

editions as (
    select * from {{ ref('int_editions') }}
),

newest as (
    select
        by_edition.activity,
        max_by(by_edition.edition, (editions.reference_year, by_edition.edition)) as edition
    from by_edition
    inner join editions using (edition)
    group by by_edition.activity
),

with_status as (
    select
        gca_activities.activity,
        gca_activities.guideline,
        gca_activities.pillar,
        gca_activities.asks_en,
        by_edition.followed_by,
        by_edition.data_status,
        by_edition.source_needed
    from gca_activities
    inner join newest using (activity)
    inner join by_edition using (activity, edition)
)

select * from with_status
