"""Many returns as one export of a form's server: ODK Central (OData JSON or CSV), KoboToolbox (API v2 JSON).

The names of fields are those of the form that `gci xlsform` writes: groups per pillar and indicator, the code of a
question with `_` in place of `.`, and `_evidence` and `_comment` behind it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from gci.reference import seeds
from gci.simulate.formats.csv_file import text_of as csv_text
from gci.simulate.formats.json_file import text_of as json_text
from gci.simulate.returns import Return
from gci.simulate.seeded_random import seeded_random

FORM = "gci_{edition}"


def odk_json(returns: Sequence[Return], at: datetime) -> bytes:
    """ODK Central's submissions as OData."""
    return json_text({"@odata.context": "$metadata#Submissions", "value": [odk_submission(one, at) for one in returns]})


def odk_csv(returns: Sequence[Return], at: datetime) -> bytes:
    """ODK Central's export as CSV: one row a submission, group names in front of the fields."""
    return csv_text(odk_rows(returns, at)).encode()


def kobo(returns: Sequence[Return], at: datetime) -> bytes:
    """KoboToolbox's API v2, one page."""
    results = [kobo_submission(one, at) for one in returns]
    return json_text({"count": len(results), "next": None, "previous": None, "results": results})


def odk_submission(filled: Return, at: datetime) -> dict[str, Any]:
    """One submission as ODK Central's OData has it: groups are objects."""
    name = _instance(filled)
    tree: dict[str, Any] = {
        "__id": name,
        "__system": {"submissionDate": _stamp(at), "formVersion": filled.form_version, "submitterName": filled.iso3},
        "meta": {"instanceID": name},
        **_head(filled),
    }
    for groups, field, value in _fields(filled):
        place = tree
        for group in groups:
            place = place.setdefault(group, {})
        place[field] = value
    return tree


def odk_rows(returns: Sequence[Return], at: datetime) -> list[list[str]]:
    """Header and rows of ODK Central's CSV."""
    rows: list[list[str]] = []
    for filled in returns:
        flat = {"SubmissionDate": _stamp(at)} | {name: str(value) for name, value in _head(filled).items()}
        flat |= {"-".join((*groups, field)): value or "" for groups, field, value in _fields(filled)}
        flat |= {"meta-instanceID": _instance(filled), "KEY": _instance(filled), "FormVersion": filled.form_version}
        if not rows:
            rows.append(list(flat))
        rows.append(list(flat.values()))
    return rows


def kobo_submission(filled: Return, at: datetime) -> dict[str, Any]:
    """One submission as KoboToolbox's API v2 has it: group names in front of the fields; empty fields are left out."""
    flat: dict[str, Any] = {
        "_id": seeded_random("kobo", filled.edition, filled.iso3).randrange(10**8),
        "formhub/uuid": _instance(filled).removeprefix("uuid:").replace("-", ""),
        "__version__": filled.form_version,
        "_xform_id_string": FORM.format(edition=filled.edition),
        "_submission_time": _stamp(at).removesuffix("Z"),
        "meta/instanceID": _instance(filled),
        **_head(filled),
    }
    return flat | {"/".join((*groups, field)): value for groups, field, value in _fields(filled) if value}


def _head(filled: Return) -> dict[str, Any]:
    return {"edition": filled.edition, "iso3": filled.iso3, "synthetic": "true"}


def _fields(filled: Return) -> Iterator[tuple[tuple[str, ...], str, str | None]]:
    """Groups, name and value of each field."""
    items = seeds.items(filled.edition)
    for one in filled.answers:
        node = items.get(one.item)
        groups = (node.pillar, str(node.parent)) if node else ()
        field = one.item.replace(".", "_")
        yield groups, field, one.answer
        yield groups, f"{field}_evidence", one.evidence_url
        yield groups, f"{field}_comment", one.comment


def _instance(filled: Return) -> str:
    """The name of a submission, the same in every run."""
    return f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'gci/{filled.edition}/{filled.iso3}/{hash_free(filled)}')}"


def hash_free(filled: Return) -> str:
    """A text that tells two returns of a state apart."""
    return "".join((one.answer or "-")[0] for one in filled.answers)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
