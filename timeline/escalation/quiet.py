"""Say first what keeps reminders from leaving: sending that is stopped, and duties and people that are paused."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from timeline.calendar.wording import date_and_time, long_date
from timeline.definitions.council import CouncilTimeline, Pause
from timeline.definitions.facts import under_embargo
from timeline.planning.endings.council_end import coming_end, ended_because
from timeline.planning.occurrences import Occurrence
from timeline.planning.pause_dates import LegalDate, legal_dates, of_duty

_SOON = timedelta(weeks=4)
_FORM = "the form {} in Prefect"


class Stopped(NamedTuple):
    """Hold a stop of all sending: since when, by whose order, and why."""

    at: datetime
    who: str
    reason: str


class PauseInForce(NamedTuple):
    """Hold a pause with the instant it was made and who made it; `who` is empty where that was erased or never said."""

    pause: Pause
    made_at: datetime
    who: str
    by_command: bool


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """Hold everything that keeps reminders from leaving on the day `on`.

    `occurrences` are those of the paused duties, `done` the references of tasks that are done.
    """

    timeline: CouncilTimeline
    at: datetime
    on: date
    stopped: Stopped | None = None
    pauses: Sequence[PauseInForce] = ()
    occurrences: Sequence[Occurrence] = ()
    done: Collection[str] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say what is quiet, since when, by whom, until when, and how to end it; for the programme team alone."""
        return tuple(self._sentences(hide=False))

    @property
    def without_embargoed(self) -> tuple[str, ...]:
        """Say the same for administrators, without naming a duty under embargo."""
        return tuple(self._sentences(hide=True))

    @property
    def without_names(self) -> tuple[str, ...]:
        """Say the same for Prefect, which keeps what it is told: without the typed name and reason too."""
        stopped = self.stopped and self.stopped._replace(who="", reason="")
        pauses = [given._replace(who="") for given in self.pauses]
        return replace(self, stopped=stopped, pauses=pauses).without_embargoed

    @property
    def to_be_forwarded(self) -> tuple[str, ...]:
        """List paused duties for the Monday mail, by duty and never by name; nothing under embargo."""
        return tuple(self._named(given.pause) for given in self._of_duties() if not self._hidden(given.pause))

    def _sentences(self, *, hide: bool) -> Iterator[str]:
        if end := ended_because(self.timeline, at=self.at) or self._coming_end():
            yield end
        if self.stopped:
            yield _stop(self.stopped)
        for given in self._of_duties():
            yield self._duty(given, hide=hide and self._hidden(given.pause))
        for given in self._now():
            if given.pause.person:
                yield self._person(given)

    def _coming_end(self) -> str:
        """Say that the council ends soon; it does not stand over every page for a year."""
        day = self.timeline.council.vesting_day
        return coming_end(self.timeline, at=self.at) if day and day - self.on <= _SOON else ""

    def _now(self) -> list[PauseInForce]:
        return [given for given in self.pauses if given.pause.holds(on=self.on)]

    def _of_duties(self) -> list[PauseInForce]:
        return [given for given in self._now() if given.pause.obligation]

    def _hidden(self, pause: Pause) -> bool:
        return any(under_embargo(each.embargoes, at=self.at) for each in of_duty(self.occurrences, pause))

    def _title(self, key: str) -> str:
        return next((duty.title for duty in self.timeline.obligations if duty.key == key), key)

    def _duty(self, given: PauseInForce, *, hide: bool) -> str:
        pause = given.pause
        title, key = ("A duty under embargo", "DUTY") if hide else (self._title(pause.obligation), pause.obligation)
        dates = "" if hide else _dates(self.legal_dates(pause))
        return (
            f"{title} is paused {_by(given)}, until {long_date(pause.until_on)}: nobody is asked about it."
            f"{dates} {_end(given, key)}"
        )

    def _person(self, given: PauseInForce) -> str:
        pause, directory = given.pause, self.timeline.directory
        posts = directory.posts_of(pause.person, on=self.on)
        whom = f"The {directory.posts[posts[0]].title}" if posts else "Somebody without a post"
        what = f"until {long_date(pause.until_on)}: the deputy or the line manager is asked instead."
        return f"{whom} is left alone {_by(given)}, {what} {_end(given, posts[0] if posts else 'ADDRESS')}"

    def _named(self, pause: Pause) -> str:
        dates = ", ".join(long_date(each.on) for each in self.legal_dates(pause))
        over = f", over its date {dates}" if dates else ""
        return f"{self._title(pause.obligation)} is paused until {long_date(pause.until_on)}{over}"

    def legal_dates(self, pause: Pause) -> tuple[LegalDate, ...]:
        """List the dates of a duty of class A or B that fall into its pause and are not met yet."""
        return legal_dates(self.timeline, of_duty(self.occurrences, pause), pause, done=self.done)


def under_names(of_each: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Say the sentences of each council under its name, and what holds for each of them once; those of the only council
    as they are.
    """
    if len(of_each) < 2:
        yield from (sentence for _, sentences in of_each for sentence in sentences)
        return
    shared = [sentence for sentence in of_each[0][1] if all(sentence in sentences for _, sentences in of_each)]
    yield from (f"Every council: {sentence}" for sentence in shared)
    for name, sentences in of_each:
        for sentence in sentences:
            if sentence not in shared:
                yield sentence if sentence.startswith(f"{name} ") else f"{name}: {sentence}"


def brief(stopped: Stopped | None) -> tuple[str, ...]:
    """Say to anybody that nothing leaves, without who, why, or what is paused."""
    return (f"Mails do not leave at present: they are stopped since {_since(stopped.at)}.",) if stopped else ()


def _stop(stopped: Stopped) -> str:
    end = f"daymark stop-sending --resume, or {_FORM.format('stop-sending')}"
    why = f" ({stopped.reason})" if stopped.reason else ""
    by = f" by {stopped.who}" if stopped.who else ""
    return f"Sending is stopped since {_since(stopped.at)}{by}{why}, until somebody resumes it: {end}."


def _by(given: PauseInForce) -> str:
    if not given.by_command:
        return f"by the timeline's file since {long_date(given.pause.from_on)}"
    return f"since {_since(given.made_at)}" + (f" by {given.who}" if given.who else "")


def _end(given: PauseInForce, what: str) -> str:
    if not given.by_command:
        return "To end it, take it out of the file and apply that."
    return f"To end it: daymark resume {what}, or {_FORM.format('pause')} with its box “End the pause”."


def _dates(dates: Sequence[LegalDate]) -> str:
    listed = ", ".join(f"{long_date(each.on)} ({each.occurrence.ref})" for each in dates)
    return f" In that time falls its date: {listed}." if dates else ""


def _since(at: datetime) -> str:
    return date_and_time(at)
