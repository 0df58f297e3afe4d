"""Tell how officers answer in a rehearsal or a replay: never, always, or as a seed decides."""

import random
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from timeline.answers.responses import Answer, Response
from timeline.calendar.london import london_date, london_time
from timeline.calendar.working_days import WorkingCalendar
from timeline.escalation.prompts import CONFIRM, SHADOW, Prompt, PromptKind

Behaviour = Literal["never", "always"] | int


def supposed(behaviour: Behaviour) -> str:
    """Say which answers a count of mails supposes, as the end of a sentence."""
    if behaviour == "never":
        return "if nobody answers"
    return "if everybody answers at once" if behaviour == "always" else f"if people answer as by the seed {behaviour}"


# A reference such as an officer might give; it says that it is invented.
EVIDENCE = "rehearsal: evidence on file"


@dataclass(frozen=True)
class Plan:
    """Hold the reaction to a prompt: an answer after some working days, perhaps done around the due date."""

    answer: Answer | None
    in_working_days: int = 0
    done_before_due: int | None = None


def responses_to(prompt: Prompt, behaviour: Behaviour, *, office: WorkingCalendar) -> tuple[Response, ...]:
    """Work out the answers to a prompt, each with the instant at which it is given, earliest first.

    People answer as owners and as second persons. A line manager talks with the owner, which no ledger records.
    """
    if behaviour == "never" or prompt.kind is not PromptKind.REMINDER or prompt.key.person.startswith(SHADOW):
        return ()
    if prompt.key.rung == CONFIRM:
        plan = Plan(Answer.CONFIRMED) if behaviour == "always" else _second_person(behaviour, prompt)
    else:
        plan = _always() if behaviour == "always" else _seeded(behaviour, prompt)
    if plan.answer is None:
        return ()
    prompted_on = london_date(prompt.send_at)
    answered_on = prompted_on if plan.in_working_days == 0 else office.ahead(prompted_on, plan.in_working_days)
    responses = [_response(prompt, plan.answer, answered_on, time(10, 5))]
    if plan.done_before_due is not None:
        responses.append(_response(prompt, Answer.DONE, _done_on(prompt, plan, answered_on, office), time(15, 10)))
    return tuple(responses)


def _always() -> Plan:
    """Acknowledge the same morning, and be done the working day before the due date."""
    return Plan(Answer.ACKNOWLEDGED, 0, 1)


def _seeded(seed: int | str, prompt: Prompt) -> Plan:
    """Draw a reaction: the same seed and prompt always give the same."""
    chance = _chance(seed, prompt)
    answer = chance.choices([Answer.ACKNOWLEDGED, Answer.HELP, Answer.DECLINED, None], weights=[60, 8, 4, 28], k=1)[0]
    done = chance.choice([None, 0, 1, 2]) if answer is Answer.ACKNOWLEDGED else None
    return Plan(answer, chance.choice([0, 0, 0, 1, 2, 4]), done)


def _second_person(seed: int | str, prompt: Prompt) -> Plan:
    """Draw the reaction of a second person: most confirm, some only when asked again, a few send it back."""
    chance = _chance(seed, prompt)
    answer = chance.choices([Answer.CONFIRMED, Answer.RETURNED, None], weights=[75, 5, 20], k=1)[0]
    return Plan(answer, chance.choice([0, 0, 1]))


def _chance(seed: int | str, prompt: Prompt) -> random.Random:
    return random.Random(f"{seed}/{'/'.join(map(str, prompt.key))}")  # noqa: S311 (a rehearsal, not a secret)


def _done_on(prompt: Prompt, plan: Plan, answered_on: date, office: WorkingCalendar) -> date:
    before = plan.done_before_due or 0
    on = office.subtract(prompt.key.due_on, before) if before else prompt.key.due_on
    return max(on, answered_on)


def _response(prompt: Prompt, answer: Answer, on: date, at: time) -> Response:
    words = {
        Answer.HELP: "We are short of two people this week.",
        Answer.DECLINED: "This sits with another team.",
        Answer.RETURNED: "The second page is missing.",
    }
    return Response(
        milestone=prompt.key.milestone,
        due_on=prompt.key.due_on,
        person=prompt.meant_for,
        answer=answer,
        at=london_time(on, at),
        via="rehearsal",
        evidence=EVIDENCE if answer is Answer.DONE else "",
        text=words.get(answer, ""),
    )
