"""What codes mean, in words for readers. The words are keys of the catalogues, like all texts of the pages."""

from __future__ import annotations

from collections.abc import Mapping

from gci.texts import marked

NO_DATA = "O"
"""The observation status of a score that was printed although there is no data: 0 then means nothing."""

MEANINGS: Mapping[str, Mapping[str | None, str]] = {
    "respondent_status": {
        "responded": marked("The state answered the questionnaire."),
        "desk_validated": marked("The data were collected by desk research, and the state confirmed them."),
        "desk_not_validated": marked("The data were collected by desk research; the state did not confirm them."),
        "no_data": marked("There is no data for this state. It was printed with 0; that says nothing about the state."),
        "unknown": marked("It is not known whether the state answered or its data were collected by desk research."),
    },
    "comparability": {
        "same_questions": marked("same questions"),
        "same_concept": marked("same concept, other questions"),
        "neither": marked("not comparable"),
    },
    "data_status": {
        "followed": marked("measured"),
        "partly": marked("a neighbouring measure"),
        "no_data": marked("no data"),
    },
    "unit": {
        None: "–",
        "states": marked("states"),
        "partners": marked("partners"),
        "share": marked("share"),
        "points_of_20": marked("points of 20"),
        "points_of_100": marked("points of 100"),
        "score_0_1": marked("score from 0 to 1"),
    },
    "source": {
        "print": marked("printed report"),
        "data360": marked("World Bank Data360"),
        "transcription": marked("transcription of the printed report"),
    },
    "aggregation": {"arithmetic": marked("arithmetic mean"), "geometric": marked("geometric mean")},
    "weights": {
        "published": marked("as published"),
        "equal": marked("equal"),
        "by_items": marked("by the number of indicators"),
    },
    "origin": {
        None: "–",
        "state": marked("the state"),
        "desk": marked("desk research"),
        "reviewer": marked("the index team, in its review"),
        "derived": marked("derived from the pillar"),
        "unknown": marked("not known"),
    },
}
"""By the name of the column. A code that is not here is an error: no page shows a bare code."""
