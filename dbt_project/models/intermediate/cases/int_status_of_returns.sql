-- What has come in of a state, from the state itself or from desk research.
with
standing as (
    select * from {{ ref('int_current_returns') }}
),

receipts as (
    select * from {{ ref('stg_collection__receipts') }}
    where verdict = 'accepted' and kind = 'survey'
    qualify row_number() over (partition by digest, edition, iso3 order by received_at, file) = 1
),

described as (
    select
        standing.*,
        receipts.form,
        receipts.language,
        receipts.report,
        standing.standing = 'counted' as counts
    from standing
    left join receipts
        on standing.return_digest = receipts.digest
        and standing.edition = receipts.edition
        and standing.iso3 = receipts.iso3
),

by_state as (
    select
        edition,
        iso3,
        coalesce(max(received_at) filter (where counts), max(received_at)) as received_at,
        max(received_at) as last_return_at,
        string_agg(collector, ' ' order by collector) filter (where counts) as collectors,
        list(file order by collector, file) filter (where counts) as files,
        -- Of the state's own return where there is one.
        arg_max(form, (counts, collector, received_at, modified_at, return_digest)) as form,
        arg_max(language, (counts, collector, received_at, modified_at, return_digest)) as language,
        arg_max_null(report, (counts, collector, received_at, modified_at, return_digest)) as report,
        coalesce(bool_or(synthetic) filter (where counts), false) as synthetic,
        bool_or(counts and collector = 'state') as in_time,
        bool_or(standing = 'late') as came_late,
        bool_or(standing = 'withdrawn') as was_withdrawn
    from described
    group by edition, iso3
)

select * from by_state
