"""The front page: where an administrator goes from here."""

from dataclasses import dataclass
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from web.pages import Pages


class Destination(NamedTuple):
    url: str
    text: str
    what: str


@dataclass(frozen=True)
class Home:
    pages: Pages

    async def show(self, _request: Request) -> Response:
        return self.pages.show("home", links=self._destinations())

    def _destinations(self) -> list[Destination]:
        settings = self.pages.settings
        prefect = settings.prefect_url.rstrip("/")
        found = [
            Destination(f"{prefect}/", "Prefect", "What runs, when, and how it went."),
            Destination(f"{prefect}/v2/artifacts", "What each run said", "Prefect’s artifacts."),
        ]
        if settings.mail_folder:
            found.append(Destination(f"{self.pages.root}/mail", "Caught mails", "Kept on this machine, not sent."))
        return found
