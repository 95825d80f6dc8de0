-- points = weight of the indicator × share of the question in it × answer; none without an answer.
select
    edition,
    iso3,
    item,
    given.points as found,
    due.points as expected
from candidate.answers as given
inner join recomputed.answers as due using (edition, iso3, item)
where not as_published(given.points, due.points, 12)
