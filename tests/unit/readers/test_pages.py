"""Tables of pages as a browser lays them out: cells that cover several, rows that do not show, pages made to cost."""

from __future__ import annotations

import io
import time
from contextlib import suppress

import pytest

from gci.diagnostics.problems import Report, UnreadableError
from gci.readers import FORMATS, Columns, Form

LAYOUT = Columns(("State", "Signed", "Force"), ("More",), Form(ignores_others=True))
HEAD = "<tr><th>State</th><th>Signed</th><th>Force</th></tr>"
ESTONIA = "<tr><td>Estonia</td><td>2001</td><td>2004</td></tr>"
ROWS = [("Estonia", "2001", "2004")]


def read(page: str, style: str = "") -> tuple[list[tuple[str, ...]], Report]:
    report = Report()
    raw = f"<html><head><style>{style}</style></head><body>{page}</body></html>".encode()
    rows = list(FORMATS["html"].read(io.BytesIO(raw), (LAYOUT,), report))
    return [tuple(row.cells[name] for name in LAYOUT.required) for row in rows], report


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


def refusal(page: str, style: str = "") -> str:
    with pytest.raises(UnreadableError):
        read(page, style)
    report = Report()
    raw = f"<style>{style}</style>{page}".encode()
    with pytest.raises(UnreadableError):
        list(FORMATS["html"].read(io.BytesIO(raw), (LAYOUT,), report))
    return report.problems[-1].code


def table(*rows: str) -> str:
    return f"<table>{HEAD}{''.join(rows)}</table>"


def test_a_cell_over_two_rows_counts_for_both() -> None:
    rows, report = read(
        table("<tr><td>Estonia</td><td rowspan=2>2001</td><td>2004</td></tr>", "<tr><td>Finland</td><td>2007</td></tr>")
    )
    assert rows == [("Estonia", "2001", "2004"), ("Finland", "2001", "2007")]
    assert codes(report) == ["cell_spanned"]


def test_a_state_over_two_rows_counts_for_both() -> None:
    rows, _ = read(
        table("<tr><td rowspan=2>Estonia</td><td>2001</td><td>2004</td></tr>", "<tr><td>2002</td><td>2005</td></tr>")
    )
    assert rows == [("Estonia", "2001", "2004"), ("Estonia", "2002", "2005")]


def test_a_cell_over_columns_and_rows_counts_for_all_of_them() -> None:
    rows, _ = read(
        table(
            "<tr><td>Estonia</td><td rowspan=3 colspan=2>2001</td></tr>",
            "<tr><td>Finland</td></tr>",
            "<tr><td>Ireland</td></tr>",
        )
    )
    assert rows == [(state, "2001", "2001") for state in ("Estonia", "Finland", "Ireland")]


@pytest.mark.parametrize("said", ["0", "9", "99999999999"])
def test_a_cell_ends_with_its_part_of_the_table(said: str) -> None:
    body = f"<tbody><tr><td>Estonia</td><td>2001</td><td rowspan={said}>2004</td></tr>"
    rows, report = read(
        f"<table><thead>{HEAD}</thead>{body}</tbody><tbody><tr><td>Finland</td><td>2007</td></tr></table>"
    )
    if said == "99999999999":  # no number of rows for any browser: one
        assert codes(report) == ["short_row"]
    assert rows == ROWS
    assert "short_row" in codes(report)


def test_a_row_without_all_cells_is_short() -> None:
    rows, report = read(table("<tr><td>Ireland</td><td>2002</td></tr>", ESTONIA))
    assert rows == ROWS
    assert [(problem.code, problem.row) for problem in report.problems] == [("short_row", 2)]


def test_a_table_in_a_cell_and_one_around_are_others() -> None:
    inner = table(ESTONIA.replace("2004", "2004<table><tr><td></td></tr></table>"))
    rows, _ = read(f"<table><tr><td>menu</td><td>{inner}</td></tr></table>")
    assert rows == ROWS


def test_lines_in_a_cell_are_words_of_their_own() -> None:
    assert read(table(ESTONIA.replace("Estonia", "Republic<br>of<p>Estonia</p>")))[0][0][0] == "Republic of Estonia"


HIDDEN_ROW = "<tr {}><td>Ireland</td><td>2002</td><td>2003</td></tr>"


