with
activity_status as (
    select * from {{ ref('stg_reference__gca_activity_status') }}
),

editions as (
    select * from {{ ref('int_editions') }}
),

held as (
    select * from editions
    where vintage is not null
),

by_edition as (
    select
        held.edition,
        activity_status.activity,
        activity_status.data_status,
        activity_status.followed_by,
        activity_status.source_needed
    from held
    inner join activity_status on held.edition >= activity_status.from_edition
    qualify row_number() over (
        partition by held.edition, activity_status.activity order by activity_status.from_edition desc
    ) = 1
)

select * from by_edition
