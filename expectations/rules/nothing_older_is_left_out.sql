-- Whatever landed for the candidate's edition before its newest input is one of its inputs.
select
    receipts.kind,
    receipts.digest,
    receipts.file,
    'received ' || receipts.received_at || ', not in the manifest' as found,
    'in the manifest' as expected
from landing.receipts as receipts
inner join run.subject as subject using (edition)
anti join run.inputs as inputs using (digest)
where
    receipts.kind in ('survey', 'reviews')
    and receipts.verdict = 'accepted'
    and receipts.received_at < (
        select max(others.received_at)
        from landing.receipts as others
        inner join run.inputs using (digest)
        inner join run.subject as subject on others.edition = subject.edition
    )
