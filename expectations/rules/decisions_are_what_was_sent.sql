-- Each decision stands in the landed file that it names, as it is there, and none of a file is left out. A file alone may
-- come from elsewhere: an edition is held against the landing zone here where this has a file that its decisions name.
with
sent as (
    select
        id,
        edition,
        decision_digest,
        file,
        hash(
            kind, edition, iso3, subject, was, value, day, reason, evidence, author, approver, decided_on, answers, file, row
        ) as said
    from landing.decisions
),

held as (
    select distinct edition
    from candidate.decisions
    where decision_digest in (select sent.decision_digest from sent)
)

select
    given.id,
    'no such row in ' || given.file as found,
    'the decision as it was sent' as expected
from candidate.decisions as given
where
    (given.edition in (from held) or given.id in (select sent.id from sent))
    and (
        given.id,
        given.decision_digest,
        hash(
            given.kind, given.edition, given.iso3, given.subject, given.was, given.value, given.day, given.reason,
            given.evidence, given.author, given.approver, given.decided_on, given.answers, given.file, given.row
        )
    ) not in (select (sent.id, sent.decision_digest, sent.said) from sent)
union all
select
    sent.id,
    'no row' as found,
    'the decision that landed in ' || sent.file as expected
from sent
where
    sent.id not in (select there.id from candidate.decisions as there)
    and (
        (sent.edition, sent.decision_digest) in (select (named.edition, named.digest) from run.inputs as named)
        or sent.decision_digest in (select there.decision_digest from candidate.decisions as there)
    )
union all
select
    given.id,
    'answered by ' || coalesce(given.answered_by, 'none') as found,
    'answered by ' || coalesce(max(later.id), 'none') as expected
from candidate.decisions as given
left join candidate.decisions as later on given.id = later.answers
group by given.id, given.answered_by
having given.answered_by is distinct from max(later.id)
