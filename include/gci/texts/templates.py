"""Templates whose texts are those of a language: `{{ _("…") }}`, with pgettext and ngettext beside it."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from gci.texts.catalogues import Translator


def environment(package: str, say: Translator) -> Environment:
    """What the templates of a package are rendered with, in a language: values are escaped, texts are not.

    Args:
        package: the package beside whose modules the folder `templates` lies.
        say: what says the texts.
    """
    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    texts = _Texts(say)
    made.globals.update(
        _=texts.gettext, gettext=texts.gettext, pgettext=texts.pgettext, ngettext=texts.ngettext, language=say.language
    )
    return made


class _Texts:
    """A translator as templates call it: a text is as safe as the template that it stands in, a value is not."""

    def __init__(self, say: Translator) -> None:
        self._say = say

    @pass_eval_context
    def gettext(self, told: EvalContext, text: str, /, **values: Any) -> str:
        return _filled(told, self._say.said(text), values)

    @pass_eval_context
    def pgettext(self, told: EvalContext, context: str, text: str, /, **values: Any) -> str:
        return _filled(told, self._say.said(text, context=context), values)

    @pass_eval_context
    def ngettext(self, told: EvalContext, one: str, many: str, number: int, /, **values: Any) -> str:
        return _filled(told, self._say.said(one, many, number), {"num": number} | values)


def _filled(told: EvalContext, text: str, values: dict[str, Any]) -> str:
    shown = Markup(text) if told.autoescape else text  # noqa: S704 - a text of the project's own
    return shown.format(**values) if values else shown
