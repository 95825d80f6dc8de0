-- Names for people of everything that the tables have as a code.
with
member_states as (
    select * from {{ ref('stg_reference__member_states') }}
),

concept_labels as (
    select * from {{ ref('stg_reference__concept_labels') }}
),

code_labels as (
    select * from {{ ref('stg_reference__code_labels') }}
),

groups as (
    select * from {{ ref('stg_reference__groups') }}
),

editions as (
    select * from {{ ref('int_editions_in_file') }}
),

tiers as (
    select thresholds.*
    from {{ ref('stg_reference__tiers') }} as thresholds
    semi join editions using (edition)
),

states as (
    unpivot member_states
    on name_en as en, name_fr as fr, name_es as es, name_ar as ar, name_zh as zh, name_ru as ru
    into name language value label
),

together as (
    select
        'member_state' as kind,
        iso3 as code,
        language,
        label
    from states
    union all
    select
        'concept' as kind,
        concept as code,
        language,
        label
    from concept_labels
    union all
    select
        grouping as kind,
        member_group as code,
        'en' as language,
        label_en as label
    from groups
    union all
    select distinct
        'tier' as kind,
        label_en as code,
        'en' as language,
        label_en as label
    from tiers
    union all
    select
        kind,
        code,
        language,
        label
    from code_labels
)

select * from together
