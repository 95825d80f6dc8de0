-- Ranks as printed are the dense ranks of the scores as printed: two ranks that were swapped show here.
with
ranked as (
    select
        edition,
        iso3,
        rank,
        dense_rank() over (
            partition by edition order by round(score, if(scale = '0-1', 3, 2)) desc
        ) as due
    from candidate.published_history
    where score is not null
)

select
    edition,
    iso3,
    rank as found,
    due as expected
from ranked
where rank is not null and rank != due
