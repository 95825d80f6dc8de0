"""The command line `gci`: one file per command, each of which parses, calls and prints.

A command `x` is the typed function `x` in `gci/cli/x.py`; its parameters become the options and its docstring the
help. To add one, write that file and add a line to COMMANDS. The files are imported when their command is called,
so that `gci --help` is there at once.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from gci.core.errors import GciError

COMMANDS = {
    "run": "Collect, build, gate, sign off and publish, through the DAGs.",
    "replay": "Write the returns of a past edition into the inbox, from the real figures.",
    "simulate": "Write a synthetic survey round into the inbox, marked as such to the end.",
    "check": "Say what collection would say about files.",
    "decide": "Write a decision of the index team into the inbox, or check a file of them.",
    "gate": "Hold a DuckDB file against the gates.",
    "status": "Show per state what has come in for an edition.",
    "cases": "Show what is wrong or doubtful in the returns of an edition.",
    "letter": "Write the letter of queries to a state's focal point.",
    "draft": "Write the draft of a state's scores before publication, and list how states answered.",
    "explain": "Show a state's score down to answer, evidence, file and row.",
    "edition": "Make the files of a new edition, or say what it lacks.",
    "editions": "List what is published.",
    "embargoed": "List what is approved and waits for its hour.",
    "prerelease": "Write a copy of a release that waits for its hour, for one reader.",
    "diff": "Show what changed between two vintages, and why.",
    "up": "Start Airflow on this machine, with its UI.",
    "airflow": "Run Airflow's own command line on this data folder.",
    "audit": "Say how sure scores, ranks and tiers are, and what they hang on.",
    "prune": "Take away runs and logs of Airflow that are older than they are kept.",
    "verify": "Check a release's checksums and recompute it from its own inputs.",
    "mend": "Make damaged files of the landing zone again from the bytes as received.",
    "template": "Write the questionnaire of a state, or of all, as XLSX.",
    "profile": "Show one state: its place, its pillars, and what would gain most.",
    "site": "Write the pages that people read, from what is published.",
    "xlsform": "Write the questionnaire as an XLSForm for ODK Central or KoboToolbox.",
}

READING = {
    "gate",
    "status",
    "explain",
    "editions",
    "embargoed",
    "prerelease",
    "diff",
    "verify",
    "mend",
    "profile",
    "site",
}
"""Commands about what has landed and what is published: with $GCI_STORE they begin with what is there."""


def pull() -> None:
    """Begin with what other machines have made, where they share the warehouse."""
    from gci.core.paths import data_folders
    from gci.storage.door import storage_of

    storage_of(data_folders()).pull()


def load(name: str) -> Any:
    """The command `name`, imported from its file.

    Args:
        name: one of COMMANDS.

    Returns:
        The command as typer runs it.
    """
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    module = import_module(f"gci.cli.{name}")
    single.command(name, context_settings=getattr(module, "CONTEXT_SETTINGS", None))(getattr(module, name))
    return typer.main.get_command(single)


class _LazyGroup(TyperGroup):
    """Knows the names and one line of help of its commands, and imports the one that is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, listed, rest = super().resolve_command(ctx, args)
        if name in READING and "--help" not in rest:
            pull()
        return name, load(name) if name in COMMANDS else listed, rest


app = typer.Typer(
    name="gci",
    cls=_LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Builds, checks and publishes the Global Cybersecurity Index. Data lies under $GCI_DATA (default ./data).",
    epilog="Exit code: 0 done, 1 the data was refused or a gate or the sign-off said no, 2 wrong usage.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from gci.core.versions import code_version, commit

        checked_out = commit()
        typer.echo(f"gci {code_version()}" + (f", commit {checked_out[:12]}" if checked_out else ""))
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """What holds before any command."""


def _listed() -> None:
    """Stands for a command in the list of commands until it is called."""


for _name, _help in COMMANDS.items():
    app.command(_name, help=_help)(_listed)


def main() -> None:
    """Run `gci` and exit: 0 done, 1 refused or blocked, 2 wrong usage. Bad input never shows a traceback.

    With GCI_LOG=json the warehouse's log goes to stderr as JSON lines. With GCI_DEBUG set, errors that are not meant
    for a person are raised as they are.
    """
    if os.environ.get("GCI_LOG"):
        from gci.core.log_context import log_to_stderr, wants_json

        if wants_json():
            log_to_stderr()
    try:
        app()
    except GciError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of our output (`head`, `less`) has gone: nothing to say to anyone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _say(f"{error.filename or 'the system'}: {error.strerror or error}")
        sys.exit(1)
    except Exception as error:
        if os.environ.get("GCI_DEBUG"):
            raise
        _say(
            f"unexpected {type(error).__name__}: {error}\n"
            "This is a fault of the program, not of your data. GCI_DEBUG=1 in the environment shows where it happened."
        )
        sys.exit(1)


def _say(message: str) -> None:
    """Write a message for a person, on stderr, so that stdout holds nothing but the command's result."""
    sys.stderr.write(f"gci: {message}\n")
