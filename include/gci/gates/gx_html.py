"""Great Expectations' pages, made fit to stand beside a release.

As GX writes them they load styles and scripts from five hosts, show their index by script alone, and carry random ids.
Here they get one stylesheet of their own, which filters by "Failed Only" too, run no script, load nothing, and come out
the same for the same results.
"""

from __future__ import annotations

import html
import itertools
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from gci.build.manifest import is_synthetic

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL | re.IGNORECASE)
_FOREIGN = re.compile(r"<link\b[^>]*>|<img\b[^>]*\bsrc=\"https?:[^>]*>", re.DOTALL | re.IGNORECASE)
_FOOTER = re.compile(r"<footer>.*?</footer>", re.DOTALL)
_RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_LOADED_AT = re.compile(r"(ge_load_time</span>.*?)\d{8}T\d{6}\.\d{6}Z", re.DOTALL)
_SUITE = re.compile(r"<a href=\"[^\"]*/expectations/[^\"]*\"\s*>(.*?)</a>")  # a page that we do not write
_HANDLER = re.compile(r"\son[a-z]+=\"[^\"]*\"")  # they call scripts that are not there
_NO_ASSET = re.compile(r"Data asset:\s*None\s*(<br\s*/?>)?")
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_FOLDER = re.compile(r"(?P<edition>.+)-v(?P<vintage>\d+)(-[0-9a-f]+)?")
_BLANK = re.compile(r"\n\s*\n+|\n[ \t]+")
# Nothing of what a page shows may run or load anything, whatever a return's texts say.
HEAD = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self' 'unsafe-inline'\">"
    '<link rel="stylesheet" href="{style}">'
)


def what_is_held(folder: Path) -> str:
    """The edition and vintage that a candidate's folder is named for, as people write it; else the folder's name.

    Where it is built from invented returns, that is said.
    """
    found = _FOLDER.fullmatch(folder.name)
    invented = ", SYNTHETIC" if _is_invented(folder) else ""
    return f"{found['edition']}, vintage {found['vintage']}{invented}" if found else f"{folder.name}{invented}"


def _is_invented(folder: Path) -> bool:
    """A manifest that is gone or cannot be read is the gate's to tell, not its pages'."""
    try:
        return is_synthetic(folder)
    except (OSError, ValueError):
        return False


def page(result: Any, title: str) -> str:
    """Great Expectations' page of one validation.

    Args:
        result: an ExpectationSuiteValidationResult whose meta has the run_id; its time is in UTC.
        title: what stands in the browser's tab and on top: edition, gate, table.
    """
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer

    shown: str = _view().render(ValidationResultsPageRenderer().render(result))
    named = f"<title>{html.escape(title)}</title>"
    shown = _TITLE.sub(lambda _: named, _in_utc(_alone(shown), result.meta["run_id"].run_time), count=1)
    return shown.replace("Expectation Validation Result", html.escape(title), 1)


@cache
def _view() -> Any:
    """Kept, with the templates that it has compiled."""
    from great_expectations.render.view.view import DefaultJinjaPageView

    return DefaultJinjaPageView()


def _in_utc(page: str, moment: datetime) -> str:
    """A page with the time of the run in UTC: GX writes the local time and marks it as UTC."""
    shown = "%Y-%m-%dT%H:%M:%SZ"
    return page.replace(moment.astimezone().strftime(shown), moment.strftime(shown))


def _alone(page: str) -> str:
    """A page that needs nothing but the stylesheet and the index in the folder above, without anything random in it."""
    for unwanted in (_SCRIPT, _STYLE, _FOREIGN, _FOOTER, _HANDLER, _NO_ASSET):
        page = unwanted.sub("", page)
    page = page.replace("<head>", "<head>" + HEAD.format(style="../style.css"), 1)
    page = re.sub(r"href=\"(\.\./)*index\.html\"", 'href="../index.html"', page)
    page = _SUITE.sub(r"\1", page)
    numbers: dict[str, str] = {}
    count = itertools.count(1)
    page = _RANDOM.sub(lambda found: numbers.setdefault(found[0], str(next(count))), page)
    page = _LOADED_AT.sub(r"\1when the gate ran", page)
    return _BLANK.sub("\n", page)
