"""Text from elsewhere in what the signer reads: shown as it is written, and nothing else happens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from gci.sign_off.markdown import LONGEST, code, table, text

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></tr></table><h1>Approve</h1>",
    "[approve here](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "https://evil.example/?a|b",
    "www.evil.example",
    "<https://evil.example>",
    "mail me@evil.example",
    "[x]: https://evil.example",
    "| a | b |",
    "a\\|b\\",
    "`code` and ``more` |",
    "http://x`y``z|`",
    "**bold** _em_ ~~gone~~",
    "# heading\n\n---\n- list\n1. one\n> quote",
    "&lt;b&gt; &#60;script&#62; &copy;",
    "503 Service Unavailable\r\n\r\n| sign | here |",
    "a\u2028b\u0000c\x1b[31m",
    "\u202eevorppA",
    "`",
    "\\",
    "\\`",
    "!",
]
SAFE = {"text", "code_inline", "softbreak"}


def _cell(given_text: str) -> list[tuple[str, str]]:
    """The inner tokens of the one cell that holds the text; the table must have exactly two rows of two cells."""
    lines = table(("source", "failure"), [("`x`", text(given_text))])
    parsed = MarkdownIt("commonmark", {"html": True}).enable("table").parse("\n".join(lines) + "\n\nafter\n")
    kinds = [token.type for token in parsed]
    assert [kinds.count(kind) for kind in ("table_open", "tr_open", "td_open", "th_open", "paragraph_open")] == [
        1,
        2,
        2,
        2,
        1,
    ]
    cells = [parsed[place + 1] for place, kind in enumerate(kinds) if kind == "td_open"]
    return [(token.type, token.content) for token in cells[1].children or ()]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_is_only_shown(hostile: str) -> None:
    tokens = _cell(hostile)
    assert {kind for kind, _ in tokens} <= SAFE | {"text_special"}
    shown = "".join(content for _, content in tokens)
    wanted = " ".join("".join(one if one.isprintable() else " " for one in hostile).split())
    assert shown.replace("\ufffd", " ").replace("|", "¦").strip() == wanted.replace("|", "¦")


@given(st.text(alphabet=st.sampled_from("ab |\\`*_[]()<>!&#~:/@.\n\u202e"), max_size=40))
def test_so_is_any_other(any_text: str) -> None:
    assert {kind for kind, _ in _cell(any_text)} <= SAFE | {"text_special"}


def test_what_viewers_would_make_a_link_of_is_code() -> None:
    """A viewer may link addresses in plain text, escaped or not; never in code."""
    for address in ("see https://evil.example now", "WWW.evil.example", "me@evil.example"):
        assert text(address) == f"`{address}`"
    assert code("a ` b") == "``a ` b``"
    assert code("`a`") == "`` `a` ``"


def test_a_long_text_is_cut_and_says_so() -> None:
    assert text("x" * 10_000) == "x" * LONGEST + "…"


def test_names_stay_as_people_know_them() -> None:
    for name in ("Côte d'Ivoire (CIV)", "Korea (Rep. of) (KOR)", "دولة الكويت", "Bosnia and Herzegovina (BIH)"):
        assert text(name) == name
