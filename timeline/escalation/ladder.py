"""The ladder: which rungs are due for one milestone, what they supersede, and when to look again.

Late is still due. Run on its own outcome a decision gives nothing new.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from timeline.answers.responses import Standing, State
from timeline.calendar.bank_holidays import LONDON
from timeline.calendar.wording import long_date
from timeline.definitions.duties import OWNER, Level, Mark
from timeline.definitions.people import Recipient
from timeline.escalation import confirmation
from timeline.escalation.addressing import addressed, told_instead
from timeline.escalation.answer_prompts import called_again
from timeline.escalation.next_check import next_rung_at
from timeline.escalation.prompts import CONFIRM, Prompt, PromptKind
from timeline.escalation.rung_times import Moment
from timeline.escalation.task_context import Ground
from timeline.planning.occurrences import Milestone

# Working days before the due date; until then a class A duty stays with the director.
CHIEF_EXECUTIVE_FROM = 2


@dataclass(frozen=True)
class Decision:
    """What to say about one milestone, and the next instant at which there may be something to say. `unowned` are the
    steps that nobody is there for, as "rung to selector".
    """

    milestone: Milestone
    standing: Standing
    prompts: tuple[Prompt, ...] = ()
    superseded: tuple[Prompt, ...] = ()
    next_rung_at: datetime | None = None
    unowned: tuple[str, ...] = ()


def decide(found: Ground, *, until: datetime) -> Decision:
    """The prompts due up to `until` (the end of the working day), one for each person: the latest rung.

    The older ones that were never said come back as superseded, so that the ledger can tell why.
    """
    silent = Decision(found.milestone, found.standing)
    if waits_for_second_person(found):
        return _ask_second_person(found, silent, until)
    if not speaks(found):
        return replace(silent, next_rung_at=next_rung_at(found, until=until) if owed(found) else None)
    wanted = found.moments()
    due = [prompt for moment in wanted for prompt in _prompts(found, moment, wanted, until)]
    # Of two posts that one person holds, the one that is asked comes last.
    due.sort(key=lambda one: (one.key.person, one.rung_at, one.kind is PromptKind.REMINDER))
    prompts, superseded = [], []
    for _, group in groupby(due, key=lambda prompt: prompt.key.person):
        *older, latest = group
        if _in_time(found, latest):
            prompts.append(latest)
            unsaid = {one.key: one for one in older if one.key != latest.key}
            superseded += [replace(one, superseded_by=latest.key.rung) for one in unsaid.values()]
    return replace(
        silent,
        # A call for help stands beside the rungs: no other mail has its words.
        prompts=(*prompts, *called_again(found)),
        superseded=tuple(superseded),
        next_rung_at=next_rung_at(found, until=until),
        unowned=tuple(_unowned(found, wanted, until)),
    )


def speaks(found: Ground) -> bool:
    """Whether anybody is asked today: about what is owed, unless its duty is paused."""
    return owed(found) and found.pause is None


def owed(found: Ground) -> bool:
    """Whether anybody is asked at all: not about what is done, what is not ours, or what was due before going live."""
    return found.milestone.chased and not found.is_history and not found.standing.is_done


def waits_for_second_person(found: Ground) -> bool:
    """Whether somebody is asked to confirm it; whoever did it is asked no more."""
    return found.milestone.chased and not found.is_history and found.standing.state is State.UNCONFIRMED


def _ask_second_person(found: Ground, silent: Decision, until: datetime) -> Decision:
    """The latest saying for each person; the older ones that were missed come back as superseded."""
    if found.pause:
        return replace(silent, next_rung_at=found.pause.ends_at)
    made: dict[str, list[Prompt]] = {}
    for moment, to in confirmation.askings(found, until=until):
        if prompt := addressed(found, moment, to.post.key, to, PromptKind.REMINDER):
            made.setdefault(prompt.key.person, []).append(prompt)
    older = [one for ones in made.values() for one in ones[:-1]]
    return replace(
        silent,
        prompts=tuple(ones[-1] for ones in made.values()),
        superseded=tuple(replace(one, superseded_by=CONFIRM) for one in older),
        next_rung_at=confirmation.look_again_at(found, until=until),
    )


def _prompts(found: Ground, moment: Moment, wanted: Sequence[Moment], until: datetime) -> Iterator[Prompt]:
    if not _speaks_now(found, moment, until):
        return
    for selector in moment.rung.to:
        if _waits(found, moment, selector):
            continue
        to = told_instead(found, moment, selector, wanted)
        if to and (prompt := _prompt(found, moment, *to)) and _is_new(found, prompt):
            yield prompt


def _speaks_now(found: Ground, moment: Moment, until: datetime) -> bool:
    if moment.at > until or found.silenced(moment.rung, until=until):
        return False
    return moment.rung.urgent or found.office.is_working(found.on)


def _waits(found: Ground, moment: Moment, selector: str) -> bool:
    """For somebody whose day off it is: what is urgent, or late already, goes to the deputy at once."""
    late = moment.rung.mark is Mark.AFTER_DUE or moment.rung.urgent
    return not late and found.waits_for_working_day(selector)


def _unowned(found: Ground, wanted: Sequence[Moment], until: datetime) -> Iterator[str]:
    now = (one for one in wanted if _speaks_now(found, one, until))
    steps = ((one.rung.key, selector) for one in now for selector in one.rung.to if found.is_unowned(selector))
    yield from dict.fromkeys(f"{rung} to {selector}" for rung, selector in steps)


def _in_time(found: Ground, prompt: Prompt) -> bool:
    """Whether it leaves by the due date, unless its rung counts after it: "due in" would be untrue."""
    rung = next(one for one in found.milestone.ladder.rungs if one.key == prompt.key.rung)
    return rung.mark is Mark.AFTER_DUE or prompt.send_at.date() <= prompt.key.due_on


def _prompt(found: Ground, moment: Moment, selector: str, recipient: Recipient) -> Prompt | None:
    asked = selector == OWNER or recipient.meant.key == found.milestone.owner
    if asked and not found.declined:
        return addressed(found, moment, selector, recipient, PromptKind.REMINDER)
    if not found.owner_had_a_day() or too_early(found, recipient):
        return None
    return addressed(found, moment, selector, recipient, PromptKind.ESCALATION)


def too_early(found: Ground, recipient: Recipient) -> bool:
    """The chief executive hears from two working days before the date (design, "Class")."""
    due_on = found.milestone.due_on
    chief = Level.CHIEF_EXECUTIVE in (recipient.post.level, recipient.meant.level)
    return chief and due_on is not None and found.on < found.office.subtract(due_on, CHIEF_EXECUTIVE_FROM)


def _is_new(found: Ground, prompt: Prompt) -> bool:
    """Not said yet, and nothing later was said to the same person since: an older rung would only repeat it. Nor does
    it repeat what a correction tells.
    """
    if found.corrected(prompt.key.person, prompt.rung_at, timed=prompt.timed):
        return False
    asked = (one for one in found.said if one.kind is not PromptKind.CORRECTION and not one.paused)
    said = [one for one in asked if one.key.person == prompt.key.person]
    if any(one.key == prompt.key for one in said):
        return False
    return not any(found.spoke_since(one, prompt.rung_at) for one in said)


def ended(found: Ground) -> bool:
    """Whether the ladder has had its last word about a task that is not done: every saying of every rung, with all its
    repeats, lies behind.

    Such a task is what the board report draws on, also where somebody has answered "I have this", for that is not done,
    and where its duty is paused. What is done, not ours, closed, without a date, or was due before going live is not.
    """
    return owed(found) and all(moment.at <= found.at for moment in found.moments())


def last_word_on(found: Ground) -> date | None:
    """The day of the ladder's last saying, as far as it is known now; None when it has none."""
    said_at = max((moment.at for moment in found.moments()), default=None)
    return said_at.astimezone(LONDON).date() if said_at else None


def sentence(found: Ground) -> str:
    """What a person reads of a task whose ladder has ended; empty for any other."""
    last_on = last_word_on(found)
    if last_on is None or not ended(found):
        return ""
    return f"The last reminder was for {long_date(last_on)}; it stands in the board report until it is done."
