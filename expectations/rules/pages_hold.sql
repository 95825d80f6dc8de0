-- What reading the pages of a candidate back has found against one check (gci.site.held).
select
    page,
    place,
    found,
    expected
from pages.faults
where check_name = '{{ check }}'
