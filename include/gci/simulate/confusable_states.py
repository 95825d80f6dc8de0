"""States that are taken for one another, and what comes of it: a return under the wrong name."""

from __future__ import annotations

from dataclasses import replace

from gci.reference import seeds
from gci.simulate.returns import Return

SWAPPED = ("COD", "COG")
"""Each sends the other's return as its own, as the two were swapped in print."""
MISTAKEN = {"SLV": "SLE"}
"""Sends the profile of the other under its own code, and then its own: one was printed for the other in 2024."""
_ALIKE = (
    *(SWAPPED, ("SLV", "SLE"), ("GIN", "GNB"), ("NER", "NGA"), ("PRK", "KOR"), ("DMA", "DOM"), ("AUT", "AUS")),
    *(("SVK", "SVN"), ("IRN", "IRQ"), ("MLI", "MWI"), ("LBR", "LBY"), ("LTU", "LVA"), ("CHE", "SWE"), ("SDN", "SSD")),
)


def double(iso3: str, edition: str) -> str:
    """The state that one of the edition is taken for: that which sounds alike, or else its neighbour in the list."""
    for pair in _ALIKE:
        if iso3 in pair and seeds.members(edition).issuperset(pair):
            return pair[1 - pair.index(iso3)]
    listed = sorted(seeds.members(edition))
    return listed[(listed.index(iso3) + 1) % len(listed)]


def of_the_double(filled: Return) -> Return:
    """The return as it comes when its state was taken for another."""
    return replace(filled, iso3=double(filled.iso3, filled.edition))


def under_the_name_of(iso3: str, filled: Return) -> Return:
    """All that a state answers, with its evidence, said of another state."""
    return replace(filled, iso3=iso3, collector="state")
