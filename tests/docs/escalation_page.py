"""Make docs/escalation.md of what `daymark rehearse` lives through: `python -m tests.docs.escalation_page`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from config.load import TIMELINES, load
from config.settings import ROOT
from tests.timeline.literals import day
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date, near_date
from timeline.definitions.absences import Absence
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import DutyClass, Level, Rung
from timeline.escalation.audience import CEILING
from timeline.escalation.ladder import last_reminder_on
from timeline.escalation.prompts import LedgerEntry, PromptKind, PromptState
from timeline.escalation.task_context import TaskContext, task_context
from timeline.forecast.rehearsal import Rehearsed, rehearse
from timeline.letters.reminder import mail_view
from timeline.planning.occurrences import Milestone

PAGE = ROOT / "docs/escalation.md"
TEXT = ROOT / "tests/docs/escalation_page.txt"


@dataclass(frozen=True)
class Saying:
    """Tell what several people are told at one moment in the same words."""

    at: datetime
    rung: Rung
    kind: PromptKind
    to: tuple[str, ...]
    words: str


def page() -> str:
    """Give the whole page; what is told in it by hand stands in `escalation_page.txt`."""
    medway = load(TIMELINES / "medway-2019.yaml", on=day("Tue 27 Aug 2019"))
    plan, training = lived(medway, "action-plan"), lived(medway, "practice-manager-training")
    away = lived(with_the_owner_away(medway), "action-plan")
    return TEXT.read_text().format(
        road="\n".join(road(plan)),
        submission="\n".join(story(plan, "action-plan/1/submitted")),
        away="\n".join(story(away, "action-plan/1/submitted")),
        training="\n".join(session(training, "practice-manager-training/2")),
        ceilings="\n".join(ceilings()),
    )


@dataclass(frozen=True)
class Year:
    """Hold one duty of the council, rehearsed with nobody answering."""

    timeline: CouncilTimeline
    told: tuple[Rehearsed, ...]

    def about(self, ref: str) -> list[Rehearsed]:
        return [told for told in self.told if told.milestone.ref == ref]

    def refs(self, occurrence: str) -> list[str]:
        task = (told.milestone for told in self.told if told.milestone.ref.startswith(f"{occurrence}/"))
        return list(
            dict.fromkeys(milestone.ref for milestone in sorted(task, key=lambda each: each.due_on or date.max))
        )

    def ground(self, milestone: Milestone, at: datetime) -> TaskContext:
        before = [_said(told) for told in self.about(milestone.ref) if told.at < at]
        return task_context(self.timeline, milestone, before, at=at)


def with_the_owner_away(timeline: CouncilTimeline) -> CouncilTimeline:
    """Tell it when the owner of the action plan is away from before the first notice to a week after the date, and has
    no deputy.
    """
    owner = "improvement_programme_lead"
    directory, from_on, until_on = timeline.directory, day("Mon 11 Nov 2019"), day("Fri 6 Dec 2019")
    assert directory.posts[owner].deputy is None
    held = directory.holder(owner, on=from_on)
    assert held is not None
    gone = Absence(person=held.person.key, from_on=from_on, until_on=until_on)
    return replace(timeline, directory=replace(directory, absences=(*directory.absences, gone)))


def lived(timeline: CouncilTimeline, duty: str) -> Year:
    from_on, to_on = day("Tue 27 Aug 2019"), day("Tue 31 Mar 2020")
    council = replace(timeline.council, live_from=from_on, shadow_until=None)
    alone = tuple(obligation for obligation in timeline.obligations if obligation.key == duty)
    live = replace(timeline, council=council, obligations=alone)
    return Year(live, tuple(rehearse(live, from_on=from_on, to_on=to_on)))


def _said(rehearsed: Rehearsed) -> LedgerEntry:
    prompt = rehearsed.prompt
    return LedgerEntry(
        key=prompt.key,
        kind=prompt.kind,
        selector=prompt.selector,
        post=prompt.post,
        state=PromptState.SENT,
        rung_at=prompt.rung_at,
        written_at=rehearsed.at,
        accepted_at=rehearsed.at,
    )


def road(year: Year) -> Iterator[str]:
    """Give a line for each task of the duty: when it is due, who is asked first when, and how far it climbs."""
    yield "| task | due | asked | first asked | how far it climbs | last word |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for ref in year.refs("action-plan/1"):
        told = year.about(ref)
        milestone = told[0].milestone
        ground_ = year.ground(milestone, told[-1].at)
        highest = max(told, key=lambda each: _rank(year, each.prompt.post))
        cells = (
            milestone.title,
            long_date(milestone.due_on or date.max),
            _title(year, milestone.owner),
            _day(told[0].at),
            f"{_title(year, highest.prompt.post)}, {_day(highest.at)}",
            long_date(last_reminder_on(ground_) or date.max),
        )
        yield f"| {' | '.join(cells)} |"


def story(year: Year, ref: str) -> Iterator[str]:
    """Give everything that is said about one task, in order; what is said again in the same words stands together."""
    told = year.about(ref)
    milestone = told[0].milestone
    yield f"*{milestone.title}*: due {_due(milestone)}. With the {_title(year, milestone.owner)}."
    yield ""
    for sayings in _repeats(_sayings(year, told)):
        yield f"- {_line(milestone, sayings)}"
    task = year.ground(milestone, told[-1].at)
    yield f"- After {long_date(last_reminder_on(task) or date.max)}: {_END}"


def session(year: Year, occurrence: str) -> Iterator[str]:
    for number, ref in enumerate(year.refs(occurrence)):
        yield from ([""] if number else [])
        yield from story(year, ref)


_END = (
    "the ladder has had its last word, and the task stands in the board report until it is done. `daymark list` shows "
    "it red, and says so."
)


def _sayings(year: Year, told: Sequence[Rehearsed]) -> Iterator[Saying]:
    """Gather what is said at one moment in the same words together: the owner's first, then upwards."""
    said = [_saying(year, item) for item in sorted(told, key=lambda each: _place(year, each))]
    for _, sayings in groupby(said, key=lambda each: (each.at, each.rung, each.kind, each.words)):
        first, *others = sayings
        yield replace(first, to=(*first.to, *(to for saying in others for to in saying.to)))


