"""Give the reasons for which a step says nothing, each stated once: the ladder, `why` and `notify` all ask here."""

from dataclasses import dataclass
from datetime import datetime

from timeline.answers.responses import State
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date
from timeline.definitions.council import Pause
from timeline.definitions.duties import Level, Mark, Rung
from timeline.definitions.people import Recipient
from timeline.escalation.prompts import LedgerEntry, Prompt, PromptKind
from timeline.escalation.rung_times import RungTime
from timeline.escalation.task_context import TaskContext

# Working days before the due date; until then a class A duty stays with the director.
CHIEF_EXECUTIVE_FROM = 2


@dataclass(frozen=True)
class Held:
    """Hold why a step says nothing now: `because` is a clause, `lead` what `why` puts before it.

    `entry` is the row of the ledger that says it already. `superseded` is the prompt that was never sent because a
    later rung for the same person says it.
    """

    because: str
    lead: str = "Held back"
    entry: LedgerEntry | None = None
    superseded: Prompt | None = None

    @property
    def reason(self) -> str:
        """Word it as a sentence of its own, as the ledger keeps it."""
        return self.because[:1].upper() + self.because[1:]

    @property
    def is_news(self) -> bool:
        """Tell whether an administrator reads of it in the morning; what was said before, or is over, is no news."""
        return self.lead == "Held back" or self.superseded is not None or self is NEXT_DAY_AT_WORK

    @property
    def sentence(self) -> str:
        """Word it for `why`, such as "Held back: it is acknowledged until Friday 22 November 2019."."""
        return f"{self.lead}: {self.because}" if self.lead else self.because


LATER_RUNG = Held("a later rung has spoken to the same person.", "Not said")
NEXT_WORKING_DAY = Held("Waits for the next working day.", "")
NEXT_DAY_AT_WORK = Held("Waits for this person's next day at work.", "")
PASSED = Held("the due date has passed, and later rungs speak of it.", "Not said")
CORRECTED = Held("the correction of the date says it.", "Not said")
_NO_NOTICE = Held("the owner's own prompt has not been accepted for a working day yet.")
_TOO_EARLY = Held("the chief executive hears from two working days before the due date.")
_NEAR_OWNER = Held("while nobody has answered, it stays with the owner and the line manager.")
_NOBODY = Held("nobody whom this rung may reach is in post and there.")
_EMBARGO = Held("it is under embargo, and whoever holds this post is not in its circulation.")
_TRIAL_RUN = Held("it is a trial run, and the programme lead may not hear of it.")
_RENAMED = Held("the ladder was changed, and it was said before under another name.", "Not said")


def owed(task: TaskContext) -> bool:
    """Tell whether anybody is asked at all: not about what is done, not ours, or was due before going live."""
    return task.milestone.chased and not task.is_history and not task.status.is_done


def whole_ladder(task: TaskContext) -> Held | None:
    """Give the reason for which no rung of the ladder speaks; None while the task is owed."""
    if owed(task):
        return None
    if not task.milestone.ours:
        return Held("not ours to submit.", "Never")
    if task.milestone.closed_because:
        return Held(task.milestone.closed_because, "Not said")
    if task.status.state is State.UNCONFIRMED:
        return Held("it is done, and waits for a second person to confirm it.", "Not said")
    if task.status.state is State.DONE:
        return Held("it is done.", "Not said")
    begun = f"{task.went_live} on {long_date(task.live_from)}" if task.live_from else ""
    return Held(f"it was due before {begun}." if begun else "it has no date yet.", "Not said")


def rung(task: TaskContext, of: Rung, at: datetime, *, until: datetime) -> Held | None:
    """Give the reason for which a rung wanted at `at` says nothing to anybody by `until`: a pause, or an answer."""
    if task.pause and at < task.pause.ends_at:
        return _paused(task.pause)
    if task.is_silenced(of, until=max(at, until)):
        until_at = task.status.until_at
        return Held(f"it is {task.status.state.value}{f' until {long_date(until_at.date())}' if until_at else ''}.")
    return None


def passed(task: TaskContext, of: Rung) -> Held | None:
    """Give the reason for which a rung is too late: "due in" would be untrue after the due date."""
    due_on = task.milestone.due_on
    return PASSED if of.mark is not Mark.AFTER_DUE and due_on and task.on > due_on else None


def nobody(task: TaskContext, selector: str) -> Held:
    """Give the reason for which a selector reaches nobody, the person of a later rung included."""
    if task.audience.recipient(selector):
        return _NEAR_OWNER
    return _NOBODY if task.audience.is_unowned(selector) else _EMBARGO


def recipient(task: TaskContext, to: Recipient, *, reminder: bool) -> Held | None:
    """Give the reason for which somebody hears nothing yet: escalations wait for the owner's notice and the date."""
    if task.audience.delivered_to(to) is None:
        return _TRIAL_RUN
    if reminder:
        return None
    if not task.owner_had_notice():
        return _NO_NOTICE
    return _TOO_EARLY if too_early(task, to) else None


def too_early(task: TaskContext, to: Recipient) -> bool:
    """Tell whether this is the chief executive, more than two working days before the date (design, "Class")."""
    due_on = task.milestone.due_on
    chief = Level.CHIEF_EXECUTIVE in (to.post.level, to.meant.level)
    return chief and due_on is not None and task.on < task.office.subtract(due_on, CHIEF_EXECUTIVE_FROM)


def ledger(task: TaskContext, prompt: Prompt) -> Held | None:
    """Give the reason for which a prompt would repeat what the ledger holds for the same person.

    An older rung after a later rung would only repeat it, and so would a rung beside the correction of the date.
    """
    if task.corrected(prompt.key.person, prompt.rung_at, timed=prompt.timed):
        return CORRECTED
    asked = (entry for entry in task.entries if entry.kind is not PromptKind.CORRECTION and not entry.paused)
    theirs = [entry for entry in asked if entry.key.person == prompt.key.person]
    if same := next((entry for entry in theirs if entry.key == prompt.key), None):
        return Held("it stands in the ledger already.", "Not said", entry=same)
    later = next((entry for entry in theirs if task.is_superseded_by(entry, prompt.rung_at)), None)
    if later is None:
        return None
    return LATER_RUNG if later.rung_at > prompt.rung_at else _RENAMED


def _paused(pause: Pause) -> Held:
    return Held(f"{pause.sentence[0].lower()}{pause.sentence[1:]}")


def to_come(task: TaskContext, rung_time: RungTime, *, until: datetime) -> Held | None:
    """Say when a step that lies after `until` will come, or which pause will hold it back."""
    if rung_time.at <= until:
        return None
    if pause := task.pause_on(london_date(rung_time.at)):
        return _paused(pause)
    return Held(f"To come on {long_date(rung_time.at.date())}, unless {rung_time.rung.unless.value}.", "")
