"""Serve the front page, with what needs somebody now, the picture and links for an administrator."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tasks import clock
from timeline.steering.today import Today
from web.administrators.identity import administrator, sees_everything
from web.interfaces import AbsencesKnown, Assurances, Councils, Reviews, Steering
from web.pages import Pages
from web.pictures import Drawn, drawn

MOST_AT_ONCE = 3
"""As many councils as the start page shows below each other; of more it names each, and leads there."""


class Destination(NamedTuple):
    url: str
    text: str
    what: str


@dataclass(frozen=True)
class Home:
    pages: Pages
    reviews: Reviews | None = None
    assurances: Assurances | None = None
    absences: AbsencesKnown | None = None
    steering: Steering | None = None
    councils: Councils | None = None

    async def show(self, request: Request) -> Response:
        known = administrator(request, self.pages.settings)
        links = await self._for_administrators() if known else []
        councils = await run_in_threadpool(self._councils, request) if known else []
        names = await run_in_threadpool(self._to_choose, request) if known and not councils else []
        return self.pages.show("home", links=links, councils=councils, choice=names, known=bool(known))

    def _to_choose(self, request: Request) -> list[Destination]:
        """Lead to each council, where there are more than a page shows."""
        names = {} if self.councils is None or request.query_params.get("council") else self.councils.names()
        return [
            Destination(f"{self.pages.root}/?{urlencode({'council': key})}", name, "") for key, name in names.items()
        ]

    def _councils(self, request: Request) -> list[tuple[Today, Drawn]]:
        """Give the page of the council that the address names, or of all."""
        if self.steering is None or self.councils is None:
            return []
        names, asked = self.councils.names(), request.query_params.get("council", "")
        if len(names) > MOST_AT_ONCE and not asked:
            return []
        given = [self.steering.today(key, at=clock.now()) for key in names if asked in ("", key)]
        return list(zip(given, drawn([of.picture for of in given]), strict=True))

    async def _for_administrators(self) -> list[Destination]:
        return [*await self._review(), *await self._away(), *await self._assurance(), *self._destinations()]

    async def _away(self) -> list[Destination]:
        if self.absences is None:
            return []
        t, away = self.pages.t, await run_in_threadpool(self.absences.views, at=clock.now())
        waits = sum(each.waits for each in away)
        hint = t("away.home_waits", n=waits) if waits else t("away.home_hint")
        return [Destination(f"{self.pages.root}/absences", t("away.home", n=len(away)), hint)]

    async def _assurance(self) -> list[Destination]:
        if self.assurances is None:
            return []
        t, red = self.pages.t, await run_in_threadpool(self.assurances.needs_somebody)
        hint = t("home.assurance_red") if red else t("home.assurance_hint")
        return [Destination(f"{self.pages.root}/assurance", t("home.assurance"), hint)]

    async def _review(self) -> list[Destination]:
        if self.reviews is None:
            return []
        t, held = self.pages.t, await run_in_threadpool(self.reviews.held)
        return [Destination(f"{self.pages.root}/review", t("home.review", n=len(held)), t("home.review_hint"))]

    def _destinations(self) -> list[Destination]:
        settings, t = self.pages.settings, self.pages.t
        if not sees_everything():
            return []  # Prefect and the catcher hold what is of every council.
        prefect = settings.prefect_url.rstrip("/")
        destinations = [
            Destination(f"{prefect}/", t("home.prefect"), t("home.prefect_hint")),
            Destination(f"{prefect}/v2/artifacts", t("home.artifacts"), t("home.artifacts_hint")),
        ]
        if settings.mail_folder:
            destinations.append(Destination(f"{self.pages.root}/mail", t("home.mails"), t("home.mails_hint")))
        return destinations
