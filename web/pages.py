"""Pages as responses: the council's name on top, the template's words below."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse

from config.layout import render
from timeline.views import MessageView, TaskView


@dataclass(frozen=True, kw_only=True)
class PageSettings:
    """What every page needs to know; `mail_folder` only when the catcher stands in for a mail server."""

    council_name: str
    programme_name: str
    base_url: str
    prefect_url: str
    mail_folder: Path | None = None


@dataclass(frozen=True)
class Pages:
    """Renders the templates under `config/templates/pages/`."""

    settings: PageSettings

    @property
    def root(self) -> str:
        """Where a proxy puts our pages on its host: the path of `base_url`, mostly empty."""
        return urlsplit(self.settings.base_url).path.rstrip("/")

    def show(
        self, name: str, *, status: int = 200, view: TaskView | MessageView | None = None, **context: object
    ) -> HTMLResponse:
        """The page of that template, under the names of the view's council or of the settings."""
        context |= {"view": view, "names": view or self.settings, "root": self.root}
        return HTMLResponse(render(f"pages/{name}.html.jinja", **context), status_code=status)

    def notice(self, status: int, heading: str, *sentences: str) -> HTMLResponse:
        return self.show("notice", status=status, heading=heading, sentences=sentences)
