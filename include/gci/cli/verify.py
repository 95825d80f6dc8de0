"""`gci verify`: checksums of a release, and recomputation from its own inputs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gci.cli.printing import at_work, console, print_json, text

_MEANT = {
    "files": "files of the release against their checksums",
    "noted": "file and papers against what landing noted when they went out",
    "signed": "the sign-off against the answer that was signed",
    "current": "gci.duckdb against the newest release",
    "inputs": "landed inputs against their digests",
    "chain": "the chain of landing",
    "again": "landed rows against their bytes, read again",
    "rows": "tables against what the inputs give",
    "exports": "CSV and Parquet against what the inputs give",
    "papers": "all other files, and what later ones have on record, against what the inputs and the sign-off give",
}


def verify(
    release: Annotated[str, typer.Argument(metavar="E[@V]", help="Edition (its latest vintage), or e.g. 2024@v1.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Check a release's files against their checksums and recompute it from its own inputs.

    Exit code 1 when anything differs, and what.
    """
    from gci.core.paths import data_folders
    from gci.core.worker_pool import CHECKS, DBT, keep_warm, load
    from gci.inspection.verify import verify as hold
    from gci.storage.release_log import find

    folders = data_folders()
    named = find(release, folders)
    load(DBT, CHECKS)
    with keep_warm(), at_work(f"{named.name}: checksums …") as status:
        found = hold(named, folders, lambda step: status.update(f"{named.name}: {step} …"))
    if as_json:
        print_json(found)
    else:
        _show(found)
    if not found["passed"]:
        raise typer.Exit(1)


def _show(found: dict[str, Any]) -> None:
    out = console()
    out.print(f"{found['release']} in {text(found['folder'])}")
    counts = {"files": found["files_checked"], "inputs": found["inputs_checked"]}
    for part, meant in _MEANT.items():
        if part not in found:
            out.print(f"  [red]not done[/red]  {meant}")
            continue
        count = f" ({counts[part]})" if part in counts else ""
        mark = f"[red]{len(found[part])} differ[/red]" if found[part] else "[green]the same[/green]"
        out.print(f"  {mark}  {meant}{count}")
        for difference in found[part]:
            out.print(f"    {text(difference['where'])}: {text(difference['what'])}")
            for row in difference.get("sample", ()):
                out.print(f"      {' '.join(f'{name}={text(value)}' for name, value in row.items())}")
    for sentence in found["not_held"]:
        out.print(text(sentence))
    if not found["same_code"]:
        out.print(
            "The code or the seeds here are not those of the release: rows may differ for that reason, and gates and "
            "pages were not made anew."
        )
    out.print("[green]verified[/green]" if found["passed"] else "[red]not what was published[/red]")
