-- What a source has is what Data360 has, to what the source rounds to; or the difference is on record, with this figure.
select
    printed.edition,
    printed.iso3,
    printed.source,
    printed.score as found,
    published.published::double as expected
from candidate.published_history as printed
inner join seeds.published_scores as published using (edition, iso3)
inner join seeds.published_sources as sources on (sources.edition, sources.source) = (printed.edition, printed.source)
where
    published.dimension = 'overall'
    and published.source = 'data360'
    and printed.score is not null
    and not near(printed.score, published.published::double, sources.tolerance::double)
    and not exists (
        from seeds.source_differences as told
        where
            (told.edition, told.iso3, told.dimension, told.source) = (printed.edition, printed.iso3, 'overall', printed.source)
            and near(told.published::double, printed.score, 1e-9)
    )
