with
answers as (
    select * from {{ ref('int_case_answers') }}
),

framework as (
    select * from {{ ref('int_framework_nodes') }}
    where evidence_required
),

links as (
    select * from {{ ref('int_case_links') }}
),

missing as (
    select
        *,
        'missing_answers' as kind,
        pillar as subject,
        cast(null as varchar) as said,
        cast(null as varchar) as held_against
    from answers
    where answer is null
),

without_evidence as (
    select
        answers.*,
        'evidence_missing' as kind,
        answers.item as subject,
        cast(null as varchar) as said,
        cast(null as varchar) as held_against
    from answers
    inner join framework on answers.edition = framework.edition and answers.item = framework.node
    where answers.answer > 0 and coalesce(trim(answers.evidence_url), '') = ''
),

malformed as (
    select
        answers.*,
        if(links.form = 'placeholder', 'evidence_placeholder', 'evidence_malformed') as kind,
        answers.item as subject,
        answers.evidence_url as said,
        links.form as held_against
    from answers
    inner join links using (return_digest, edition, iso3, collector, item)
    where links.form is not null
),

points as (
    select * from missing
    union all
    select * from without_evidence
    union all
    select * from malformed
)

select
    {{ finding('kind', 'subject') }},
    said,
    held_against
from points
