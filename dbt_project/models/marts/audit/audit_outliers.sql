with
audited as (
    {{ audited('change_outliers') }}
),

typed as (
    select
        edition,
        cast(one.iso3 as varchar) as iso3,
        cast(one.edition_before as varchar) as edition_before,
        cast(one.change as double) as change,
        cast(one.robust_z as double) as robust_z,
        cast(one.outlier as boolean) as outlier
    from audited
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from typed
