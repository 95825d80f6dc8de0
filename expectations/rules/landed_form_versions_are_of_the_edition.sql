-- A row that names the version of the form that was answered names one of its edition.
select distinct
    return_digest,
    edition,
    form_version as found,
    'a version of the form of edition ' || edition as expected
from landing.survey
anti join seeds.form_versions using (edition, form_version)
where form_version is not null
