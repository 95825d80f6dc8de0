with
audited as (
    {{ audited('change_outliers') }}
),

typed as (
    select
        edition,
        cast(iso3 as varchar) as iso3,
        cast(edition_before as varchar) as edition_before,
        cast(change as double) as change,
        cast(robust_z as double) as robust_z,
        cast(outlier as boolean) as outlier
    from audited
)

select * from typed
