"""The second person: who may confirm that a task is done, who is asked to, when, and how often.

Whoever did it, or answered for whoever did it, cannot confirm it (design, "Milestone").
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from timeline.answers.responses import Answer, AnswerRefused, Response, State
from timeline.calendar.bank_holidays import LONDON
from timeline.definitions.duties import LINE_MANAGER, Level, Mark, Rung
from timeline.definitions.people import Recipient
from timeline.escalation.audience import may_climb_to
from timeline.escalation.next_check import changes
from timeline.escalation.prompts import CONFIRM, PromptKey, Said
from timeline.escalation.rung_times import Moment
from timeline.escalation.task_context import Ground

# Asked at once, then every so many working days, so many times more; from this time on the next one too.
EVERY = 2
TIMES = 4
ALSO_THE_NEXT_FROM = 2
# A task that was sent back and is done again is asked about anew: its repeats count on.
_SAYINGS = TIMES + 1


class Asking(NamedTuple):
    """One saying of "please confirm" to one person; `repeat` counts over all rounds, as the ledger does."""

    moment: Moment
    to: Recipient


def confirmers(found: Ground) -> tuple[Recipient, ...]:
    """Whoever may confirm this task, first whom to ask first: neither who did it nor who answered for that person.

    The owner's managers up to director level, the owner's deputy, the programme lead and that post's managers; the
    chief executive last, and for class A alone. Nobody who may not hear of it, and never a member or somebody external.
    """
    people: dict[str, Recipient] = {}
    for one in _in_order(found):
        people.setdefault(one.person.key, one)
    did = _who_did_it(found)
    return tuple(one for key, one in people.items() if key not in did)


def confirmer(found: Ground) -> Recipient | None:
    """Who is asked first: the first of them who is there today; None when nobody is."""
    return next(_there(found), None)


def needs_confirming(found: Ground) -> bool:
    """Whether a second person is asked once this is done: nobody is about what lies before going live."""
    return found.milestone.needs_second_person and found.milestone.chased and not found.is_history


def refuse_who_may_not(found: Ground, response: Response) -> None:
    """Raises AnswerRefused when this person may not say this about a task that is done.

    Whoever did it may take it back, and nothing else.
    """
    if found.standing.state is not State.UNCONFIRMED:
        return
    did, said_by = _who_did_it(found), {response.person, response.by} - {""}
    if response.answered_by and not response.by:
        raise AnswerRefused("A second person is somebody of this council's directory: please give that work address.")
    if said_by & did:
        if response.answer is Answer.CONFIRMED:
            raise AnswerRefused(f"Whoever did it, or recorded it, cannot confirm it. {whom_it_waits_for(found)}")
        return
    if all(one.person.key != response.person for one in confirmers(found)):
        raise AnswerRefused(f"This person cannot confirm it. {whom_it_waits_for(found)}")


def whom_it_waits_for(found: Ground) -> str:
    """The post that is asked, as a sentence."""
    asked = confirmer(found)
    if asked is None:
        return "It waits for a second person, and nobody who may confirm it is there: the programme lead can help."
    return f"It waits for the {asked.post.title} to confirm it."


def may_confirm(found: Ground, person: str) -> bool:
    """Whether this task waits, and this person is one who may confirm it."""
    waits = found.standing.state is State.UNCONFIRMED
    return waits and any(one.person.key == person for one in confirmers(found))


def is_asked_to_confirm(found: Ground, person: str) -> bool:
    """Whether this person is asked today, or was asked before, and may still confirm it."""
    first = confirmer(found)
    asked = first is not None and first.person.key == person
    return may_confirm(found, person) and (asked or any(one.key.person == person for one in _asked_before(found)))


def did_it(found: Ground, person: str) -> bool:
    """Whether this person did it, or recorded it for somebody."""
    return person in _who_did_it(found)


def wanted(found: Ground) -> tuple[Moment, ...]:
    """Every instant at which it is to be said, from the word that it is done."""
    done = found.standing.response
    if found.standing.state is not State.UNCONFIRMED or done is None:
        return ()
    said_on, office, mail_at = done.at.astimezone(LONDON).date(), found.office, found.council.mail_at
    later = (datetime.combine(office.add(said_on, EVERY * n), mail_at, LONDON) for n in range(1, TIMES + 1))
    first = found.standing.returned * _SAYINGS
    return tuple(Moment(_RUNG, first + n, at) for n, at in enumerate((done.at.astimezone(LONDON), *later)))


def askings(found: Ground, *, until: datetime) -> tuple[Asking, ...]:
    """What is to be said by then and is in no row of the ledger, the earliest first."""
    there, rows = tuple(_there(found)), _asked_before(found)
    due = [Asking(moment, to) for moment in _due(found, until) for to in there[: _how_many(moment)]]
    return tuple(one for one in due if not any(_says(row, found, one) for row in rows))


def look_again_at(found: Ground, *, until: datetime) -> datetime | None:
    """The next instant after `until` at which there may be somebody to ask; tomorrow while there is nobody."""
    due, rows = _due(found, until), {one.key.repeat for one in _asked_before(found) if not one.undeliverable}
    later = [moment.at for moment in wanted(found) if moment.at > until]
    unasked = bool(due) and due[-1].repeat not in rows and confirmer(found) is None
    tomorrow = datetime.combine(until.astimezone(LONDON).date() + timedelta(days=1), time(), LONDON)
    return min([*later, *changes(found, until), *([tomorrow] if unasked else [])], default=None)


def is_of_this_round(found: Ground, key: PromptKey) -> bool:
    """Whether a prompt asks about what is done now, and not about what was sent back since."""
    return key.repeat // _SAYINGS == found.standing.returned


_RUNG = Rung(key=CONFIRM, working_days=0, mark=Mark.AFTER_DUE, to=())


def _who_did_it(found: Ground) -> frozenset[str]:
    done = found.standing.response if found.standing.is_done else None
    return frozenset({done.person, done.by} - {""}) if done else frozenset()


def _in_order(found: Ground) -> Iterator[Recipient]:
    directory, milestone = found.timeline.directory, found.milestone
    line, lead = tuple(directory.line(milestone.owner))[1:], tuple(directory.line(found.council.programme_lead))
    owner = directory.posts.get(milestone.owner)
    posts = [*line, *([owner.deputy] if owner and owner.deputy else []), *lead]
    held = [one for post in posts if (one := directory.holder(post, on=found.on)) and _may_hear(found, one)]
    yield from sorted(held, key=lambda one: one.post.level is Level.CHIEF_EXECUTIVE)


def _may_hear(found: Ground, one: Recipient) -> bool:
    below = may_climb_to(found.milestone.duty_class, LINE_MANAGER, one.post.level)
    return below and found.hears(one.person.key)


def _there(found: Ground) -> Iterator[Recipient]:
    """Those who can be asked today: neither away nor found to be unreachable."""
    lost = {one.key.person for one in _asked_before(found) if one.undeliverable}
    for one in confirmers(found):
        away = found.timeline.directory.away(one.person.key, on=found.on)
        if not away and found.person_key(one) not in lost:
            yield one


def _how_many(moment: Moment) -> int:
    return 2 if moment.repeat % _SAYINGS >= ALSO_THE_NEXT_FROM else 1


def _due(found: Ground, until: datetime) -> list[Moment]:
    return [moment for moment in wanted(found) if moment.at <= until]


def _asked_before(found: Ground) -> Sequence[Said]:
    """What was said about this round of it."""
    rows = (one for one in found.said if one.key.rung == CONFIRM and not one.paused)
    return [one for one in rows if is_of_this_round(found, one.key)]


def _says(row: Said, found: Ground, asking: Asking) -> bool:
    """Whether this row, or a later one for the same person, says it."""
    return row.key.person == found.person_key(asking.to) and row.key.repeat >= asking.moment.repeat
