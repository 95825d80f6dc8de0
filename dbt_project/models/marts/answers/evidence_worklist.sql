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

in_other_states as (
    select
        links.edition,
        links.iso3,
        links.item,
        string_agg(distinct others.iso3, ' ' order by others.iso3) as same_as
    from links
    inner join links as others
        on links.edition = others.edition and links.compared_by = others.compared_by and links.iso3 != others.iso3
    where links.form is null
    group by links.edition, links.iso3, links.item
),

in_other_items as (
    select
        links.edition,
        links.iso3,
        links.item,
        string_agg(others.item, ' ' order by others.item) as same_as
    from links
    inner join links as others
        on
        links.edition = others.edition
        and links.iso3 = others.iso3
        and links.compared_by = others.compared_by
        and links.item != others.item
    where links.form is null
    group by links.edition, links.iso3, links.item
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
        'same_in_other_states' as flag,
        same_as
    from in_other_states
    union all
    select
        edition,
        iso3,
        item,
        'same_in_other_items' as flag,
        same_as
    from in_other_items
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
        flags.*,
        answers.evidence_url,
        answers.source,
        answers.return_digest
    from flags
    inner join answers using (edition, iso3, item)
    where answers.source != 'reviewed'
)

select * from open_ones
