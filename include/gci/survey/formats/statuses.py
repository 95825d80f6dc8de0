"""What the server of a form says of a submission's standing: reviewed or not, deleted, encrypted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from gci.diagnostics.problems import At, Report, quoted
from gci.readers.invisible import visible
from gci.survey.formats import fields as names
from gci.survey.formats.fields import Field

# As ODK and KoboToolbox have them, by code or, in tables, by the label in the language of whoever exported.
_FINE = {
    *("approved", "received", "edited", "none", "null", "", "–", "{}", "[]"),
    *(
        "approuvé",
        "approuvée",
        "aprobado",
        "aprobada",
        "aprovado",
        "موافق عليه",
        "已批准",
        "已通过",
        "одобрено",
        "утверждено",
    ),
}
_REFUSED = {
    *("not approved", "unapproved", "disapproved", "rejected", "refused"),
    *("non approuvé", "non approuvée", "rejeté", "rejetée", "no aprobado", "no aprobada", "rechazado", "rechazada"),
    *(
        "não aprovado",
        "غير موافق عليه",
        "غير معتمد",
        "مرفوض",
        "未批准",
        "未通过",
        "已拒绝",
        "拒绝",
        "不批准",
        "不通过",
        "не одобрено",
        "не утверждено",
        "не подтверждено",
        "отклонено",
    ),
}
_WAITING = {
    *("on hold", "hasissues", "has issues", "onhold", "pending"),
    *(
        "en attente",
        "en suspens",
        "en espera",
        "en suspenso",
        "em espera",
        "قيد الانتظار",
        "معلق",
        "搁置",
        "暂停",
        "待定",
    ),
    *("отложено", "на удержании", "приостановлено", "a des problèmes", "tiene problemas", "有问题", "есть проблемы"),
}
_UNREVIEWED = ("edited", "received", "none", "null", "–", "{}", "[]")
_CODE = "validation_status_"
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")  # notApproved
_BETWEEN = re.compile(r"[_-]")
_ENCRYPTED = ("missingencryptedformdata", "notdecrypted")


def _plain(text: str) -> str:
    """A text without accents, points above and below, and what is not seen: they get lost on the way, or are typed."""
    parts = unicodedata.normalize("NFKD", visible(text))
    return "".join(part for part in parts if not unicodedata.combining(part))


_IS_FINE, _IS_REFUSED, _IS_WAITING = (frozenset(map(_plain, known)) for known in (_FINE, _REFUSED, _WAITING))


def report_status(number: int, fields: Mapping[str, Field], report: Report) -> None:
    """Report a submission that was not approved, deleted or cannot be read, and one whose standing is unsure.

    Args:
        number: its place in the export.
        fields: its fields by name.
        report: takes what is wrong.
    """
    deleted = names.first_of(fields, names.DELETED_AT)
    if deleted is not None:
        report.add("submission_deleted", At(number, deleted.label), found=quoted(deleted.text))
    encrypted = next((fields[name] for name in names.ENCRYPTED if name in fields and _is_encrypted(name, fields)), None)
    if encrypted is not None:
        report.add("submission_encrypted", At(number, encrypted.label), found=quoted(encrypted.text))
    status = names.first_of(fields, names.STATUS)
    if status is None:
        return
    words = _CAPITALS.sub(" ", status.text).casefold().removeprefix(_CODE)
    said = " ".join(_BETWEEN.sub(" ", _plain(words)).split())
    at, found = At(number, status.label), quoted(status.text)
    if said in _IS_REFUSED:
        report.add("submission_rejected", at, found=found)
    elif said in _IS_WAITING:
        report.add("submission_on_hold", at, found=found)
    elif said not in _IS_FINE:
        report.add("submission_status_unknown", at, found=found)


def is_reviewed(fields: Mapping[str, Field]) -> bool:
    """Whether somebody gave the submission a standing; that it was edited is none."""
    status = names.first_of(fields, names.STATUS)
    return status is not None and status.text.casefold() not in _UNREVIEWED


def _is_encrypted(name: str, fields: Mapping[str, Field]) -> bool:
    text = fields[name].text
    return text.casefold() in _ENCRYPTED if name.casefold() == "status" else bool(text)
