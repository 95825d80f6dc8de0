"""Finds every text that people read in six languages, and brings the catalogues to it: `make texts`.

What is in Python or in a template is found by the name of the function that it is given to. The problems of files stand
in a table of their own, and so do the groups of states and the editions, whose names the pages say.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from gci.core.paths import SEEDS
from gci.texts.catalogues import CATALOGUES, untranslated

PACKAGE = Path(__file__).parents[1]
KEYWORDS: Mapping[str, Any] = {
    "_": None,
    "gettext": None,
    "marked": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
    "Phrase": None,
    "Counted": (1, 2),
}
"""Functions that are given texts, and which of their arguments these are."""
_WIDTH = 120
_HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def texts() -> Catalog:
    """Every text there is, without a translation: English, with its context, and with its plural where it has one."""
    found = Catalog(charset="utf-8")
    for path in sorted(PACKAGE.rglob("*")):
        for method in _methods(path):
            with path.open("rb") as file:
                for _, text, _, context in extract(method, file, KEYWORDS, options=_OPTIONS):
                    found.add(text, context=context)
    for text in (*_of_seed("states/seed_groups", "label_en"), *_of_seed("seed_editions", "title_en")):
        found.add(text)
    return found


def brought_to(wanted: Catalog, language: str) -> str:
    """The catalogue of a language as it is to be: what it has of the texts there are, and these in their order.

    A text that is new in it is there with an empty translation; what is no longer said is gone.
    """
    with (CATALOGUES / f"{language}.po").open("rb") as lines:
        known = read_po(lines, locale=language)
    made = Catalog(locale=language, charset="utf-8")
    for one in wanted:
        if one.id:
            there = known.get(one.id if isinstance(one.id, str) else one.id[0], one.context)
            made.add(one.id, there.string if there and there.id == one.id else None, context=one.context)
    return _HEADER.format(language=language, plurals=made.plural_forms) + _entries(made)


def main() -> None:
    """Write the catalogues anew, and say once of each text that is not translated in which languages."""
    wanted, lacking = texts(), dict[str, list[str]]()
    for file in sorted(CATALOGUES.glob("*.po")):
        file.write_text(brought_to(wanted, file.stem), "utf-8")
        for text in untranslated(file.stem):
            lacking.setdefault(text, []).append(file.stem)
    for text, languages in lacking.items():
        sys.stdout.write(f"no translation ({', '.join(languages)}): {text}\n")


def _entries(made: Catalog) -> str:
    from io import BytesIO

    written = BytesIO()
    write_po(written, made, width=_WIDTH, no_location=True, omit_header=True, sort_output=True)
    return written.getvalue().decode()


def _problems(file: BinaryIO, *_: Any, **__: Any) -> Iterator[tuple[int, str, Any, list[str]]]:
    """What senders are told of problems; the code of each is the context of its texts."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries: dict[str, dict[str, str]] = yaml.load(file, Loader=loader)  # noqa: S506 - both are safe loaders
    for code, entry in entries.items():
        if entry.get("reader") != "staff":
            for part in ("text", "do"):
                yield 0, "pgettext", (code, entry[part]), []


_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
_TEMPLATES = (".jinja", ".html", ".j2")
_NAMES = tuple(f"{name}(".encode() for name in KEYWORDS)


def _methods(path: Path) -> Iterator[str | Callable[..., Any]]:
    """How the texts of a file are found; nothing for one that has none."""
    if path.name == "problems.yml":
        yield _problems
    elif path.suffix in (".py", *_TEMPLATES) and path.parent != CATALOGUES.parent:
        content = path.read_bytes()
        if any(name in content for name in _NAMES):
            yield "python" if path.suffix == ".py" else "jinja2"


def _of_seed(name: str, column: str) -> list[str]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [row[column] for row in csv.DictReader(lines)]


if __name__ == "__main__":
    main()
