-- Whatever is wrong or doubtful, from each place that finds it.
with
gathered as (
    select * from {{ ref('int_findings_in_files') }}
    union all by name
    select * from {{ ref('int_findings_in_answers') }}
    union all by name
    select * from {{ ref('int_findings_in_dependencies') }}
    union all by name
    select * from {{ ref('int_findings_in_links') }}
    union all by name
    select * from {{ ref('int_findings_in_changes') }}
    union all by name
    select * from {{ ref('int_findings_in_partners') }}
    union all by name
    select * from {{ ref('int_findings_in_verdicts') }}
    union all by name
    select * from {{ ref('int_findings_in_silence') }}
    union all by name
    select * from {{ ref('int_findings_in_pairs') }}
    union all by name
    select * from {{ ref('int_findings_in_drafts') }}
)

select
    edition,
    iso3,
    kind,
    subject,
    valid_from,
    opened_by,
    valid_to,
    closed_by,
    said,
    held_against,
    item,
    collector,
    owner,
    reviewed_at,
    review_digest
from gathered
