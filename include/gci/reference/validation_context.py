"""What a file is held against: editions, items, members and names, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from gci.core.paths import PARTNERS, SEEDS, DataFolders, data_folders
from gci.reference import seeds
from gci.reference.decided import decided_seeds, landed_decisions
from gci.reference.decisions import Decision
from gci.reference.labels import LANGUAGES, answer_labels
from gci.reference.names import Names
from gci.reference.seeds import Dependency, MemberState


@dataclass(frozen=True)
class EditionRules:
    """What holds for the files of one edition.

    Attributes:
        edition: its name.
        asks_numbers: True where answers are numbers from 0 to 1, False where they are yes, partial or no.
        items: code of each item → whether it may be answered `partial`.
        members: iso3 of its member states.
        pillars: code of each item → its pillar, in the order of the framework.
        form_versions: the versions of its form; none for an edition whose forms had no versions.
        asked_by: version of the form → the items that it asks; one that is not there asks all.
        dependencies: what does not go together in its answers.
    """

    edition: str
    asks_numbers: bool
    items: Mapping[str, bool]
    members: frozenset[str]
    pillars: Mapping[str, str] = field(default_factory=dict)
    form_versions: frozenset[str] = frozenset()
    asked_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    dependencies: tuple[Dependency, ...] = ()

    def asked(self, version: str | None) -> list[str]:
        """The items that a version of the form asks, in the order of the framework; all where that is not known."""
        of_version = self.asked_by.get(version or "", self.items)
        return [item for item in self.items if item in of_version]


@dataclass(frozen=True)
class ValidationContext:
    """What holds for all files.

    Attributes:
        editions: the editions that there are, by name.
        states: every state that is or was a member, by iso3.
        names: resolves spellings of states.
        iso2: alpha-2 code → iso3.
        answer_labels: language → label of an answer, casefolded → its code.
        languages: iso3 → the language of the United Nations that a state is written to in; English where it has none.
        described_in: folders with descriptions of partners' sources.
        decisions: every decision that has landed.
    """

    editions: Mapping[str, EditionRules]
    states: Mapping[str, MemberState]
    names: Names
    iso2: Mapping[str, str] = field(default_factory=dict)
    answer_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    described_in: tuple[Path, ...] = (PARTNERS,)
    decisions: tuple[Decision, ...] = ()

    def state_name(self, iso3: str, language: str = "en") -> str:
        """The name of a state, for messages."""
        return self.states[iso3].names[language]


def validation_context(folders: DataFolders | None = None, *, ever: bool = False) -> ValidationContext:
    """The rules of the project's own seeds, with what has been decided since.

    Args:
        folders: where decisions have landed; the folders of the environment when not given.
        ever: whether states that have left count as members: they were when what they sent was taken.
    """
    return _rulebook(landed_decisions(folders or data_folders()), ever)


def rules_of_the_code() -> ValidationContext:
    """The rules of the project's own seeds alone."""
    return _rulebook((), ever=False)


@cache
def _rulebook(decisions: tuple[Decision, ...], ever: bool) -> ValidationContext:
    decided = decided_seeds(decisions)
    return ValidationContext(
        editions={name: _rules(name, seeds.members_by(name, decided, ever)) for name in seeds.editions()},
        states=seeds.member_states_by(decided),
        # A state that has another name since is known by the one before, too.
        names=Names(
            [*seeds.member_states_by(SEEDS).values(), *seeds.member_states_by(decided).values()],
            seeds.aliases() | seeds.un_names(),
            seeds.ambiguous_names(),
            seeds.names_of_no_member(),
        ),
        iso2=seeds.iso3_by_iso2(),
        answer_labels={
            language: {label.casefold(): code for code, label in answer_labels(language).items()}
            for language in LANGUAGES
        },
        languages=seeds.state_languages(),
        decisions=decisions,
    )


def _rules(name: str, members: frozenset[str]) -> EditionRules:
    return EditionRules(
        edition=name,
        asks_numbers=seeds.edition(name).item_level == "indicator",
        items={code: bool(node.allows_partial) for code, node in seeds.items(name).items()},
        members=members,
        form_versions=frozenset(seeds.form_versions(name)),
        asked_by=seeds.items_of_versions(name),
        dependencies=seeds.dependencies(name),
        pillars={code: node.pillar for code, node in seeds.items(name).items()},
    )
