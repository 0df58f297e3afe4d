"""The page of a link that no longer answers: one for all but for a sentence, so that whoever guesses learns nothing."""

from starlette.responses import Response

from timeline.my_tasks import OPENS_FOR
from timeline.views import DeadLink
from web.pages import Pages


def gone(pages: Pages, dead: DeadLink) -> Response:
    """410, what may be said about it, and where the newest link is."""
    return pages.notice(410, pages.t("gone.heading"), *_sentences(pages, dead))


def _sentences(pages: Pages, dead: DeadLink) -> tuple[str, ...]:
    t = pages.t
    if dead.reason == "expired":
        return t("gone.expired", minutes=OPENS_FOR.seconds // 60), t("gone.again")
    # No sentence names the task.
    why = {
        "unknown": t("gone.unknown"),
        "moved": t("gone.moved"),
        "reassigned": t("gone.reassigned"),
        "closed": t("gone.closed"),
    }[dead.reason]
    return *(dead.sentences or (why,)), t("gone.newest")
