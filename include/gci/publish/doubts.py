"""What the worklists doubt, in words: the faults of links, and the questions of the cross-checks with partners."""

from __future__ import annotations

FLAGS = {
    "no_evidence": "no link was sent, and one is asked for",
    "whitespace": "a blank in the link, or several links in one cell",
    "no_scheme": "the link does not begin with http or https",
    "not_a_link": "what was sent is no link",
    "not_on_the_web": "the link leads to no page of the web (mailto, file, ftp and the like)",
    "private_address": "the link leads to a machine or network that only the state can reach",
    "placeholder": "the link is a placeholder (example.com and the like)",
    "malformed": "the link has no proper host",
    "same_in_other_states": "other states sent the same link",
    "same_in_other_items": "the same link stands for other questions of the state",
}
"""What each flag of `evidence_worklist` says of an answer's evidence."""

REMARK = "regexp_extract(question_en, '^(.*?[.?])( |$)', 1)"
"""SQL: what a cross-check remarks, the first sentence of what a reviewer asks; the rest is the question itself."""


def flagged(flag: str) -> str:
    """What a flag of `evidence_worklist` says, in English."""
    return FLAGS.get(flag, flag.replace("_", " "))


def remarked(remark: str, source: str, severity: str) -> str:
    """What a cross-check remarks, in English, with the partner and how much it weighs."""
    return f"{remark.rstrip('.')} (partner {source}, {severity})"
