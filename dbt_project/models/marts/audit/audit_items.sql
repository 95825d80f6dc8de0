with
audited as (
    {{ audited('answer_distribution') }}
),

typed as (
    select
        edition,
        cast(item as varchar) as item,
        cast(answered as integer) as answered,
        cast(missing as integer) as missing,
        cast(mean as double) as mean,
        cast(sd as double) as sd,
        cast(floor as double) as floor,
        cast(ceiling as double) as ceiling,
        cast(skewness as double) as skewness,
        cast(kurtosis as double) as kurtosis
    from audited
)

select * from typed
