"""Corruptions of what people will read: each of one file of a candidate's pages, stopped by the check that it names.

They are of 2020, the edition in which states without data were printed with 0.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gci.core.records import Candidate
from mutants.good import good


@dataclass(frozen=True)
class Spoilt:
    """One way to spoil one file of the pages.

    Attributes:
        name: what was done.
        page: the file, below the pages.
        change: its text, changed; of a file that is not there it gets an empty one.
        check: the check that must fail for this file, and none but it.
    """

    name: str
    page: str
    change: Callable[[str], str]
    check: str


def _put(text: str) -> Callable[[str], str]:
    """Put HTML before the end of the content."""
    return lambda page: page.replace("</main>", f"{text}</main>", 1)


def _other(old: str, new: str) -> Callable[[str], str]:
    return lambda page: page.replace(old, new, 1)


def _without_a_row(page: str) -> str:
    return re.sub(r'<tr[^>]*><th scope="row"><a href="[^"]*state/EST/.*?</tr>', "", page, count=1, flags=re.S)


def _with_a_square_twice(page: str) -> str:
    square = re.search(r'<a href="[^"]*state/MLT/[^>]*>\s*<title>.*?</a>', page, flags=re.S)
    assert square is not None
    return page.replace(square[0], square[0] * 2, 1)


def _swapped(page: str) -> str:
    """The figures of two states, each in the row of the other; their bars go with them."""
    one, two = (re.search(rf'state/{iso3}/index.html">[^<]*</a></th>(.*?)</tr>', page, re.S) for iso3 in ("FRA", "PER"))
    assert one is not None
    assert two is not None
    return page.replace(one[1], "here").replace(two[1], one[1]).replace("here", two[1])


def _printed(shown: str) -> Callable[[str], str]:
    """Put something else in the place of a figure that was printed."""
    return lambda page: re.sub(
        r'<td class="n"><bdi dir="ltr"><data [^>]*"published_history.score.*?</td>',
        f'<td class="n">{shown}</td>',
        page,
        count=1,
    )


_FSM = '<p><data value="0.0" data-cell="overall_scores.score:2020,FSM" data-digits="2">0.00</data></p>'
_CDN = '<script src="https://cdn.example.org/chart.js"></script>'

PAGES = (
    Spoilt(
        "another score shown",
        "en/state/EST/index.html",
        _other(">99.48</data>", ">99.84</data>"),
        "figures_are_those_of_the_file",
    ),
    Spoilt(
        "another score, in what programs read",
        "en/state/LVA/index.html",
        lambda page: re.sub(r'<data value="\d', '<data value="9', page, count=1),
        "figures_are_those_of_the_file",
    ),
    Spoilt(
        "a dot that is drawn elsewhere",
        "en/state/SVN/index.html",
        lambda page: re.sub(r'<circle class="dot" cx="[^"]*"', '<circle class="dot" cx="380.00"', page, count=1),
        "figures_are_those_of_the_file",
    ),
    Spoilt(
        "an interval that ends elsewhere",
        "en/state/SVK/index.html",
        lambda page: re.sub(r'(<line class="span" x1="[^"]*" y1="8" x2=)"[^"]*"', r'\1"399.00"', page, count=1),
        "figures_are_those_of_the_file",
    ),
    Spoilt(
        "the cell of another column",
        "en/state/COD/index.html",
        _other("overall_scores.score:2020,COD", "overall_scores.rank:2020,COD"),
        "figures_are_those_of_the_file",
    ),
    Spoilt(
        "a cell that there is not",
        "en/state/LTU/index.html",
        _put('<p><data value="1.0" data-cell="nothing.score:2020,LTU" data-digits="x">1</data></p>'),
        "figures_are_those_of_the_file",
    ),
    Spoilt("a score in a sentence", "en/state/POL/index.html", _put("<p>97.31 of 100</p>"), "no_figure_is_unmarked"),
    Spoilt(
        "a rank in a table",
        "en/state/CZE/index.html",
        _put('<table><tr><td class="n">7</td></tr></table>'),
        "no_figure_is_unmarked",
    ),
    Spoilt("the 0 that was printed for no data", "en/state/FSM/index.html", _put(_FSM), "missing_is_shown_as_missing"),
    Spoilt("a state left out of the table", "en/indicator/ts1/index.html", _without_a_row, "every_state_is_there"),
    Spoilt(
        "a state twice on the map", "en/group/itu_region-EUR/index.html", _with_a_square_twice, "every_state_is_there"
    ),
    Spoilt(
        "figures in the row of another state",
        "en/indicator/ls1/index.html",
        _swapped,
        "figures_stand_with_what_they_are_of",
    ),
    Spoilt(
        "a state called like another",
        "en/group/itu_region-AFR/index.html",
        _other('state/AGO/index.html">Angola<', 'state/AGO/index.html">Algeria<'),
        "figures_stand_with_what_they_are_of",
    ),
    Spoilt(
        "a pillar called like another",
        "en/state/SWE/index.html",
        _other('<th scope="row">Technical measures</th>', '<th scope="row">Legal measures</th>'),
        "figures_stand_with_what_they_are_of",
    ),
    Spoilt(
        "a square in another colour",
        "en/group/itu_region-AMS/index.html",
        _other('class="step1"/>', 'class="step5"/>'),
        "pictures_are_those_of_the_file",
    ),
    Spoilt(
        "a square with the letters of another state",
        "en/group/itu_region-ASP/index.html",
        _other(">JPN</text>", ">KOR</text>"),
        "pictures_are_those_of_the_file",
    ),
    Spoilt(
        "a shape of the geographic map in another colour",
        "en/index.html",
        lambda page: re.sub(r'<path class="step\d"', '<path class="none"', page, count=1),
        "pictures_are_those_of_the_file",
    ),
    Spoilt(
        "a longer bar",
        "en/state/NOR/index.html",
        lambda page: re.sub(
            r'width="[\d.]+" height="8" class="filled"', 'width="33" height="8" class="filled"', page, count=1
        ),
        "pictures_are_those_of_the_file",
    ),
    Spoilt(
        "a dataset that says something else",
        "en/state/CYP/index.html",
        _put('<script type="application/ld+json">{"@type": "Dataset", "version": "2020@v9"}</script>'),
        "machines_are_told_the_same",
    ),
    Spoilt(
        "a page that reads the other way",
        "en/state/FIN/index.html",
        _other('"ltr"', '"rtl"'),
        "machines_are_told_the_same",
    ),
    Spoilt(
        "a text that nobody sees",
        "en/state/MCO/index.html",
        _put("<p hidden>first of all</p>"),
        "machines_are_told_the_same",
    ),
    Spoilt(
        "what search engines show",
        "en/state/IRL/index.html",
        _other("<title>", '<meta name="description" content="First of all, with 99.9">\n<title>'),
        "nothing_comes_from_elsewhere",
    ),
    Spoilt(
        "a page that sends its reader on",
        "en/state/ISL/index.html",
        _other("<title>", '<meta http-equiv="refresh" content="0; url=elsewhere">\n<title>'),
        "nothing_comes_from_elsewhere",
    ),
    Spoilt("a picture", "en/state/LUX/index.html", _put('<img alt="97.31 of 100">'), "nothing_comes_from_elsewhere"),
    Spoilt(
        "a part of a picture from elsewhere",
        "en/state/SMR/index.html",
        _put('<svg><use xlink:href="https://example.org/a.svg#b"/></svg>'),
        "nothing_comes_from_elsewhere",
    ),
    Spoilt(
        "a place that all links start from",
        "en/state/ALB/index.html",
        _other("<title>", '<base href="https://example.org/">\n<title>'),
        "nothing_comes_from_elsewhere",
    ),
    Spoilt(
        "a script in the page", "en/state/BIH/index.html", _put("<script>1</script>"), "nothing_comes_from_elsewhere"
    ),
    Spoilt(
        "a figure for those who listen",
        "en/state/ROU/index.html",
        _put('<p aria-label="97.31 of 100">x</p>'),
        "no_figure_is_unmarked",
    ),
    Spoilt(
        "a figure in a picture", "en/state/SRB/index.html", _put("<svg><text>9.7</text></svg>"), "no_figure_is_unmarked"
    ),
    Spoilt("a figure in other digits", "en/state/MNE/index.html", _put("<p>٩٧٫٣١</p>"), "no_figure_is_unmarked"),
    Spoilt("a figure left out", "en/state/HRV/index.html", _printed(""), "missing_is_shown_as_missing"),
    Spoilt("a figure as if it were missing", "en/state/MKD/index.html", _printed("–"), "missing_is_shown_as_missing"),
    Spoilt(
        "a figure as another language writes it",
        "en/state/UKR/index.html",
        lambda page: re.sub(r">(\d+)\.(\d\d)</data>", r">\1,\2</data>", page, count=1),
        "figures_are_those_of_the_file",
    ),
    Spoilt(
        "another vintage",
        "en/state/MDA/index.html",
        _put('<p><a href="../../../../v1/en/method/index.html">as it was</a></p>'),
        "links_lead_somewhere",
    ),
    Spoilt("two places of one name", "en/state/BGR/index.html", _put('<p id="content">x</p>'), "links_lead_somewhere"),
    Spoilt(
        "a figure in the sheet of styles",
        "assets/site.css",
        lambda page: page + 'main::after { content: "97.31" }',
        "pages_are_the_due_ones",
    ),
    Spoilt("a page too many", "en/odd/index.html", lambda page: "<p>odd</p>", "pages_are_the_due_ones"),
    Spoilt("a script of somebody's", "assets/tables.js", lambda page: f"{page}\n// more", "pages_are_the_due_ones"),
    Spoilt(
        "a link that leads nowhere",
        "en/state/FRA/index.html",
        _other("/en/method/index.html", "/en/methods/index.html"),
        "links_lead_somewhere",
    ),
    Spoilt(
        "a place that is not on the page",
        "en/state/BEL/index.html",
        _put('<p><a href="#elsewhere">there</a></p>'),
        "links_lead_somewhere",
    ),
    Spoilt(
        "a way to the newest that leads to another state",
        "en/state/HUN/index.html",
        _other("/latest/2020/en/state/HUN/", "/latest/2020/en/state/ROU/"),
        "links_lead_somewhere",
    ),
    Spoilt("a script from elsewhere", "en/state/DEU/index.html", _put(_CDN), "nothing_comes_from_elsewhere"),
    Spoilt(
        "a script in a link",
        "en/state/DNK/index.html",
        _put('<p><a href="javascript:alert(1)" rel="nofollow noreferrer">evidence</a></p>'),
        "nothing_comes_from_elsewhere",
    ),
    Spoilt(
        "a page that may load anything",
        "en/state/ITA/index.html",
        _other("default-src 'none'", "default-src *"),
        "nothing_comes_from_elsewhere",
    ),
    Spoilt(
        "a style in the page", "en/state/NLD/index.html", _put('<p style="x">y</p>'), "nothing_comes_from_elsewhere"
    ),
    Spoilt("a bare code", "en/state/ESP/index.html", _put("<p>desk_not_validated</p>"), "every_text_is_translated"),
    Spoilt("a place of a text", "en/state/CHE/index.html", _put("<p>%(num)s states</p>"), "every_text_is_translated"),
    Spoilt("what a template says", "en/state/AUT/index.html", _put("<p>{{ names }}</p>"), "every_text_is_translated"),
    Spoilt("a word without an end", "en/state/PRT/index.html", _put(f"<p>{'x' * 60}</p>"), "no_text_overflows"),
    Spoilt(
        "a name in a square", "en/state/GRC/index.html", _put("<svg><text>Greece</text></svg>"), "no_text_overflows"
    ),
    Spoilt(
        "a profile of three pages",
        "en/profile/EST.pdf",
        lambda page: "/Type /Page\n" * 3,
        "profiles_have_two_pages",
    ),
)


def spoilt_pages(folder: Path) -> Candidate:
    """A candidate of 2020 whose pages are spoilt in all these ways, each in a file of its own.

    Args:
        folder: where to; empty.
    """
    candidate = copied_pages(folder)
    pages = candidate.folder / "pages"
    paper = json.loads((pages / "pages.json").read_text())
    (pages / "pages.json").write_text(json.dumps(paper | {"profiles": ["en"]}))
    (pages / "en/profile").mkdir()
    for state in (pages / "en/state").iterdir():
        (pages / f"en/profile/{state.name}.pdf").write_text("/Type /Page\n" * 2)
    for one in PAGES:
        file = pages / one.page
        file.parent.mkdir(exist_ok=True)
        before = file.read_text("utf-8") if file.is_file() else ""
        after = one.change(before)
        assert after != before, one.name
        file.write_text(after, "utf-8")
    return candidate


def copied_pages(folder: Path) -> Candidate:
    """The pages of the good candidate of 2020, to be spoilt, beside its file and its audit."""
    (made,) = good().folders.candidates.glob("2020-v2-*")
    os.link(made / "candidate.duckdb", folder / "candidate.duckdb")
    for name in ("pages", "audit"):
        shutil.copytree(made / name, folder / name)
    return Candidate("2020", 2, folder, "")
