-- Where there are papers of releases, a file names none that they do not know, unless its own statement covers it.
select
    edition,
    vintage,
    'signed by ' || given.signed_by as found,
    'a release of which release.json is in published/ or beside the file' as expected
from candidate.releases as given
anti join papers.releases using (edition, vintage)
where exists (from papers.releases) and not exists (from papers.stated)
