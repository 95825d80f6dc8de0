"""CITATION.cff: how to cite the release, for programs that manage references (Citation File Format 1.2.0)."""

from __future__ import annotations

import yaml

from gci.publish.formats.about import KEYWORDS, LICENCE, PRODUCER, About


def citation(about: About) -> str:
    """The file's text."""
    return yaml.safe_dump(
        {
            "cff-version": "1.2.0",
            "message": "If you use these figures, cite this edition and vintage.",
            "type": "dataset",
            "title": about.title,
            "version": about.version,
            "date-released": about.published_at.date(),
            "authors": [{"name": PRODUCER}],
            "abstract": f"{about.description} {LICENCE}",
            "identifiers": [
                {
                    "type": "other",
                    "value": f"sha256:{about.content_digest}",
                    "description": "Digest of the content: equal where two releases say the same.",
                }
            ],
            "keywords": list(KEYWORDS),
        },
        sort_keys=False,
        allow_unicode=True,
        width=110,
    )
