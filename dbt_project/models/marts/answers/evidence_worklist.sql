-- What a reviewer should look at before accepting an answer. Nobody has reviewed the answers that are listed.
with
answers as (
    select * from {{ ref('int_answers_resolved') }}
),

items as (
    select * from {{ ref('int_items') }}
),

links as (
    select * from {{ ref('int_evidence_links') }}
),

repeated as (
    select * from {{ ref('int_evidence_repeated') }}
),

flags as (
    select
        edition,
        iso3,
        item,
        form as flag,
        null as same_as
    from links
    where form is not null
    union all
    select
        edition,
        iso3,
        item,
        flag,
        same_as
    from repeated
    union all
    select
        answers.edition,
        answers.iso3,
        answers.item,
        'no_evidence' as flag,
        null as same_as
    from answers
    inner join items using (edition, item)
    where items.evidence_required and answers.answer > 0 and coalesce(trim(answers.evidence_url), '') = ''
),

open_ones as (
    select
        flags.edition,
        flags.iso3,
        flags.item,
        flags.flag,
        flags.same_as,
        answers.evidence_url,
        answers.source,
        answers.return_digest
    from flags
    inner join answers using (edition, iso3, item)
    where answers.source != 'reviewed'
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from open_ones
