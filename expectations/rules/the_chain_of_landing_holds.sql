-- Every seal is there as it was written and follows the one before; releases and the candidate were built from seals.
select
    place,
    found,
    expected
from landing.chain_breaks
