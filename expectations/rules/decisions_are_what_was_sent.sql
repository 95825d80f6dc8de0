-- A decision in the file stands in the landed file that it names, where that is here, as it is; a candidate has every
-- one that its manifest names.
with
columns_of as (
    select
        id,
        decision_digest,
        hash(
            kind, edition, iso3, subject, was, value, day, reason, evidence, author, approver, decided_on, answers, file, row
        ) as said
    from landing.decisions
)

select
    given.id,
    'no such row in ' || given.file as found,
    'the decision as it was sent' as expected
from candidate.decisions as given
where
    given.decision_digest in (select landed.decision_digest from landing.decisions as landed)
    and (
        given.id,
        given.decision_digest,
        hash(
            given.kind, given.edition, given.iso3, given.subject, given.was, given.value, given.day, given.reason,
            given.evidence, given.author, given.approver, given.decided_on, given.answers, given.file, given.row
        )
    ) not in (select (id, decision_digest, said) from columns_of)
union all
select
    sent.id,
    'no row' as found,
    'the decision that landed in ' || sent.file as expected
from landing.decisions as sent
inner join run.inputs as named on (sent.edition, sent.decision_digest) = (named.edition, named.digest)
where sent.id not in (select there.id from candidate.decisions as there)
union all
select
    given.id,
    'answered by ' || coalesce(given.answered_by, 'none') as found,
    'answered by ' || coalesce(max(later.id), 'none') as expected
from candidate.decisions as given
left join candidate.decisions as later on given.id = later.answers
group by given.id, given.answered_by
having given.answered_by is distinct from max(later.id)
