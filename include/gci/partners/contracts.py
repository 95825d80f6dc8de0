"""The descriptions of the partners' sources in include/partners, read, held to their form and made into records.

`_defaults.yml` beside them has what they share, `_schema.yml` their form. docs/adding_a_partner.md says what each entry
means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from gci.core.errors import GciError
from gci.core.paths import PARTNERS
from gci.diagnostics.problems import catalogue
from gci.partners.contract import Class, Contract, Gather, Measure, Series
from gci.readers import FORMATS, Columns, Form

Entry = dict[str, Any]
_CODES = {"iso3": "[A-Z]{3}", "iso2": "[A-Z]{2}"}  # of areas


class BrokenContractError(GciError):
    """A description in include/partners cannot be used as it is written."""


@cache
def contracts(folder: Path = PARTNERS) -> Mapping[str, Contract]:
    """Every source that is described in `folder`, by its short name.

    Raises:
        BrokenContractError: naming the file and the key that is wrong.
    """
    defaults = _document(PARTNERS / "_defaults.yml")
    found = {path.stem: _read(path, defaults) for path in sorted(folder.glob("*.yml")) if path.name[0] != "_"}
    return MappingProxyType(found)


def dates(folder: Path = PARTNERS) -> dict[str, str]:
    """The days that descriptions give to files which do not say of which day they are, by SHA-256 of the file."""
    return {digest: day for contract in contracts(folder).values() for digest, day in contract.dated.items()}


def described(folders: Iterable[Path]) -> dict[str, Contract]:
    """Every source that is described in any of the folders, by its short name. Raises BrokenContractError."""
    return {source: one for folder in folders for source, one in contracts(folder).items()}


def _read(path: Path, defaults: Entry) -> Contract:
    entry = _document(path)
    _hold_to_schema(entry, path)
    try:
        made = _contract(entry, defaults)
    except re.error as error:
        raise BrokenContractError(f"{path.name}: the pattern {error.pattern!r} cannot be used: {error}") from None
    for key, wrong in _contradictions(made, entry, defaults, path):
        raise BrokenContractError(f"{path.name}: {key}: {wrong}")
    return made


def _contract(entry: Entry, defaults: Entry) -> Contract:
    layouts: dict[str, Entry] = {
        name: {"columns": one} if isinstance(one, list) else one for name, one in entry["layouts"].items()
    }
    shared = defaults["not_states"]
    lists = [shared[name] for name in entry.get("not_states", []) if name in shared]
    plain: Entry = {
        name: entry[name]
        for name in (
            *("source", "title", "owner", "licence", "page", "cadence_days", "stale_days", "note", "required"),
            *("roles", "area_codes", "areas", "areas_separated_by", "unknown_area"),
            "covers_members",
        )
        if name in entry
    }
    return Contract(
        **plain,
        formats={name: str(one.get("format", entry["format"])) for name, one in layouts.items()},
        layouts={name: _layout(one, entry) for name, one in layouts.items()},
        units={unit: (float(least), float(most)) for unit, (least, most) in entry["units"].items()},
        series={code: Series(**series) for code, series in entry["series"].items()},
        tolerates=frozenset([*defaults["tolerates"], *entry.get("tolerates", [])]),
        not_states={area: what for one in [*lists, entry.get("further_not_states", {})] for area, what in one.items()},
        allowed={column: frozenset(codes) for column, codes in entry.get("allowed", {}).items()},
        missing=frozenset(entry.get("missing", [])),
        means_empty=frozenset(entry.get("means_empty", [])),
        measures={column: Measure(**one) for column, one in entry.get("measures", {}).items()},
        years=Measure(series="", **entry["years"]) if "years" in entry else None,
        classes=[_class(one) for one in entry.get("classes", [])],
        dated={} if entry.get("dated", "unknown") == "unknown" else entry["dated"],
        gather=Gather(**defaults["gather"] | entry["gather"]) if "gather" in entry else None,
    )


def _layout(entry: Entry, described: Entry) -> Columns:
    form = {name: value for name, value in entry.items() if name not in ("columns", "optional", "format")}
    patterns = tuple(form.pop("passes_over", ()))
    key = tuple(form.pop("key", ()))
    for pattern in (*patterns, form.get("further", ""), form.get("as_of", "")):
        re.compile(pattern)
    return Columns(
        required=tuple(entry["columns"]),
        optional=tuple(entry.get("optional", ())),
        form=Form(
            **form, key=key, passes_over=patterns, repeats_header=True, says_blanks=True, shapes=_shapes(described)
        ),
    )


def _shapes(described: Entry) -> tuple[tuple[str, str], ...]:
    """What the cells of the columns for area and period look like."""
    roles: Entry = described["roles"]
    of = {"period": r"(19|20)\d\d", "area": _CODES.get(described.get("area_codes", "iso3"))}
    return tuple((roles[role], shape) for role, shape in of.items() if role in roles and shape is not None)


def _class(entry: Entry) -> Class:
    when = {column: re.compile(pattern) for column, pattern in entry.get("when", {}).items()}
    return Class(entry["series"], when, entry.get("because", ""))


def _contradictions(made: Contract, entry: Entry, defaults: Entry, path: Path) -> list[tuple[str, str]]:
    """What a schema cannot say: names that must be names of something. Each with the key where it stands."""
    columns = {column for layout in made.layouts.values() for column in layout.known}
    formats = {name: one for name, one in made.formats.items() if one not in FORMATS}
    series = {
        **{f"measures.{column}.series": one.series for column, one in made.measures.items()},
        **{f"classes.{number}.series": one.series for number, one in enumerate(made.classes) if one.series},
    }
    named = {
        **{f"roles.{role}": column for role, column in made.roles.items()},
        **{f"measures.{column}": column for column in made.measures},
        **{f"allowed.{column}": column for column in made.allowed},
        **{f"classes.{number}.when": column for number, one in enumerate(made.classes) for column in one.when},
    }
    return [
        *([("source", f"{made.source!r} is not the name of the file")] if made.source != path.stem else []),
        *((f"layouts.{name}.format", f"there is no format {one!r}") for name, one in formats.items()),
        *(
            (key, f"there is no column {column!r} in any layout")
            for key, column in named.items()
            if column not in columns
        ),
        *((key, f"there is no series {code!r}") for key, code in series.items() if code not in made.series),
        *(
            (f"series.{code}.unit", f"there is no unit {one.unit!r}")
            for code, one in made.series.items()
            if one.unit not in made.units
        ),
        *(
            (f"measures.{column}.years_from", "this is for `reads: date` without a period")
            for column, one in made.measures.items()
            if one.years_from and (one.reads != "date" or one.period or "period" in made.roles)
        ),
        *(("tolerates", f"there is no problem {code!r}") for code in sorted(made.tolerates - set(catalogue()))),
        *((f"dated.{digest}", f"{day} is no day") for digest, day in made.dated.items() if not _is_day(day)),
        *(
            ("not_states", f"_defaults.yml has no list {name!r}")
            for name in entry.get("not_states", [])
            if name not in defaults["not_states"]
        ),
        *_without_values(made),
    ]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _without_values(made: Contract) -> list[tuple[str, str]]:
    """A description must say in one way only where the values stand."""
    ways = [bool(made.measures), made.years is not None, bool(made.classes), "value" in made.roles]
    if sum(ways) != 1:
        return [("measures", "say in exactly one way where the values are: roles.value, measures, years or classes")]
    if "series" not in made.roles and ("value" in made.roles or made.years is not None):
        return [("roles.series", "say which column has the series")]
    return []


def _hold_to_schema(entry: Any, path: Path) -> None:
    """Raises BrokenContractError with the first key that has not the form that _schema.yml gives it."""
    from jsonschema import Draft202012Validator

    errors = sorted(Draft202012Validator(_schema()).iter_errors(entry), key=lambda error: list(error.path))
    if errors:
        key = ".".join(str(part) for part in errors[0].absolute_path) or "the file"
        raise BrokenContractError(f"{path.name}: {key}: {errors[0].message}")


@cache
def _schema() -> Any:
    return _document(PARTNERS / "_schema.yml")


def _document(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BrokenContractError(f"{path.name} is no YAML: {error}") from None
