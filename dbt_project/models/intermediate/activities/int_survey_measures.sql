-- What the survey gives to measure by: scores, changes since the edition before, who answered. Missing has no row.
with
measures as (
    select distinct
        subject,
        about
    from {{ ref('stg_reference__gca_measures') }}
),

survey_values as (
    select
        edition,
        iso3,
        subject,
        about,
        code,
        value
    from {{ ref('int_survey_values') }}
),

overall_scores as (
    select * from {{ ref('int_overall_scores') }}
    where respondent_status != 'unknown'
),

changes as (
    select * from {{ ref('int_score_changes') }}
    where change_at_constant_weights is not null
),

edition_before as (
    select
        edition as to_edition,
        lag(edition) over (order by reference_year, edition) as from_edition
    from {{ ref('int_editions') }}
    where vintage is not null
),

of_change as (
    select
        changes.to_edition as edition,
        changes.iso3,
        'change' as subject,
        changes.dimension as about,
        changes.from_edition || ' to ' || changes.to_edition as code,
        changes.change_at_constant_weights as value
    from changes
    inner join edition_before using (from_edition, to_edition)
    inner join survey_values as earlier
        on changes.from_edition = earlier.edition
        and changes.iso3 = earlier.iso3
        and changes.dimension = earlier.about
    inner join survey_values as later
        on changes.to_edition = later.edition
        and changes.iso3 = later.iso3
        and changes.dimension = later.about
),

of_status as (
    select
        overall_scores.edition,
        overall_scores.iso3,
        measures.subject,
        measures.about,
        measures.about as code,
        cast(overall_scores.respondent_status = measures.about as double) as value
    from overall_scores
    inner join measures on measures.subject = 'status'
),

together as (
    select * from survey_values
    union all
    select * from of_change
    union all
    select * from of_status
)

select * from together
