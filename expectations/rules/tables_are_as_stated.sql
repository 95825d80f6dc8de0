-- Every table has the rows that the statement of the file's release tells of, as many and with that digest.
select
    table_name,
    coalesce(given.rows || ' rows, SHA-256 ' || given.sha256, 'no such table') as found,
    coalesce(stated.rows || ' rows, SHA-256 ' || stated.sha256, 'no such table') as expected
from papers.stated as stated
full join papers.given as given using (table_name)
where (given.rows, given.sha256) is distinct from (stated.rows, stated.sha256)
