"""Show caught mails to administrators only, where the catcher replaces a mail server: they hold everybody's links."""

import re
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from tasks.catcher.catcher import NoSuchMail, OpenedMail, caught, pictured, read
from web.administrators.identity import known_administrator
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
        known_administrator(request, self.pages.settings)
        mails = caught(self.folder)
        number = _page_number(request)
        first = (number - 1) * _A_PAGE
        shown = mails[first : first + _A_PAGE]
        return self.pages.show(
            "mails",
            mails=shown,
            span=self.pages.t("mails.span", first=first + 1, last=first + len(shown), all=len(mails)),
            newer=f"?page={number - 1}" if number > 1 else "",
            older=f"?page={number + 1}" if first + _A_PAGE < len(mails) else "",
        )

    def show(self, request: Request) -> Response:
        return self.pages.show("mail", mail=self._mail(request))

    def html(self, request: Request) -> Response:
        body = _HEAD.sub(lambda head: head[0] + _LEAVE_FRAME, pictured(self._mail(request)), count=1)
        return HTMLResponse(body, headers={"Content-Security-Policy": MAIL_POLICY})

    def raw(self, request: Request) -> Response:
        return PlainTextResponse(self._mail(request).raw)

    def _mail(self, request: Request) -> OpenedMail:
        known_administrator(request, self.pages.settings)
        try:
            return read(self.folder, str(request.path_params["id"]))
        except NoSuchMail:
            raise HTTPException(404) from None


def _page_number(request: Request) -> int:
    asked = request.query_params.get("page", "1")
    return int(asked) if re.fullmatch(r"[1-9]\d{0,5}", asked) else 1
