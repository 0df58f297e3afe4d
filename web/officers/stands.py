"""Read the fields in which an owner says how each action stands, and make the lines of an answer of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from config.rendering.texts import Texts
from timeline.answers.case_details import refusal
from timeline.answers.responses import Answer
from timeline.letters.page_views import Reply, TaskHead
from timeline.programme.actions import Progress
from timeline.programme.asked.stands import Stands, day_of
from web.forms import LONGEST, STAND, Typed

_CHOICES = {
    "yes": Progress.ON_TRACK,
    "slipping": Progress.SLIPPING,
    "need help": Progress.NEEDS_HELP,
    "done": Progress.DONE,
}


def faults(typed: Typed, t: Texts, task: TaskHead) -> dict[str, str]:
    """Word the fault of each faulty field; empty for another answer and for a task that asks about no action."""
    return dict(_faults(typed, t, task)) if typed.answer == "done" else {}


def _faults(typed: Typed, t: Texts, task: TaskHead) -> Iterator[tuple[str, str]]:
    for action in task.actions:
        field = f"{STAND}{action.number}"
        chosen, why = typed.stands.get(field, ""), typed.stands.get(f"{field}-why", "")
        if chosen not in _CHOICES:
            yield field, t("fault.stands", number=action.number)
        elif chosen != "yes" and not why:
            yield f"{field}-why", t("fault.stand_why", number=action.number)
        elif len(why) > LONGEST["evidence"]:
            yield f"{field}-why", t("fault.too_long", what=t("form.stand_why"), most=LONGEST["evidence"])
        elif fault := refusal(why):
            yield f"{field}-why", fault
        if typed.stands.get(f"{field}-expected") and _expected(typed, field) is None:
            yield f"{field}-expected", t("fault.stand_expected", number=action.number)


def _expected(typed: Typed, field: str) -> date | None:
    return day_of(typed.stands.get(f"{field}-expected", ""))


def with_stands(reply: Reply, typed: Typed, task: TaskHead) -> Reply:
    """Give the reply with a line for each action; a call for help with any of them is a call for help."""
    if reply.answer is not Answer.DONE or not task.actions:
        return reply
    said = [_said(typed, action.number) for action in task.actions]
    helps = any(each.progress is Progress.NEEDS_HELP for each in said)
    return replace(reply, answer=Answer.HELP if helps else Answer.DONE, text="\n".join(each.line for each in said))


def _said(typed: Typed, number: int) -> Stands:
    field = f"{STAND}{number}"
    progress = _CHOICES[typed.stands[field]]
    if progress is Progress.ON_TRACK:
        return Stands(number, progress)
    expected_on = _expected(typed, field) if progress is Progress.SLIPPING else None
    return Stands(number, progress, typed.stands.get(f"{field}-why", ""), expected_on)