def _place(year: Year, rehearsed: Rehearsed) -> tuple[datetime, bool, int]:
    return rehearsed.at, rehearsed.prompt.kind is not PromptKind.REMINDER, _rank(year, rehearsed.prompt.post)


def _saying(year: Year, told: Rehearsed) -> Saying:
    rung = next(each for each in told.milestone.ladder.rungs if each.key == told.prompt.key.rung)
    return Saying(told.at, rung, told.prompt.kind, (_title(year, told.prompt.post),), _words(year, told))


def _words(year: Year, told: Rehearsed) -> str:
    """Give what the mail says about the task, as it says it."""
    person = year.timeline.directory.people[told.prompt.meant_for]
    (task,) = mail_view([(told.prompt, year.ground(told.milestone, told.at))], person, [""], ref="").tasks
    return " ".join(filter(None, (task.told, task.ask_sentence)))


def _repeats(said: Iterable[Saying]) -> Iterator[list[Saying]]:
    """Put what a rung says again to the same people together, at the place of the first."""
    given: dict[tuple[object, ...], list[Saying]] = {}
    for saying in said:
        given.setdefault((saying.rung, saying.kind, saying.to), []).append(saying)
    yield from given.values()


def _line(milestone: Milestone, ones: list[Saying]) -> str:
    first, *again = ones
    kind = "reminder" if first.kind is PromptKind.REMINDER else "escalation"
    to = " and the ".join(filter(None, (", the ".join(first.to[:-1]), first.to[-1])))
    days = ", ".join(_short(saying.at, milestone) for saying in again)
    same = all(saying.words == first.words for saying in again)
    repeated = f" Said again{'' if same else ', with the days as they then are,'} on {days}." if again else ""
    return f"**{_day(first.at)}**, {first.rung.phrase}: {kind} to the {to}. “{first.words}”{repeated}"


def _short(at: datetime, milestone: Milestone) -> str:
    return near_date(at.date(), on=milestone.due_on or at.date())


def _due(milestone: Milestone) -> str:
    due_on, legal_on = milestone.due_on or date.max, milestone.legal_on or date.max
    return long_date(due_on) if due_on == legal_on else f"{long_date(due_on)} (by law {long_date(legal_on)})"


def _day(at: datetime) -> str:
    return long_date(london_date(at))


def _title(year: Year, post: str) -> str:
    return year.timeline.directory.posts[post].title


def _rank(year: Year, post: str) -> int:
    return [*Level].index(year.timeline.directory.posts[post].level)


def ceilings() -> Iterator[str]:
    yield "| class | what | the highest post that a ladder may reach |"
    yield "| --- | --- | --- |"
    for duty_class, what in _CLASSES.items():
        highest = CEILING[duty_class].value.replace("_", " ")
        told = "the owner's line manager, at any level" if duty_class is DutyClass.D else f"the {highest}"
        yield f"| {duty_class.value} | {what} | {told} |"


_CLASSES = {
    DutyClass.A: "a statutory submission, an instruction",
    DutyClass.B: "a visit, a statutory meeting and its notices",
    DutyClass.C: "boards, panels, the risk register",
    DutyClass.D: "training, communications, routine",
}


if __name__ == "__main__":
    PAGE.write_text(page())
