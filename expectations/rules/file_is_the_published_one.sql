-- A file that lies where a release was published is that release's to the byte.
select
    'SHA-256 ' || found as found,
    'SHA-256 ' || expected as expected
from papers.bytes
where found is distinct from expected
