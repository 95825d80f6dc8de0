-- The overview with words in place of codes. A table and no view: nothing in the file is computed by looking.
with
index_overview as (
    select * from {{ ref('index_overview') }}
),

labels as (
    select * from {{ ref('labels') }}
),

development_labels as (
    select * from {{ ref('int_development_labels') }}
),

languages as (
    select distinct language from labels
),

in_words as (
    select
        overview.edition,
        overview.iso3,
        languages.language,
        states.label as member_state,
        regions.label as itu_region,
        overview.tier,
        tiers.label as tier_label,
        overview.rank,
        overview.score,
        overview.legal,
        overview.technical,
        overview.organizational,
        overview.capacity_development,
        overview.cooperation,
        statuses.label as respondent_status,
        overview.synthetic,
        development_labels.development,
        incomes.label as income
    from index_overview as overview
    cross join languages
    left join labels as states
        on states.kind = 'member_state' and overview.iso3 = states.code and languages.language = states.language
    left join labels as regions
        on regions.kind = 'itu_region' and overview.itu_region = regions.code and languages.language = regions.language
    left join labels as tiers
        on tiers.kind = 'tier' and overview.tier_label = tiers.code and languages.language = tiers.language
    left join labels as incomes
        on incomes.kind = 'income' and overview.income = incomes.code and languages.language = incomes.language
    left join labels as statuses
        on statuses.kind = 'respondent_status'
        and overview.respondent_status = statuses.code
        and languages.language = statuses.language
    left join development_labels
        on overview.edition = development_labels.edition
        and overview.iso3 = development_labels.iso3
        and languages.language = development_labels.language
)

select * from in_words
