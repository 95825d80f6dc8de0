-- The printed score is the published one to the decimals that were printed, or the row says what it is elsewhere.
select
    edition,
    iso3,
    printed.score as found,
    round(published.published::double, 2) as expected
from candidate.published_history as printed
inner join seeds.published_scores as published using (edition, iso3)
where
    published.dimension = 'overall'
    and not near(printed.score, published.published::double, if(printed.note is null, 0.0051, 0.05))
