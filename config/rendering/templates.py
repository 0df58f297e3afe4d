"""Print templates: the only Jinja environment, for pages and mails."""

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, PackageLoader, PrefixLoader, Undefined, select_autoescape
from jinja2.loaders import ChoiceLoader

from config.rendering.texts import ENGLISH, texts
from timeline.calendar.wording import in_short_dates, long_date, short_date

TEMPLATES = Path(__file__).parents[1] / "templates"


class _Missing(Undefined):
    """Hold a missing name or attribute: refused as by StrictUndefined, except for the keys of a dict.

    The GOV.UK macros ask their `params` for options that were not given, and use undefined names.
    """

    def __init__(self, hint: str | None = None, obj: Any = None, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(hint, obj, name, **kwargs)
        if not isinstance(obj, dict) and name not in {"caller", "undefined", "null"}:
            self._fail_with_undefined_error()


def _capital(clause: str) -> str:
    return clause[:1].upper() + clause[1:]


def _moment(at: datetime) -> str:
    return f"{short_date(at.date())}, {at:%H:%M}"


_environment = Environment(
    loader=ChoiceLoader(
        [
            FileSystemLoader(TEMPLATES),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    ),
    autoescape=select_autoescape(disabled_extensions=("txt.jinja",), default=True),
    undefined=_Missing,
    trim_blocks=True,
    lstrip_blocks=True,
    # Nothing changes them while Daymark runs, and a page asks for ninety.
    auto_reload=False,
)


_environment.filters |= {"capital": _capital, "long_date": long_date, "moment": _moment, "short_days": in_short_dates}


def render(name: str, *, language: str = ENGLISH, **context: object) -> str:
    """Print the template of that name under `config/templates/`; `t("page.name")` is a text of that language.

    Everything is escaped for HTML except in templates whose name ends in `.txt.jinja`. A name or attribute
    that is not given raises `jinja2.UndefinedError`.
    """
    return _environment.get_template(name).render(t=texts(language), language=language, **context)
