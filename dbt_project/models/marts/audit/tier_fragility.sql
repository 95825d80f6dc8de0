with
audited as (
    {{ audited('fragility') }}
),

typed as (
    select
        edition,
        cast(iso3 as varchar) as iso3,
        cast(direction as varchar) as direction,
        cast(step as integer) as step,
        cast(changes as integer) as changes,
        cast(cut as double) as cut,
        cast(item as varchar) as item,
        cast(answer_from as double) as answer_from,
        cast(answer_to as double) as answer_to,
        cast(gain as double) as gain,
        cast(score_after as double) as score_after
    from audited
)

select * from typed
