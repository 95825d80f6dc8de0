with
audited as (
    {{ audited('fragility') }}
),

typed as (
    select
        edition,
        cast(one.iso3 as varchar) as iso3,
        cast(one.direction as varchar) as direction,
        cast(one.step as integer) as step,
        cast(one.changes as integer) as changes,
        cast(one.cut as double) as cut,
        cast(one.item as varchar) as item,
        cast(one.answer_from as double) as answer_from,
        cast(one.answer_to as double) as answer_to,
        cast(one.gain as double) as gain,
        cast(one.score_after as double) as score_after
    from audited
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from typed
