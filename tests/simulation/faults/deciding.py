"""Hold faults in what is said to whom: steps of the ladder, and the people whom they mean."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.simulation.faults.planting import fault
from timeline.answers import responses
from timeline.calendar.london import LONDON
from timeline.definitions import council, people
from timeline.delivery import contact_methods as ways
from timeline.delivery import decide as delivery_decision
from timeline.escalation import addressing, day, ladder
from timeline.escalation import audience as whom
from timeline.escalation import rung_times as moments
from timeline.escalation.held import Held
from timeline.escalation.prompts import PromptKey
from timeline.forecast import rehearsal


@fault("on-the-day-only", "A rung is said on its own day only (== for <=), so that what was missed is lost.")
def _on_the_day(patch: pytest.MonkeyPatch) -> None:
    outcome: Callable[..., Any] = ladder._outcome

    def today(task: Any, rung_time: Any, *given: Any) -> Any:
        return outcome(task, rung_time, *given) if rung_time.at.date() == task.on else Held("its day has passed.")

    patch.setattr(ladder, "_outcome", today)


@fault("every-rung-at-once", "After an outage every rung that was missed is said, not the latest for each person.")
def _every_rung(patch: pytest.MonkeyPatch) -> None:
    decide = ladder.decide

    def all_of_them(given: Any, *, until: datetime) -> Any:
        decision = decide(given, until=until)
        said = tuple(replace(prompt, superseded_by="") for prompt in decision.superseded)
        return replace(decision, prompts=(*said, *decision.prompts), superseded=())

    for module in (day, rehearsal):
        patch.setattr(module, "decide", all_of_them)
    patch.setattr(delivery_decision, "superseded_here", lambda waiting: ())


@fault("acknowledged-for-ever", "An acknowledgement never expires, so that nobody is asked again.")
def _for_ever(patch: pytest.MonkeyPatch) -> None:
    never = datetime(2100, 1, 1, tzinfo=LONDON)
    patch.setattr(responses, "expires_at", lambda response, working_days, office: never)


@fault("deputy-ignored", "What cannot reach somebody goes to no deputy and no line manager.")
def _no_deputy(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(people.Directory, "deputy_of", lambda self, person, *, on: None)
    patch.setattr(ways, "_line_manager", lambda prompt, each: None)


@fault("repeats-without-bound", "The last rung is repeated without end.")
def _no_bound(patch: pytest.MonkeyPatch) -> None:
    known_days = moments._known_days

    def endless(rung: Any, *given: Any) -> Any:
        return known_days(replace(rung, times=60) if rung.every else rung, *given)

    patch.setattr(moments, "_known_days", endless)


@fault("late-holiday-ignored", "A bank holiday that is proclaimed late counts for nothing.")
def _no_late_holiday(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(council, "PROCLAIMED", "never_proclaimed")


@fault("ceiling-ignored", "A rung reaches posts above the ceiling of its class.")
def _no_ceiling(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whom, "may_climb_to", lambda duty_class, selector, level: True)


@fault("embargo-leaked", "A fact under embargo is told to whoever owns the task.")
def _no_embargo(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(whom.Audience, "hears", lambda self, person: True)


@fault("leaver-written-to", "Whoever has left a post is still taken for its holder.")
def _leaver(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(people.Holder, "holds", lambda self, *, on: self.from_on is None or self.from_on <= on)


@fault("said-again", "The key forgets which repeat it was, so that a repeat is taken for what was said before.")
def _said_again(patch: pytest.MonkeyPatch) -> None:
    made = addressing.addressed

    def renumbered(task: Any, moment: Any, *given: Any) -> Any:
        prompt = made(task, moment, *given)
        return prompt and replace(prompt, key=PromptKey(*prompt.key[:4], 0))

    patch.setattr(ladder, "addressed", renumbered)
