"""Workbooks as files: of one state, or of every member state of the edition."""

from __future__ import annotations

from pathlib import Path

from gci.core.errors import WrongUsage
from gci.reference.labels import language as known_language
from gci.reference.near import near_states
from gci.reference.seeds import members, state_languages
from gci.survey.form.filling import prefilled
from gci.survey.form.form import Form, form
from gci.survey.form.previous import Previous, previous
from gci.survey.form.workbook import workbook


def write_template(edition: str, state: str, language: str | None, published: Path, out: Path | None) -> Path:
    """Write the questionnaire of one state.

    Args:
        edition: an edition that asks questions.
        state: iso3 of a member state.
        language: en, fr, es, ar, zh or ru; None for the state's own, as the seed state_languages has it.
        published: the published file with the editions before; need not be there.
        out: the file, or a folder for it; None for the current folder.

    Returns:
        The file. One of that name is replaced.

    Raises:
        WrongUsage: edition, state or language is unknown, or the edition asks no questions.
        TryAgain: the published file cannot be read.
        OSError: the file cannot be written.
    """
    asked, iso3 = form(edition), state.upper()
    if iso3 not in members(edition):
        raise WrongUsage(
            f"{state!r} is no member state of edition {edition}: give its ISO 3166 alpha-3 code."
            f"{near_states(state, members(edition))}"
        )
    chosen = known_language(language) if language else state_languages()[iso3]
    target = out if out and not out.is_dir() else (out or Path()) / _name(asked, iso3, chosen)
    return _write(asked, iso3, chosen, previous(asked, published), target)


def write_templates(edition: str, language: str | None, published: Path, folder: Path) -> list[Path]:
    """Write the questionnaires of all member states into a folder, which is made where it is not there.

    Args:
        edition: an edition that asks questions.
        language: one language for all; None for each state's own.
        published: the published file with the editions before; need not be there.
        folder: where they go.

    Returns:
        The files, in the order of the codes of the states.

    Raises:
        As `write_template`.
    """
    asked = form(edition)
    before = previous(asked, published)
    chosen = state_languages() if language is None else dict.fromkeys(members(edition), known_language(language))
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _write(asked, iso3, chosen[iso3], before, folder / _name(asked, iso3, chosen[iso3]))
        for iso3 in sorted(members(edition))
    ]


def _name(asked: Form, iso3: str, language: str) -> str:
    return f"gci_{asked.edition.edition}_{iso3}_{language}.xlsx"


def _write(asked: Form, iso3: str, language: str, before: dict[str, Previous], target: Path) -> Path:
    target.write_bytes(workbook(asked, iso3, language, prefilled(asked, before.get(iso3))))
    return target