@pytest.mark.parametrize(
    ("attributes", "style"),
    [
        ('style="display:none"', ""),
        ('style="color: red; DISPLAY : None !important"', ""),
        ("hidden", ""),
        ('hidden="until-found"', ""),
        ('style="visibility:hidden"', ""),
        ('style="visibility:collapse"', ""),
        ('style="opacity:0"', ""),
        ('class="draft"', ".draft { display: none }"),
        ('class="a draft"', "td.x, tr.draft{color:red;display:none}"),
        ('class="draft"', "/* .draft */ @media screen { table tr.draft { display: none } }"),
        ('id="d1"', "table > #d1, table > tbody > #d1 { display: none }"),
        ('data-state="draft"', "[data-state=draft] { display: none }"),
        ('class="row"', "tr:nth-child(3) { display: none }"),
        ('class="row"', "tr:last-child { display: none }"),
        ('class="row"', "tr:not(.shown):nth-child(n+3) { display: none }"),
        ('class="d-none"', ".d-none { display: none }"),
        ('class="draft"', ".draft {display: block} .draft {display: none}"),
        ('class="draft"', ".draft {display: none !important} tr.draft {display: block}"),
    ],
)
def test_a_row_that_does_not_show_is_left_out_and_mentioned(attributes: str, style: str) -> None:
    rows, report = read(table(ESTONIA, HIDDEN_ROW.format(attributes)), style)
    assert rows == ROWS
    assert codes(report) == ["page_hides"]
    assert "Ireland" in report.problems[0].message


@pytest.mark.parametrize(
    ("attributes", "style"),
    [
        ('aria-hidden="true"', ""),
        ('class="draft"', "@media print { .draft { display: none } }"),
        ('class="draft"', "@media (max-width: 600px) { .draft { display: none } } .x { display: none }"),
        ('class="draft"', ".draft:hover { display: none } .draft::after { display: none }"),
        ('class="draft"', ".draft { display: none } tr.draft { display: table-row }"),
        ('class="draft" style="display: table-row"', ".draft { display: none }"),
        ('class="draft"', "div .draft, ul > .draft, th.draft { display: none }"),
        ('class="row"', "tr:nth-child(4), tr:first-child td { display: none }"),
        ('class="hidden"', ".hidden { display: table-row }"),
        ("", "nav:has(ul) { display: none }"),
    ],
)
def test_a_row_that_shows_is_read(attributes: str, style: str) -> None:
    rows, report = read(table(ESTONIA, HIDDEN_ROW.format(attributes)), style)
    assert rows == [*ROWS, ("Ireland", "2002", "2003")]
    assert codes(report) == []


@pytest.mark.parametrize(
    ("attributes", "style"),
    [
        ('class="hidden"', ""),
        ('class="d-none"', ""),
        ('class="row"', "tr:has(td) { display: none }"),
        ('class="row"', "tr + .row { display: none }"),
        ('class="row"', "".join(f".c{number} {{ display: none }}" for number in range(5_001))),
    ],
)
def test_where_it_cannot_be_told_the_page_is_refused(attributes: str, style: str) -> None:
    assert refusal(table(ESTONIA, HIDDEN_ROW.format(attributes)), style) == "page_hides_unclearly"


@pytest.mark.parametrize(
    "key",
    [
        '<span style="display:none">0001</span>Estonia',
        "<span hidden>0001</span>Estonia",
        'Estonia<span class="sr-only"> (member)</span>',
        '<span style="visibility:hidden">0001</span>Estonia',
        '<span style="position:absolute; left:-9999px">0001</span>Estonia',
        '<span style="visibility:hidden">0001 <b style="visibility:visible">Estonia</b></span>',
        '<span style="font-size:0px">0001</span>Estonia',
    ],
)
def test_a_text_that_does_not_show_is_left_out(key: str) -> None:
    rows, report = read(table(ESTONIA.replace("Estonia", key)))
    assert rows == ROWS
    assert codes(report) == ["page_hides"]


def test_an_invisible_cell_keeps_its_place() -> None:
    rows, _ = read(table(ESTONIA.replace("<td>2001", '<td style="visibility:hidden">2001')))
    assert rows == [("Estonia", "", "2004")]


def test_a_hidden_column_is_left_out() -> None:
    wide = f"<table>{HEAD}{ESTONIA}</table>".replace("<th>State", "<th>Key</th><th>State").replace(
        "<td>Estonia", "<td>0001</td><td>Estonia"
    )
    assert read(wide, "th:first-child, td:first-child { display: none }")[0] == ROWS


def test_what_is_hidden_elsewhere_on_the_page_is_not_mentioned() -> None:
    rows, report = read(f"<p hidden>draft</p><table hidden>{HEAD}</table>{table(ESTONIA)}<p class=hidden>x</p>")
    assert (rows, codes(report)) == (ROWS, [])


QUOTED = "a{}=''"


def many(text: str, count: int) -> str:
    return "".join(text.format(number) for number in range(count))


