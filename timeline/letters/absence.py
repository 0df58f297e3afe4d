"""Word mails about absences: what a stand-in was told meanwhile, and people who cannot be reached."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from timeline.answers.responses import State
from timeline.calendar.wording import near_date
from timeline.definitions.absences import Absence, AbsenceEnd, KnownAbsence
from timeline.definitions.away import away_sentence, own_sentence
from timeline.definitions.council import Council, CouncilTimeline
from timeline.definitions.people import Person
from timeline.escalation.task_context import TaskContext
from timeline.letters.page_views import AwayView
from timeline.letters.reminder import due_phrase

# After an outage of less than a week the mail still leaves.
_LATELY = timedelta(days=7)

_STANDS = {
    State.OPEN: "open",
    State.ACKNOWLEDGED: "somebody has it",
    State.BLOCKED: "needs help",
    State.DECLINED: "was given back as not theirs",
    State.UNCONFIRMED: "done, and waits for a second person",
    State.DONE: "done",
}


@dataclass(frozen=True, kw_only=True)
class StoodIn:
    """Hold a task as it is now, whose reminder went to a stand-in; `post` is the title of the stand-in's post."""

    task: TaskContext
    post: str


def away_view(timeline: CouncilTimeline, council: str, known: KnownAbsence, *, own: bool, on: date) -> AwayView:
    """Show an absence to the programme team, or to its own person."""
    directory, said, sentence = timeline.directory, known.said, own_sentence if own else away_sentence
    return AwayView(
        council=council,
        council_name=timeline.council.name,
        person=said.person,
        name=directory.people[said.person].name if said.person in directory.people else said.person,
        named=f"{said.until_on}",
        sentence=sentence(directory, known, on=on),
        last_on=known.last_on if known.in_force or known.waits else said.until_on,
        heard=known.heard,
        waits=known.waits,
        in_force=known.in_force,
    )


def back(timeline: CouncilTimeline, *, on: date) -> Iterator[Absence]:
    """Find the absences that ended in the last week, of people who are at work on that day."""
    directory = timeline.directory
    for absence in dict.fromkeys(directory.absences):
        ended = absence.until_on < on <= absence.until_on + _LATELY
        if ended and absence.person in directory.people and not directory.away(absence.person, on=on):
            yield absence


def back_sentence(end: AbsenceEnd, *, on: date) -> str:
    """Say to somebody who answered while heard to be away that we ask them again, and how to say otherwise."""
    until = near_date(end.until_on, on=on)
    return (
        f"We had heard that you are away until {until}. You answered, so we ask you again; if you are still away, say "
        "so on the page of your tasks."
    )


def subject(programme: str) -> str:
    return f"{programme}: While you were away"


def text(timeline: CouncilTimeline, person: Person, tasks: Sequence[StoodIn]) -> str:
    """Write a line for each task, by date; the caller leaves out what this person may not hear of."""
    lines = "\n".join(f"- {_line(stood_in)}" for stood_in in _by_date(tasks))
    return (
        f"Dear {person.name},\n\n"
        f"While you were away these reminders went to whoever stood in for you:\n\n{lines}\n\n"
        "What is still open comes to you again from now on, with its link.\n\n"
        f"{timeline.council.programme}\n{timeline.council.name}\n"
    )


def _by_date(tasks: Iterable[StoodIn]) -> list[StoodIn]:
    return sorted(tasks, key=lambda stood_in: (str(stood_in.task.milestone.due_on), stood_in.task.milestone.ref))


def _line(stood_in: StoodIn) -> str:
    task = stood_in.task.milestone
    closed = task.closed_because.rstrip(".")
    stands = closed or _STANDS[stood_in.task.status.state]
    due = "" if closed or stood_in.task.status.is_done else f", {due_phrase(stood_in.task)}"
    return f"{task.title} ({task.duty}){due}: {stands}. It went to the {stood_in.post}."


def unreached_subject(council: Council) -> str:
    return f"{council.programme}: Somebody cannot be reached"


def unreached_text(
    timeline: CouncilTimeline,
    person: Person,
    lead: Person,
    *,
    reached_by: str,
    doubted: bool = False,
    said: str = "",
    on: date,
) -> str:
    """Tell the programme lead who cannot be reached, in which posts, and what helps.

    The subject of the message is not told, for it may be under embargo. `reached_by` is the channel left, or empty.
    `doubted`: a single message came back or was refused, and the next tries the address. `said` are the server's words.
    """
    directory = timeline.directory
    posts = [directory.posts[post].title for post in directory.posts_of(person.key, on=on)]
    held = f" ({', '.join(posts)})" if posts else ""
    deputy = directory.deputy_of(person.key, on=on)
    otherwise = f"goes to the {deputy.post.title}" if deputy else "climbs to the line manager"
    goes_to = f"leaves by {reached_by} instead" if reached_by else otherwise
    reason = f" Its server said: “{said}”." if said else ""
    tries = "The next message tries the same address once more. If that comes back too, w" if doubted else "W"
    return (
        f"Dear {lead.name},\n\n"
        f"We could not reach {person.name}{held}: a message for them came back or was refused.{reason}\n"
        f"{tries}hat is for them {goes_to} until their address is put right in the timeline.\n\n"
        f"{timeline.council.programme}\n{timeline.council.name}\n"
    )
