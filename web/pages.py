"""Make responses from page templates, with the council's name on top."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import urlencode, urlsplit

from starlette.responses import HTMLResponse, Response

from config.rendering.templates import render
from config.rendering.texts import ENGLISH, Texts, texts
from timeline.boards.page import BoardView
from timeline.letters.my_tasks import OPENS_FOR
from timeline.letters.own_actions import OwnActionView
from timeline.letters.page_views import DeadLink, DraftView, MessageView, MineView, TaskHead


class Names(Protocol):
    """Hold the names that stand over a page."""

    @property
    def council_name(self) -> str: ...

    @property
    def programme_name(self) -> str: ...


NAMES: ContextVar[Names | None] = ContextVar("names", default=None)
"""The names over a page of no single council, as they are now; None for those of the settings."""
QUIET: ContextVar[Callable[[], tuple[str, ...]]] = ContextVar("quiet", default=tuple)
"""Tells what is stopped or paused, which the page of this request says first."""


class Place(NamedTuple):
    """Name a link of the navigation; `is_here` marks the very page, `is_below` a page below it too."""

    href: str
    text: str
    is_here: bool = False
    is_below: bool = False


class Guide(NamedTuple):
    """Hold the navigation of an administrator's page: the places, and the councils where there are several.

    `query` keeps the council in the address of every link; it is empty where there is one council, or none was named.
    """

    places: tuple[Place, ...] = ()
    councils: tuple[Place, ...] = ()
    query: str = ""

    def leads_to(self, path: str) -> bool:
        """Tell whether this Daymark serves a place of the navigation."""
        return any(place.href.partition("?")[0].endswith(path) for place in self.places)

    def query_with(self, name: str, value: str) -> str:
        """Give the query of a link that says more than the council."""
        return f"{self.query or '?'}{'&' if self.query else ''}{urlencode({name: value}, safe='/')}"


NOWHERE = Guide()
GUIDE: ContextVar[Guide] = ContextVar("guide", default=NOWHERE)
"""The navigation of the page of this request; empty for everybody but administrators."""

PageView = TaskHead | MessageView | MineView | DraftView | BoardView | OwnActionView


@dataclass(frozen=True, kw_only=True)
class PageSettings:
    """Hold the settings of the pages.

    `mail_folder` is set only when the catcher replaces a mail server; `bind` and `identity_header` protect the pages
    that only administrators see (see web/administrators/identity.py). At each of `own_hosts` there are only the
    councils of these keys: whatever else the house holds does not exist there.
    """

    council_name: str
    programme_name: str
    base_url: str
    prefect_url: str
    mail_folder: Path | None = None
    bind: str = "127.0.0.1"
    identity_header: str = ""
    language: str = ENGLISH
    own_hosts: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Pages:
    """Serve the pages, made from the templates under `config/templates/pages/`."""

    settings: PageSettings

    @property
    def root(self) -> str:
        """Give the path under which a proxy serves our pages: the path of `base_url`, mostly empty."""
        return urlsplit(self.settings.base_url).path.rstrip("/")

    @property
    def t(self) -> Texts:
        """Give the texts of the pages' language."""
        return texts(self.settings.language)

    def show(self, name: str, *, status: int = 200, view: PageView | None = None, **context: object) -> HTMLResponse:
        """Print the page of that template, with the names of the view's council, of `names`, or of the house."""
        context = {"names": view or NAMES.get() or self.settings} | context | {"view": view, "root": self.root}
        context |= {"quiet": QUIET.get()(), "guide": GUIDE.get()}
        page = render(f"pages/{name}.html.jinja", language=self.settings.language, **context)
        return HTMLResponse(page, status_code=status)

    def notice(self, status: int, heading: str, *sentences: str) -> HTMLResponse:
        return self.show("notice", status=status, heading=heading, sentences=sentences)


def gone(pages: Pages, dead: DeadLink) -> Response:
    """Answer 410, with what may be said about the link, and where the newest link is."""
    return pages.notice(410, pages.t("gone.heading"), *_sentences(pages, dead))


def _sentences(pages: Pages, dead: DeadLink) -> tuple[str, ...]:
    t = pages.t
    if dead.reason == "expired":
        return t("gone.expired", minutes=OPENS_FOR.seconds // 60), t("gone.again")
    # None of these sentences names the task.
    why = {
        "unknown": t("gone.unknown"),
        "moved": t("gone.moved"),
        "reassigned": t("gone.reassigned"),
        "closed": t("gone.closed"),
        "ended": t("gone.ended"),
    }[dead.reason]
    return *(dead.sentences or (why,)), t("gone.newest")
