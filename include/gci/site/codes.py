"""What codes mean, in words for readers. The words are keys of the catalogues, like all texts of the pages."""

from __future__ import annotations

from collections.abc import Mapping

NO_DATA = "O"
"""The observation status of a score that was printed although there is no data: 0 then means nothing."""

MEANINGS: Mapping[str, Mapping[str | None, str]] = {
    "respondent_status": {
        "responded": "The state answered the questionnaire.",
        "desk_validated": "The data were collected by desk research, and the state confirmed them.",
        "desk_not_validated": "The data were collected by desk research; the state did not confirm them.",
        "no_data": "There is no data for this state. It was printed with 0; that says nothing about the state.",
        "unknown": "It is not known whether the state answered or its data were collected by desk research.",
    },
    "comparability": {
        "same_questions": "same questions",
        "same_concept": "same concept, other questions",
        "neither": "not comparable",
    },
    "data_status": {"followed": "measured", "partly": "a neighbouring measure", "no_data": "no data"},
    "unit": {
        None: "–",
        "states": "states",
        "partners": "partners",
        "share": "share",
        "points_of_20": "points of 20",
        "points_of_100": "points of 100",
        "score_0_1": "score from 0 to 1",
    },
    "source": {
        "print": "printed report",
        "data360": "World Bank Data360",
        "transcription": "transcription of the printed report",
    },
    "aggregation": {"arithmetic": "arithmetic mean", "geometric": "geometric mean"},
    "weights": {"published": "as published", "equal": "equal", "by_items": "by the number of indicators"},
    "origin": {
        None: "–",
        "state": "the state",
        "desk": "desk research",
        "reviewer": "the index team, in its review",
        "derived": "derived from the pillar",
        "unknown": "not known",
    },
}
"""By the name of the column. A code that is not here is an error: no page shows a bare code."""
