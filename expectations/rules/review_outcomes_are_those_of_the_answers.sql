-- Reviewed answers by what was claimed and what counts, as far as the returns that they name have landed here.
with
claims as (
    select
        return_digest,
        iso3,
        item,
        coalesce(
            (
                select arg_max(counts.value::double, counts.from_edition)
                from seeds.answer_values as counts
                where counts.answer = given.answer and counts.from_edition <= given.edition
            ),
            try_cast(answer as double)
        ) as claimed
    from landing.survey as given
    qualify row_number() over (partition by return_digest, iso3, item order by answer is null, row) = 1
),

reviewed as (
    select
        answers.edition,
        answers.pillar,
        claims.claimed,
        answers.answer,
        claims.return_digest is not null as is_known
    from candidate.answers as answers
    left join claims using (return_digest, iso3, item)
    where answers.source = 'reviewed' and answers.return_digest is not null
),

due as (
    select
        edition,
        pillar,
        claimed,
        answer as final,
        count(*) as answers
    from reviewed
    where claimed is not null
    group by edition, pillar, claimed, answer
),

given as (
    select * from candidate.review_outcomes
)

select
    edition,
    pillar,
    claimed,
    final,
    coalesce(given.answers::varchar, 'no row') as found,
    coalesce(due.answers::varchar, 'no row') as expected
from given
full join due using (edition, pillar, claimed, final)
where
    given.answers is distinct from due.answers
    and edition not in (select reviewed.edition from reviewed where not reviewed.is_known)
