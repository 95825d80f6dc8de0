-- The links of answers that nobody has reviewed, taken apart a second time and without the model's patterns.
with
links as (
    select
        edition,
        iso3,
        item,
        source,
        return_digest,
        evidence_url,
        lower(trim(evidence_url)) as link,
        if(contains(link, '://'), split_part(link, '://', 1), '') as web_scheme,
        split_part(split_part(split_part(split_part(link, '://', 2), '/', 1), '?', 1), '#', 1) as authority,
        list_extract(str_split(authority, '@'), -1) as place,
        if(starts_with(place, '['), split_part(place, ']', 1) || ']', split_part(place, ':', 1)) as host,
        split_part(split_part(split_part(split_part(link, '/', 1), '?', 1), '#', 1), ':', 1) as bare_host,
        list_extract(str_split(host, '.'), -1) as top,
        try_cast(split_part(host, '.', 1) as integer) as first_byte,
        try_cast(split_part(host, '.', 2) as integer) as second_byte,
        rtrim(split_part(link, '#', 1), '/') as compared_by
    from candidate.answers
    where trim(evidence_url) != ''
),

forms as (
    select
        *,
        case
            when len(regexp_split_to_array(link, '\s')) > 1 then 'whitespace'
            when
                contains(bare_host, '.') and translate(bare_host, 'abcdefghijklmnopqrstuvwxyz0123456789-.', '') = ''
                and not list_contains(str_split(bare_host, '.'), '')
                then 'no_scheme'
            when not regexp_matches(split_part(link, ':', 1), '^[a-z][a-z0-9+.-]*$') or not contains(link, ':')
                then 'not_a_link'
            when split_part(link, ':', 1) not in ('http', 'https') then 'not_on_the_web'
            when
                host = 'localhost' or (contains(host, '.') and top in (
                    'localhost', 'local', 'internal', 'intranet', 'lan', 'home', 'corp'
                ))
                or first_byte in (0, 10, 127)
                or (first_byte, second_byte) in ((169, 254), (192, 168))
                or (first_byte = 172 and second_byte between 16 and 31)
                or host in ('[::1]', '[::]') or starts_with(host, '[fc') or starts_with(host, '[fd')
                or starts_with(host, '[fe80:')
                then 'private_address'
            when
                list_extract(str_split(host, '.'), -2) || '.' || top
                in ('example.com', 'example.org', 'example.net', 'example.edu')
                or (contains(host, '.') and top in ('test', 'invalid'))
                then 'placeholder'
            when
                web_scheme not in ('http', 'https') or not contains(host, '.')
                or list_contains(str_split(host, '.'), '') or host != translate(host, '<>"', '')
                then 'malformed'
        end as form
    from links
),

elsewhere as (
    select
        here.edition,
        here.iso3,
        here.item,
        unnest(
            [
                {
                    'flag': 'same_in_other_states',
                    'same_as': array_to_string(
                        list_sort(list_distinct(list(there.iso3) filter (where there.iso3 != here.iso3))), ' '
                    )
                },
                {
                    'flag': 'same_in_other_items',
                    'same_as': array_to_string(
                        list_sort(list(there.item) filter (where there.iso3 = here.iso3 and there.item != here.item)), ' '
                    )
                }
            ],
            recursive := true
        )
    from forms as here
    inner join forms as there using (edition, compared_by)
    where here.form is null
    group by here.edition, here.iso3, here.item
),

due as (
    select
        edition,
        iso3,
        item,
        form as flag,
        null as same_as
    from forms
    where form is not null
    union all
    select * from elsewhere where same_as != ''
    union all
    select
        edition,
        iso3,
        item,
        'no_evidence' as flag,
        null as same_as
    from candidate.answers
    where
        answer > 0
        and not coalesce(regexp_matches(evidence_url, '\S'), false)
        and (edition, item) in (
            select (asked.edition, asked.node) from seeds.framework as asked where asked.evidence_required = 'true'
        )
),

open as (
    select
        due.*,
        given.evidence_url,
        given.source,
        given.return_digest
    from due
    inner join candidate.answers as given using (edition, iso3, item)
    where given.source in ('returned', 'desk')
)

select
    edition,
    iso3,
    item,
    flag,
    if(
        given.source is null, 'no row', concat_ws(', ', given.same_as, given.evidence_url, given.source, given.return_digest)
    ) as found,
    if(
        open.source is null, 'no row', concat_ws(', ', open.same_as, open.evidence_url, open.source, open.return_digest)
    ) as expected
from open
full join candidate.evidence_worklist as given using (edition, iso3, item, flag)
where
    (given.same_as, given.evidence_url, given.source, given.return_digest)
    is distinct from
    (open.same_as, open.evidence_url, open.source, open.return_digest)
