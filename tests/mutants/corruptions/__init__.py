"""The table of corruptions: what is done to a copy of a good published file, and the checks that must stop it.

`stopped_by` names checks that must be among those that fail; a corruption may break more. `by_comparison` marks what
can only be seen by comparison with the file published before, or with a release's papers: nothing else says what was
there.

OBJECTS, NUMBERS and PAPERS are stopped by one rule each, and held against those rules alone, so that they cost little.
"""

from __future__ import annotations

from mutants.corruptions.audited import AUDITED
from mutants.corruptions.corruption import Corruption
from mutants.corruptions.decided import DECIDED
from mutants.corruptions.figures import FIGURES
from mutants.corruptions.followed import FOLLOWED
from mutants.corruptions.known_errors import KNOWN_ERRORS
from mutants.corruptions.numbers import NUMBERS
from mutants.corruptions.objects import OBJECTS
from mutants.corruptions.origins import ORIGINS
from mutants.corruptions.overview import OVERVIEW
from mutants.corruptions.papers import PAPERS, UNKNOWN
from mutants.corruptions.printed import PRINTED
from mutants.corruptions.releases import RELEASES
from mutants.corruptions.rows import ROWS
from mutants.corruptions.shape import SHAPE

__all__ = ["NAMED", "NUMBERS", "OBJECTS", "PAPERS", "UNKNOWN", "Corruption"]

NAMED = (
    *PRINTED,
    *FIGURES,
    *ROWS,
    *ORIGINS,
    *KNOWN_ERRORS,
    *RELEASES,
    *SHAPE,
    *FOLLOWED,
    *OVERVIEW,
    *AUDITED,
    *DECIDED,
)
