-- An edition with tiers has no ranks and the reverse; a state with a score has the one that its edition has.
select
    edition,
    iso3,
    'rank ' || coalesce(rank::varchar, 'null') || ', tier ' || coalesce(tier::varchar, 'null') as found,
    case editions.rank_rule
        when 'dense_2dp' then 'a rank, no tier'
        when 'tiers' then 'a tier, no rank'
        else 'neither rank nor tier'
    end as expected
from candidate.overall_scores
left join candidate.editions as editions using (edition)
where
    (rank is not null) != (coalesce(editions.rank_rule = 'dense_2dp', false) and score is not null)
    or (tier is not null) != (coalesce(editions.rank_rule = 'tiers', false) and score is not null)