@pytest.mark.parametrize(
    "page",
    [
        f"<table><tr><td {many('a{}=1 ', 40_000)}>x</td></tr></table>",
        f"<table><tr><td {many('a{} ', 101)}></td></tr></table>",
        f"<table><tr><td {many(QUOTED, 40_000)}></td></tr></table>",
        f"<table><tr><td {many('a{}/', 40_000)}></td></tr></table>",
        f"<script>'</script><table><tr><td {many('a{}=1 ', 40_000)}></td></tr></table>",
        many("<b>", 300_001),
        f"<table>{'<tr>' + '<td rowspan=65534>x' * 200}{'<tr>' * 60_000}</table>",
    ],
)
def test_a_page_made_to_cost_is_refused_before_it_does(page: str) -> None:
    began = time.process_time()
    assert refusal(page) == "page_too_costly"
    print(f"{len(page)} characters in {time.process_time() - began:.2f} s")


def test_attributes_of_a_script_or_within_quotes_are_none() -> None:
    script = f"<script>for (i=0; i<n; i++) {{ {'a b c ' * 200} }}</script>"
    link = f'<a title="{"word " * 200}">x</a>'
    assert read(script + link + table(ESTONIA))[0] == ROWS


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-32", "utf-7", "cp500", "nonsense"])
def test_an_encoding_that_hides_tags_is_not_believed(name: str) -> None:
    report = Report()
    raw = f'<meta charset="{name}">{table(ESTONIA)}'.encode()
    rows = list(FORMATS["html"].read(io.BytesIO(raw), (LAYOUT,), report))
    assert [tuple(row.cells[name] for name in LAYOUT.required) for row in rows] == ROWS


def test_a_page_in_an_older_encoding_is_read_in_it() -> None:
    raw = f'<meta charset="windows-1252">{table(ESTONIA.replace("Estonia", "Türkiye"))}'.encode("cp1252")
    rows = list(FORMATS["html"].read(io.BytesIO(raw), (LAYOUT,), Report()))
    assert rows[0].cells["State"] == "Türkiye"


DATED = Columns(LAYOUT.required, (), Form(as_of=r"As of (?P<day>\d+)/(?P<month>\d+)/(?P<year>\d{4})"))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("As of 28/2/2026", "2026-02-28"),
        ("As of 28/02/2026. As of 28/2/2026", "2026-02-28"),
        ("As of 31/02/2026", None),
        ("As of 02/28/2026", None),
        ("As of 1/3/2026 and not As of 1/3/2024", None),
        ("<span hidden>As of 1/3/2024</span>As of 1/3/2026", "2026-03-01"),
    ],
)
def test_a_page_is_of_one_day_that_there_is(said: str, day: str | None) -> None:
    report = Report()
    with suppress(UnreadableError):
        list(FORMATS["html"].read(io.BytesIO(f"<p>{said}</p>{table(ESTONIA)}".encode()), (DATED,), report))
    assert (report.as_of, codes(report)) == (day, [] if day else ["day_of_list_unclear"])


def test_a_column_that_is_collapsed_is_not_read_as_if_it_showed() -> None:
    page = f'<table><col><col style="visibility: collapse"><col>{HEAD}{ESTONIA}</table>'
    assert refusal(page) == "page_hides_unclearly"


@pytest.mark.parametrize(
    "style", ["display:/* x */none", "display: none ! important", r"d\69splay:none", r"display:n\6f ne"]
)
def test_a_style_is_read_as_a_browser_reads_it(style: str) -> None:
    rows, report = read(table(ESTONIA, f"<tr style='{style}'><td>Ireland</td><td>2001</td><td>2004</td></tr>"))
    assert (rows, codes(report)) == (ROWS, ["page_hides"])


def test_what_stands_in_a_dialog_that_is_not_open_does_not_show() -> None:
    rows, _ = read(f"<dialog>{table(ESTONIA.replace('Estonia', 'Ireland'))}</dialog>{table(ESTONIA)}")
    assert rows == ROWS


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_page_whose_letters_cannot_be_told_is_refused(encoding: str) -> None:
    raw = table(ESTONIA.replace("Estonia", "T\u00fcrkiye")).encode(encoding)
    report = Report()
    with pytest.raises(UnreadableError):
        list(FORMATS["html"].read(io.BytesIO(raw), (LAYOUT,), report))
    assert codes(report) == ["encoding_unknown"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("2001<sup>2</sup>", "2001²"),
        ("<b>2001</b><sup>2</sup>", "2001²"),
        ('2001<sup class="r"><a href="#note">[2]</a></sup>', "2001[²]"),
        ('2001<a href="#note">2</a>', "2001²"),
        ('2001<span style="vertical-align:super">2</span>', "2001²"),
        ("<sup>2001</sup>", "2001"),
        ("km<sup>2</sup>", "km2"),
        ('<a href="#note">2001</a>', "2001"),
        ("20<span>01</span>", "2001"),
    ],
)
def test_the_mark_of_a_note_is_no_digit_of_a_number(cell: str, text: str) -> None:
    rows, _ = read(table(f"<tr><td>Estonia</td><td>{cell}</td><td>2004</td></tr>"))
    assert rows == [("Estonia", text, "2004")]
