"""Show caught mails to administrators only, where the catcher replaces a mail server: they hold everybody's links."""

import re
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from tasks.catcher.catcher import NoSuchMail, OpenedMail, caught, pictured, read
from timeline.steering.list_pages import list_page
from timeline.steering.narrowing import NotOffered
from web.administrators.identity import known_overseer
from web.http import MAIL_POLICY
from web.pages import Pages

_A_PAGE = 50
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
# A link in a mail opens outside the frame that shows the mail.
_LEAVE_FRAME = '<base target="_top">'


@dataclass(frozen=True)
class Mailbox:
    """Serve the pages of a folder of caught mails."""

    folder: Path
    pages: Pages

    def routes(self) -> list[Route]:
        return [
            Route("/mail", self.all),
            Route("/mail/{id}", self.show),
            Route("/mail/{id}/html", self.html),
            Route("/mail/{id}/raw", self.raw),
        ]

    def all(self, request: Request) -> Response:
        """List the mails, newest first, fifty at a time."""
        known_overseer(request, self.pages.settings)
        mails, t = caught(self.folder), self.pages.t
        try:
            page = list_page(request.query_params.get("page", "").strip(), len(mails), size=_A_PAGE)
        except NotOffered as fault:
            return self.pages.notice(422, t("mails.title"), str(fault))
        return self.pages.show(
            "mails",
            mails=page.entries(mails),
            span=t("mails.span", first=page.from_entry, last=page.to_entry, all=page.of),
            newer=f"?page={page.number - 1}" if page.number > 1 else "",
            older=f"?page={page.number + 1}" if page.number < page.last else "",
        )

    def show(self, request: Request) -> Response:
        return self.pages.show("mail", mail=self._mail(request))

    def html(self, request: Request) -> Response:
        body = _HEAD.sub(lambda head: head[0] + _LEAVE_FRAME, pictured(self._mail(request)), count=1)
        return HTMLResponse(body, headers={"Content-Security-Policy": MAIL_POLICY})

    def raw(self, request: Request) -> Response:
        return PlainTextResponse(self._mail(request).raw)

    def _mail(self, request: Request) -> OpenedMail:
        known_overseer(request, self.pages.settings)
        try:
            return read(self.folder, str(request.path_params["id"]))
        except NoSuchMail:
            raise HTTPException(404) from None
