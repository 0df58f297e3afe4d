"""Serve the review list of messages that a person must read; for administrators only, never by a token."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.store import OnHold
from tasks import clock
from timeline.answers.case_details import refusal
from timeline.letters.page_views import ReviewItem
from web.administrators.identity import from_our_own_page, known_administrator
from web.forms import fields
from web.http import body_of
from web.interfaces import Reviews
from web.pages import Pages


@dataclass(frozen=True)
class Review:
    """Serve the pages under `/review`."""

    reviews: Reviews
    pages: Pages

    def routes(self) -> list[Route]:
        return [
            Route("/review", self.list),
            Route("/review/{id}", self.close, methods=["POST"]),
        ]

    async def list(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        items = await run_in_threadpool(self.reviews.held)
        t = self.pages.t
        notice = {"yes": t("review.dealt"), "no": t("review.gone")}.get(request.query_params.get("dealt", ""), "")
        return self.pages.show(
            "review", items=[(review_item, _hint(review_item)) for review_item in items], notice=notice
        )

    async def close(self, request: Request) -> Response:
        who, t = known_administrator(request, self.pages.settings), self.pages.t
        if not from_our_own_page(request, self.pages.settings):
            return self.pages.notice(403, t("notice.elsewhere"), t("notice.elsewhere_body"))
        asked = fields(await body_of(request) or b"").get("do")
        if asked not in ("close", "erase"):
            return self.pages.notice(422, t("notice.elsewhere"), t("notice.elsewhere_body"))
        id_ = str(request.path_params["id"])
        try:
            dealt = await run_in_threadpool(self.reviews.close, id_, at=clock.now(), who=who, erase=asked == "erase")
        except OnHold as held:
            return self.pages.notice(409, t("notice.kept"), str(held), t("notice.kept_body"))
        # A reload of the page shows the list again and sends nothing.
        return RedirectResponse(f"{self.pages.root}/review?dealt={'yes' if dealt else 'no'}", status_code=303)


def _hint(item: ReviewItem) -> str:
    """Say what the withheld words look like."""
    return (refusal(item.text) or "") if item.held_back else ""
