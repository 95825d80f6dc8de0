-- Every line of the review worklist names state, severity, partner and question as its cross-check has them.
select
    edition,
    given.iso3,
    given.check_code,
    concat_ws(' | ', given.member_state, given.severity, given.source, given.series, given.question_en) as found,
    concat_ws(' | ', states.name_en, checks.severity, checks.source, checks.series, checks.question_en) as expected
from candidate.review_worklist as given
left join seeds.cross_checks as checks using (check_code)
left join seeds.member_states as states using (iso3)
where
    (given.member_state, given.severity, given.source, given.series, given.question_en)
    is distinct from (states.name_en, checks.severity, checks.source, checks.series, checks.question_en)
