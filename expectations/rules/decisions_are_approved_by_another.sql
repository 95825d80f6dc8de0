-- Names that differ in case, accents, punctuation or the order of their words are one person's.
with
spelled as (
    select
        id,
        author,
        approver,
        list_sort(regexp_extract_all(lower(strip_accents(author)), '[\pL\pN]+')) as author_words,
        list_sort(regexp_extract_all(lower(strip_accents(approver)), '[\pL\pN]+')) as approver_words
    from candidate.decisions
)

select
    id,
    approver as found,
    'another person than ' || author as expected
from spelled
where author_words = approver_words
