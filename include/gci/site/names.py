"""What codes are called in a language: states, groups, pillars, indicators, questions."""

from __future__ import annotations

from functools import cache
from typing import Any

from gci.reference.labels import activity_texts, concept_labels, question_texts
from gci.reference.seed_files import rows_of, seed_file
from gci.site.codes import MEANINGS
from gci.site.content import Content, Row
from gci.texts import Translator, marked


class Names:
    """The names of one edition in one language; what has none in it is called as in English."""

    def __init__(self, content: Content, say: Translator) -> None:
        self._content = content
        self.say = say
        self.language = language = say.language
        self._concepts = concept_labels(language)
        self._activities = activity_texts(language)
        self._questions = question_texts(content.name, language)

    def title(self) -> str:
        """The edition's title; what partner data is called."""
        if self._content.of_partners:
            return self.say.gettext("What partners publish about member states")
        return self.say.gettext(str(self._content.edition["title_en"]))

    def state(self, iso3: str) -> str:
        """A state's name; its code where the edition has no such state."""
        row = self._content.states.get(iso3)
        return (row[f"name_{self.language}"] or row["name_en"]) if row else iso3

    def node(self, node: str) -> str:
        """A pillar, indicator or question of the edition's framework."""
        row = self._content.nodes[node]
        if row["level"] == "question" and node in self._questions:
            return self._questions[node].text
        return self._concepts.get(row["concept"] or "") or str(row["label_en"])

    def dimension(self, dimension: str) -> str:
        """A pillar, or the whole."""
        return self.say.gettext("Overall") if dimension == "overall" else self._concepts.get(dimension, dimension)

    def activity(self, code: str) -> str:
        """What an activity of the Global Cybersecurity Agenda asks."""
        return self._activities[code]

    def group(self, grouping: str, group: str) -> str:
        """A group of states."""
        return self.say.gettext(
            _groups().get((grouping, group), marked("All member states") if group == "all" else group)
        )

    def with_full_points(self, iso3: str) -> list[str]:
        """The indicators for which a state has all the points there are; none where there is no data for it."""
        if self._content.without_data(iso3):
            return []
        nodes = self._content.level("indicator")
        return [one["node"] for one in nodes if self._content.indicators[iso3, one["node"]]["score"] == 1]

    def code(self, column: str, value: str | None) -> str:
        """What a code of a column means. Raises KeyError for one without words."""
        return self.say.gettext(MEANINGS[column][value])

    def sorted_states(self, codes: Any) -> list[Row]:
        """Rows of states in the order of their names."""
        return [self._content.states[code] for code in sorted(codes, key=lambda one: (self.state(one), one))]


@cache
def _groups() -> dict[tuple[str, str], str]:
    return {(row["grouping"], row["member_group"]): row["label_en"] for row in rows_of(seed_file("states/groups"))}
