-- Source, reason and digests of an answer agree with each other.
select
    edition,
    iso3,
    item,
    'source' as column_name,
    concat_ws(
        ', ',
        'source ' || coalesce(source, 'null'),
        'reason ' || coalesce(reason, 'null'),
        if(answer is null, 'no answer', 'an answer'),
        if(return_digest is null, 'no return', 'a return'),
        'form version ' || form_version,
        if(review_digest is null, 'no review', 'a review'),
        if(file is null or row is null, 'no file and row', 'file and row'),
        'sheet ' || sheet
    ) as found,
    case source
        when 'none' then 'reason none, no answer, no return, no form version, no review, no file, sheet and row'
        when 'reviewed' then 'reason reviewed_<verdict>, an answer, a review, file and row'
        else 'the source as reason, an answer, a return, no review, file and row'
    end as expected
from candidate.answers
where
    not coalesce(
        case source
            when 'none' then
                reason = 'none'
                and answer is null
                and return_digest is null
                and form_version is null
                and review_digest is null
                and file is null
                and sheet is null
                and row is null
            when 'reviewed' then
                reason in ('reviewed_accepted', 'reviewed_changed', 'reviewed_evidence_missing', 'reviewed_no_evidence')
                and answer is not null
                and review_digest is not null
                and file is not null
                and row is not null
                and (return_digest is not null or (reason = 'reviewed_changed' and form_version is null))
            else
                reason = source
                and answer is not null
                and return_digest is not null
                and review_digest is null
                and file is not null
                and row is not null
        end,
        false
    )
