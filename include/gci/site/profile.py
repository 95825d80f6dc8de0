"""One state of one release, for who asks by name."""

from __future__ import annotations

from gci.core.errors import WrongUsage
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.reference.near import no_such_state
from gci.site.content import Content, read_content
from gci.storage.release_log import find, releases


def of_state(iso3: str, edition: str | None, folders: DataFolders) -> tuple[Content, str]:
    """The edition that a state is looked up in, and the state's code in it.

    Args:
        iso3: the state, ISO 3166 alpha-3, in any case.
        edition: an edition or a vintage of it; None means the newest edition that is published.
        folders: what is published.

    Raises:
        WrongUsage: nothing of that is published, or the state is not in it.
    """
    content = _edition(edition, folders)
    code = iso3.strip().upper()
    if code in content.states:
        return content, code
    raise no_such_state(iso3, f"{content.name}@v{content.vintage}", content.states)


def of_edition(named: str, edition: str | None, folders: DataFolders) -> tuple[Content, list[str]]:
    """The same for one state or for `all`: the edition, and the codes that are meant, sorted. Raises as `of_state`."""
    if named.strip().lower() != "all":
        content, code = of_state(named, edition, folders)
        return content, [code]
    content = _edition(edition, folders)
    return content, sorted(content.states)


def _edition(edition: str | None, folders: DataFolders) -> Content:
    name = edition or max((one.edition for one in releases(folders) if one.edition != PARTNERS), default=None)
    if name is None:
        raise WrongUsage(f"Nothing is published in {folders.root}. Call gci run first.")
    release = find(name, folders)
    return read_content(release.database, release.edition)
