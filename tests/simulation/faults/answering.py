"""Hold faults in what is taken for an answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tasks.links import secure_link as links
from tasks.receiving import incoming as received
from tasks.receiving import receive
from tests.simulation.faults.planting import fault
from timeline.answers.responses import Answer
from timeline.definitions.people import AnswersAs
from timeline.letters.page_views import Reply
from timeline.replies.reading import ReplyKind


@fault("automatic-reply-answers", "An out-of-office note is taken for “I have this”.")
def _machine_answers(patch: pytest.MonkeyPatch) -> None:
    read: Callable[..., Any] = vars(receive)["read"]

    def naive(raw: bytes, **given: Any) -> Any:
        outcome = read(raw, **given)
        if outcome.kind is not ReplyKind.AUTO_REPLY:
            return outcome
        return replace(outcome, kind=ReplyKind.RESPONSE, automatic=False, response=Answer.ACKNOWLEDGED)

    patch.setattr(receive, "read", naive)


@fault("anybody-answers", "A reply counts whoever of the council sent it.")
def _anybody(patch: pytest.MonkeyPatch) -> None:
    stand = property(lambda self: AnswersAs.SELF if self.by and self.asked else None)
    patch.setattr(received.IncomingMail, "stand", stand)


@fault("looking-answers", "Opening a link acknowledges its task, for a scanner too.")
def _looking(patch: pytest.MonkeyPatch) -> None:
    open_link = links.Links.open_link

    def opened(self: Any, token: str, *, at: datetime) -> Any:
        given = open_link(self, token, at=at)
        self.answer(token, Reply(answer=Answer.ACKNOWLEDGED), at=at)
        return given

    patch.setattr(links.Links, "open_link", opened)
