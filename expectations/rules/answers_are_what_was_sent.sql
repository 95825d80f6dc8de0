-- Each answer stands in the return and the review that it names. A file alone may come from elsewhere: a state is held
-- against the landing zone here where this has one of the returns or reviews that the file names for it.
with
known_here as (
    select distinct
        edition,
        iso3
    from candidate.answers
    where
        return_digest in (select landed.return_digest from landing.survey as landed)
        or review_digest in (select landed.review_digest from landing.reviews as landed)
),

sent as (
    select
        return_digest,
        edition,
        iso3,
        item,
        collector,
        coalesce(
            (
                select arg_max(counts.value::double, counts.from_edition)
                from seeds.answer_values as counts
                where counts.answer = given.answer and counts.from_edition <= given.edition
            ),
            try_cast(answer as double)
        ) as answer,
        evidence_url,
        comment,
        form_version,
        file,
        sheet,
        row
    from landing.survey as given
    qualify row_number() over (partition by return_digest, item order by answer is null, row) = 1
),

judged as (
    select
        review_digest,
        edition,
        iso3,
        item,
        verdict,
        coalesce(
            (
                select arg_max(counts.value::double, counts.from_edition)
                from seeds.answer_values as counts
                where counts.answer = given.answer and counts.from_edition <= given.edition
            ),
            try_cast(answer as double)
        ) as answer,
        reason as review_reason,
        file,
        row
    from landing.reviews as given
),

held as (
    select
        given.*,
        given.reason in ('reviewed_changed', 'reviewed_evidence_missing', 'reviewed_no_evidence') as set_by_reviewer,
        sent,
        judged
    from candidate.answers as given
    left join sent using (return_digest, edition, iso3, item)
    left join judged
        on
            (given.review_digest, given.edition, given.iso3, given.item)
            = (judged.review_digest, judged.edition, judged.iso3, judged.item)
            and given.reason in ('reviewed_' || judged.verdict, if(judged.verdict = 'accepted', 'reviewed_no_evidence', ''))
    where (given.edition, given.iso3) in (select (known.edition, known.iso3) from known_here as known)
),

due as (
    select
        edition,
        iso3,
        item,
        unnest(
            [
                {
                    'column_name': 'answer', 'found': answer::varchar,
                    'expected': case reason
                        when 'reviewed_changed' then judged.answer
                        when 'reviewed_evidence_missing' then 0
                        when 'reviewed_no_evidence' then 0
                        else sent.answer
                    end::varchar
                },
                {'column_name': 'evidence_url', 'found': evidence_url, 'expected': sent.evidence_url},
                {'column_name': 'comment', 'found': comment, 'expected': sent.comment},
                {'column_name': 'form_version', 'found': form_version, 'expected': sent.form_version},
                {
                    'column_name': 'file', 'found': file,
                    'expected': if(set_by_reviewer, judged.file, sent.file)
                },
                {'column_name': 'sheet', 'found': sheet, 'expected': if(set_by_reviewer, null, sent.sheet)},
                {
                    'column_name': 'row', 'found': row::varchar,
                    'expected': if(set_by_reviewer, judged.row, sent.row)::varchar
                },
                {'column_name': 'review_reason', 'found': review_reason, 'expected': judged.review_reason},
                {
                    'column_name': 'source', 'found': source,
                    'expected': case
                        when review_digest is not null and source = 'reviewed' then 'reviewed'
                        when source = 'published' then 'published'
                        when sent.collector = 'state' then 'returned'
                        when sent.collector = 'desk' then 'desk'
                    end
                }
            ],
            recursive := true
        )
    from held
    where source != 'none'
)

select
    edition,
    iso3,
    item,
    column_name,
    found,
    expected
from due
where found is distinct from expected
