-- Every return, review and partner file that the file names has landed here, or stood in the file published before.
-- Where neither is at hand nothing can be said; where the statement of the file's release is, it has been held already.
with
named as (
    select 'answers' as table_name, 'return_digest' as column_name, edition as about, return_digest as digest
    from candidate.answers
    union
    select 'answers', 'review_digest', edition, review_digest from candidate.answers
    union
    select 'returns_received', 'return_digest', edition, return_digest from candidate.returns_received
    union
    select 'decisions', 'decision_digest', edition, decision_digest from candidate.decisions
    union
    select 'partner_values', 'landing_digest', source, landing_digest from candidate.partner_values
),

known as (
    select digest from papers.landed
    union
    select return_digest from published.answers
    union
    select review_digest from published.answers
    union
    select return_digest from published.returns_received
    union
    select decision_digest from published.decisions
    union
    select landing_digest from published.partner_values
)

select
    table_name,
    column_name,
    about,
    digest as found,
    'a file that has landed, or that the file published before names' as expected
from named
anti join known using (digest)
where digest is not null and exists (from known where known.digest is not null) and not exists (from papers.stated)
