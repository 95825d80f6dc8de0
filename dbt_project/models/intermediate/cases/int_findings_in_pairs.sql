-- Two returns of a state in one run that answer differently: neither sender knew of the other; the later counts whole.
-- An addition knows of the return before it, and says nothing of what it does not answer: two of them may differ.
with
returns as (
    select * from {{ ref('int_current_returns') }}
    where collector = 'state' and standing in ('counted', 'superseded')
),

sent as (
    select * from {{ ref('int_answers_sent') }}
),

answers as (
    select * from {{ ref('int_case_answers') }}
    where collector = 'state'
),

runs as (
    select
        edition,
        iso3,
        received_at,
        addition,
        count(*) as returns
    from returns
    group by edition, iso3, received_at, addition
    having count(*) > 1
),

said_in_one_run as (
    select
        returns.edition,
        returns.iso3,
        returns.received_at,
        returns.addition,
        sent.item,
        count(distinct sent.answer) as different,
        count(distinct returns.return_digest) filter (where sent.answer is not null) as answered
    from returns
    inner join sent using (return_digest, edition, iso3, collector)
    group by returns.edition, returns.iso3, returns.received_at, returns.addition, sent.item
),

contradicted as (
    select
        said_in_one_run.edition,
        said_in_one_run.iso3,
        said_in_one_run.item,
        said_in_one_run.received_at
    from said_in_one_run
    inner join runs using (edition, iso3, received_at, addition)
    where
        said_in_one_run.different > 1
        or (not runs.addition and said_in_one_run.answered between 1 and runs.returns - 1)
),

points as (
    select
        answers.*,
        'two_focal_points' as kind,
        'return' as subject
    from contradicted
    inner join answers
        on contradicted.edition = answers.edition
        and contradicted.iso3 = answers.iso3
        and contradicted.item = answers.item
        and contradicted.received_at = answers.valid_from
)

select
    {{ finding('kind', 'subject') }},
    file as said
from points
