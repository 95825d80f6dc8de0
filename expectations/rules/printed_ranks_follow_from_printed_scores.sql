-- Ranks as printed are the dense ranks of the scores as printed: two ranks that were swapped show here. What the print has
-- comes first; a state that is known from the transcription alone is ranked among the others.
with
as_printed as (
    select *
    from candidate.published_history
    where source != 'data360' and score is not null and rank is not null
    qualify row_number() over (partition by edition, iso3 order by source = 'transcription') = 1
),

ranked as (
    select
        edition,
        iso3,
        source,
        rank,
        dense_rank() over (
            partition by edition order by round(score, if(scale = '0-1', 3, 2)) desc
        ) as due
    from as_printed
)

select
    edition,
    iso3,
    source,
    rank as found,
    due as expected
from ranked
where rank != due
