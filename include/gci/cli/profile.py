"""gci profile: one state on one screen of the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gci.cli.printing import console, number, text

if TYPE_CHECKING:
    from rich.table import Table

    from gci.site.content import Content
    from gci.site.names import Names


def profile(
    iso3: Annotated[str, typer.Argument(help="State, ISO 3166 alpha-3, e.g. EST.")],
    edition: Annotated[
        str | None, typer.Option(help="Edition, or a vintage of it (2024@v1); default: the newest that is published.")
    ] = None,
    language: Annotated[str, typer.Option(help="Of names and texts: en, fr, es, ar, zh, ru.")] = "en",
    pdf: Annotated[Path | None, typer.Option(help="Write the profile on two pages into this folder instead.")] = None,
) -> None:
    """Show a state's place, its pillars and indicators beside region and world, and what would gain most.

    With --pdf, `all` in place of a state writes the profile of every state of the edition.
    """
    from gci.core.paths import data_folders
    from gci.reference.labels import language as known_language
    from gci.site.profile import of_edition, of_state

    if pdf is not None:
        from gci.site.pdf import write_profiles

        content, codes = of_edition(iso3, edition, data_folders())
        written = write_profiles(content, codes, known_language(language), pdf)
        typer.echo(f"{len(written)} profiles in {pdf}" if len(written) > 1 else str(written[0]))
        return
    content, code = of_state(iso3, edition, data_folders())
    _show(content, code, known_language(language))


def _show(content: Content, code: str, language: str) -> None:
    from gci.core.disclaimer import SYNTHETIC
    from gci.site.names import Names
    from gci.texts import translator

    say = translator(language)
    names = Names(content, say)
    row, screen = content.states[code], console()
    kind, place = (say.gettext("Tier"), row["tier"]) if content.tiered else (say.gettext("Rank"), row["rank"])
    known = not content.without_data(code)
    screen.print(f"[bold]{text(names.state(code))}[/bold] ({code}), {text(names.title())}")
    if content.synthetic:
        screen.print(f"[bold yellow]{SYNTHETIC}[/bold yellow]")
    score = number(row["score"] if known else None)
    scale = say.gettext("Score, of 100")
    screen.print(f"{kind} {number(place if known else None, 0)}, {scale}: [bold]{score}[/bold]")
    screen.print(text(names.code("respondent_status", row["respondent_status"])))
    screen.print()
    screen.print(_pillars(content, names, code))
    if content.gaps[code]:
        screen.print()
        screen.print(_steps(content, names, code))


def _pillars(content: Content, names: Names, iso3: str) -> Table:
    from rich.table import Table

    from gci.reference.labels import PILLARS

    region = content.states[iso3]["itu_region"]
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    full = names.say.gettext("Possible points")
    for head in (iso3, names.group("itu_region", region), names.group("all", "all"), full):
        table.add_column(text(head), justify="right")
    known = not content.without_data(iso3)
    for pillar in PILLARS:
        means = [content.groups[group]["mean"] for group in (("itu_region", region, pillar), ("all", "all", pillar))]
        own, most = content.pillars[iso3, pillar]["score"] if known else None, content.nodes[pillar]["weight"]
        table.add_row(f"[bold]{text(names.dimension(pillar))}[/bold]", *map(number, (own, *means, most)))
        for node in content.level("indicator", pillar):
            points = content.indicators[iso3, node["node"]]["points"] if known else None
            table.add_row(f"  {text(names.node(node['node']))}", number(points), "", "", number(node["weight"]))
    return table


def _steps(content: Content, names: Names, iso3: str) -> Table:
    from rich.table import Table

    say = names.say
    table = Table(box=None, pad_edge=False)
    table.add_column(text(say.gettext("Next steps that gain most")), overflow="fold")
    table.add_column(text(say.gettext("Gain in points")), justify="right")
    table.add_column(text(say.gettext("States that took it")), justify="right")
    for gap in content.gaps[iso3]:
        there = say.gettext("{there} of {peers}", there=gap["peers_there"], peers=gap["peers"])
        table.add_row(text(names.node(gap["item"])), number(gap["gain"]), text(there))
    return table
