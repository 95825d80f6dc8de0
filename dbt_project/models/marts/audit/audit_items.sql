with
audited as (
    {{ audited('answer_distribution') }}
),

typed as (
    select
        edition,
        cast(one.item as varchar) as item,
        cast(one.answered as integer) as answered,
        cast(one.missing as integer) as missing,
        cast(one.mean as double) as mean,
        cast(one.sd as double) as sd,
        cast(one.floor as double) as floor,
        cast(one.ceiling as double) as ceiling,
        cast(one.skewness as double) as skewness,
        cast(one.kurtosis as double) as kurtosis
    from audited
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from typed
