"""What a state's profile says: every text and figure as it will stand on paper, in one language."""

from __future__ import annotations

from typing import Any

from gci.core.disclaimer import SYNTHETIC
from gci.reference.labels import PILLARS
from gci.site.content import Content
from gci.site.figures import Figures
from gci.site.names import Names
from gci.site.texts import direction, number
from gci.site.tile_grid import band, squares
from gci.site.write import environment_of
from gci.texts import marked, translator

FONTS = {
    "ar": ("Noto Sans Arabic", "Noto Sans"),
    "zh": ("Noto Sans", "Noto Sans CJK SC"),
}
"""The families that a language needs, the first that has a letter is used; Noto Sans alone where none is named."""

_INTERVAL = marked("Dot: the score. Bar: where it lies in 90 of 100 draws of the audit.")
_CUTS = marked("Dashes: where a tier begins.")
_MISSING = "–"
_ORDER = ("overall", *PILLARS)


def profile_data(content: Content, iso3: str, language: str) -> dict[str, Any]:
    """The profile of a state of an edition, as the template `profile.typ` takes it.

    Args:
        content: the edition.
        iso3: the state, which is in it.
        language: code of the language.
    """
    return _Profile(content, iso3, language).told()


class _Profile:
    def __init__(self, content: Content, iso3: str, language: str) -> None:
        self._content, self._iso3, self._language = content, iso3, language
        self._say = translator(language)
        self._names = Names(content, self._say)
        self._known = not content.without_data(iso3)

    def told(self) -> dict[str, Any]:
        content, say, row = self._content, self._say, self._content.states[self._iso3]
        index, wrong = say.gettext("Global Cybersecurity Index"), say.gettext("Known error in print")
        place = (say.gettext("Tier"), row["tier"]) if content.tiered else (say.gettext("Rank"), row["rank"])
        return {
            "language": self._language,
            "rtl": direction(self._language) == "rtl",
            "fonts": list(FONTS.get(self._language, ("Noto Sans",))),
            "title": self._names.state(self._iso3),
            "author": "International Telecommunication Union",
            "edition": self._names.title(),
            "banner": SYNTHETIC if content.synthetic else None,
            "facts": [
                [place[0], self._figure(place[1], 0)],
                [say.gettext("Score, of 100"), self._figure(row["score"])],
                [say.gettext("Region"), self._names.group("itu_region", row["itu_region"])],
            ],
            "map": self._map(),
            "sure": self._sure(),
            "respondent": self._names.code("respondent_status", row["respondent_status"]),
            "notes": [
                f"{wrong} ({self._names.dimension(one['dimension'])}): {one['what_is_wrong']}"
                for one in content.corrections
                if one["iso3"] == self._iso3
            ],
            "pillars": self._pillars(row["itu_region"]),
            "steps": self._steps(),
            "changes": self._changes(),
            "indicators": self._indicators(),
            "history": self._history(),
            "closing": [
                say.gettext("Source: International Telecommunication Union, Global Cybersecurity Index."),
                say.gettext("A dash means that there is no value; it never means zero."),
                "",
            ],
            "footer": ", ".join(
                [
                    f"{index} {content.name}",
                    say.gettext("vintage {vintage}", vintage=content.vintage),
                ]
            ),
        }

    def _map(self) -> dict[str, Any]:
        """The map of squares of the pages, with the state marked, and what its colours say."""
        content, say = self._content, self._say
        title = say.gettext("{state} among all member states", state=self._names.state(self._iso3))
        charts: Any = environment_of(self._language).get_template("charts.svg.jinja").module
        steps = [
            say.gettext("Tier {tier}", tier=step) if content.tiered else f"{100 - 20 * step}–{120 - 20 * step}"
            for step in range(1, 6)
        ]
        drawn = charts.tile_map(content, self._names, squares(), band, None, title, marked=self._iso3, letters=False)
        return {
            "title": title,
            "picture": str(drawn),
            "steps": [list(one) for one in zip(charts.STEPS, steps, strict=True)],
            "none": say.gettext("No value"),
        }

    def _sure(self) -> dict[str, Any] | None:
        """How sure the score is: the picture of the pages, and the figures that it shows."""
        row = self._content.uncertainty.get(self._iso3)
        if row is None or not self._known:
            return None
        figures = Figures(self._content, self._language)
        cuts = [figures.mark(one, "tiers", "minimum") for one in self._content.tiers.values()]
        score = figures.mark(self._content.states[self._iso3], "overall_scores", "score")
        low, high = (figures.mark(row, "score_uncertainty", column) for column in ("score_q05", "score_q95"))
        title, note = self._say.gettext("How sure the score is"), self._say.gettext(_INTERVAL)
        charts: Any = environment_of(self._language).get_template("charts.svg.jinja").module
        between = self._say.gettext("{low} to {high}", low=self._number(low.value), high=self._number(high.value))
        return {
            "title": title,
            "picture": str(charts.interval(score, low, high, cuts, title)),
            "between": between,
            "note": f"{note} {self._say.gettext(_CUTS)}" if cuts else note,
        }

    def _pillars(self, region: str) -> dict[str, Any]:
        names, groups = self._names, self._content.groups
        rows = []
        for pillar in PILLARS:
            own = self._content.pillars[self._iso3, pillar]["score"]
            means = [groups["itu_region", region, pillar]["mean"], groups["all", "all", pillar]["mean"]]
            full = self._content.nodes[pillar]["weight"]
            rows.append(
                {
                    "name": names.dimension(pillar),
                    "share": self._share(own, full),
                    "region_share": means[0] / full if means[0] is not None else None,
                    "all_share": means[1] / full if means[1] is not None else None,
                    "figures": [self._figure(own), *(self._number(mean) for mean in means)],
                }
            )
        say = self._say
        heads = ["", names.state(self._iso3), names.group("itu_region", region), names.group("all", "all")]
        return {
            "title": self._say.gettext("Pillars"),
            "caption": self._say.gettext(
                "Points of each pillar, of 20, with the means of the region and of all states"
            ),
            "heads": [say.gettext("Pillar"), *heads],
            "rows": rows,
        }

    def _indicators(self) -> dict[str, Any]:
        rows: list[dict[str, Any]] = []
        for pillar in PILLARS:
            rows.append({"pillar": True, "name": self._names.dimension(pillar), "figures": ["", ""]})
            for node in self._content.level("indicator", pillar):
                points = self._content.indicators[self._iso3, node["node"]]["points"]
                figures = [self._figure(points), self._number(node["weight"])]
                share = self._share(points, node["weight"])
                rows.append(
                    {"pillar": False, "name": self._names.node(node["node"]), "share": share, "figures": figures}
                )
        heads = [self._say.gettext("Indicator"), "", self._say.gettext("Points"), self._say.gettext("Possible points")]
        return {"title": self._say.gettext("Indicators"), "heads": heads, "rows": rows}

    def _steps(self) -> dict[str, Any]:
        say = self._say
        rows = [
            [
                str(gap["place"]),
                self._names.node(gap["item"]),
                self._number(gap["gain"]),
                say.gettext("{there} of {peers}", there=gap["peers_there"], peers=gap["peers"]),
            ]
            for gap in self._content.gaps[self._iso3]
        ]
        heads = [
            say.gettext("Place"),
            say.gettext("Step"),
            say.gettext("Gain in points"),
            say.gettext("States that took it"),
        ]
        return {"title": self._say.gettext("Next steps that gain most"), "heads": heads, "rows": rows}

    def _changes(self) -> dict[str, Any]:
        rows = [
            [
                self._names.dimension(one["dimension"]),
                self._signed(one["change"]),
                self._signed(one["change_at_constant_weights"]),
                self._names.code("comparability", one["comparability"]),
            ]
            for one in sorted(self._content.changes[self._iso3], key=lambda one: _ORDER.index(one["dimension"]))
        ]
        say = self._say
        heads = [
            say.gettext("Dimension"),
            say.gettext("Change"),
            say.gettext("At constant indicator weights"),
            say.gettext("How far the two can be compared"),
        ]
        title = self._say.gettext("Since the edition before")
        return {"title": title, "heads": heads, "rows": rows}

    def _history(self) -> dict[str, Any]:
        rows = [
            [
                one["edition"],
                self._number(one["score"], 3 if one["scale"] == "0-1" else 2),
                self._number(one["rank"], 0),
                one["scale"] or _MISSING,
                self._names.code("source", one["source"]),
            ]
            for one in self._content.history[self._iso3]
        ]
        say = self._say
        heads = [
            say.gettext("Edition"),
            say.gettext("Score"),
            say.gettext("Rank"),
            say.gettext("Scale"),
            say.gettext("Source"),
        ]
        return {"title": self._say.gettext("Earlier editions, as printed"), "heads": heads, "rows": rows}

    def _figure(self, value: float | None, digits: int = 2) -> str:
        """A figure of the state, which says nothing where there is no data."""
        return self._number(value if self._known else None, digits)

    def _number(self, value: float | None, digits: int = 2) -> str:
        return _MISSING if value is None else number(value, digits, self._language)

    def _signed(self, value: float | None) -> str:
        return ("+" if value is not None and round(value, 2) > 0 else "") + self._number(value)

    def _share(self, value: float | None, full: float) -> float | None:
        return value / full if value is not None and self._known else None
