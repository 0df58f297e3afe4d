"""Hold duties as rule packs state them: the obligation, its milestones, and the ladder with its ceiling."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from timeline.definitions.standing import PRACTICE, LawText, Standing


class DutyClass(StrEnum):
    """Name the class of a duty, which sets how high its ladder may climb (design, "Class")."""

    A = "A"  # statutory submission or instruction: up to the chief executive
    B = "B"  # visit, statutory meeting notice: up to the director
    C = "C"  # board, panels, risk register: up to the head of service
    D = "D"  # training, communications, routine: the line manager


class Level(StrEnum):
    """Name the level of a post; members and external bodies are never a rung."""

    OFFICER = "officer"
    HEAD_OF_SERVICE = "head_of_service"
    DIRECTOR = "director"
    CHIEF_EXECUTIVE = "chief_executive"
    MEMBER = "member"
    EXTERNAL = "external"


class OccurrenceKind(StrEnum):
    """Name a dated instance of a duty."""

    SUBMISSION = "submission"
    MEETING = "meeting"
    VISIT = "visit"
    SESSION = "session"


class Unless(StrEnum):
    """Name the answer that silences a rung; a finished task silences every rung."""

    ACKNOWLEDGED = "acknowledged"
    DONE = "done"


class Mark(StrEnum):
    """Name the point a rung counts from."""

    BEFORE_DUE = "before"
    AFTER_DUE = "after"
    AFTER_FIRST_PROMPT = "after first prompt"


OWNER = "owner"
LINE_MANAGER = "line manager of owner"
DEPUTY = "deputy of owner"


@dataclass(frozen=True, kw_only=True)
class Rung:
    """Hold a step of a ladder.

    It is due `working_days` from `mark` (0 before is the due date itself), at its own clock time `at` or with the daily
    mail. `to` holds selectors (see `definitions/selectors.py`): `owner`, `line manager of owner`, `deputy of owner`, a
    post's key, or `line manager of` or `deputy of` a post. It is repeated `every` so many working days, up to `times`
    more. An urgent rung may leave outside working hours. `channels` other than ("mail",) limit the person's own. With
    `invite` the mail carries a calendar invitation to the occurrence.
    """

    key: str
    working_days: int
    mark: Mark
    to: tuple[str, ...]
    unless: Unless = Unless.DONE
    at: time | None = None
    every: int | None = None
    times: int = 0
    urgent: bool = False
    channels: tuple[str, ...] = ("mail",)
    invite: bool = False

    @property
    def phrase(self) -> str:
        """Say when it is due, such as "5 working days before the due date, unless acknowledged"."""
        days = f"{self.working_days} working day{'' if self.working_days == 1 else 's'} "
        marks = {
            Mark.BEFORE_DUE: f"{days}before the due date" if self.working_days else "on the due date",
            Mark.AFTER_DUE: f"{days}after the due date",
            Mark.AFTER_FIRST_PROMPT: f"{days}after the first prompt",
        }
        at = f" at {self.at:%H:%M}" if self.at else ""
        return f"{marks[self.mark]}{at}, unless {self.unless.value}"


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """Hold rungs in the order they are climbed; an acknowledgement lasts `acknowledged_for` working days."""

    key: str
    rungs: tuple[Rung, ...]
    acknowledged_for: int = 5


@dataclass(frozen=True, kw_only=True)
class NamedRule:
    """Hold a second reading of a date; an `upper_bound` is the latest the date can be while the rule's own is unknown.

    `margin` is how many working days before it everything should be ready. `settle` says how to find out which reading
    holds.
    """

    name: str
    rule: str
    basis: str = ""
    upper_bound: bool = False
    margin: int | None = None
    settle: str = ""


@dataclass(frozen=True, kw_only=True)
class MilestoneRule:
    """Hold the rule of a task: a dated piece of work round an occurrence.

    `when` is a rule of the date language over `due`, `start`, `end`, a sibling's key or a fact. With `completes` the
    occurrence is complete once this task is done. `confirm` says whether a second person confirms it; None leaves it to
    the class. `asks` says what the officer is asked to do, `act` the same in a few words, and `checklist` what belongs
    to it. `texts` are what its rule rests on. `ours` is False for somebody else's step, shown and never chased. When
    several posts each have the task, `shared` is the name under which the file writes it and from which siblings count;
    `whose` names this post.
    A task that `waits_for_election` is about what is not published in a pre-election period: nobody is chased for it.
    `done_by` names the fact that says that it is done, such as a submission. With `only_first` the first occurrence
    of a series has it, and no other. `from_meeting` is its rule in place of `when`, once the meeting that decides is
    chosen. `too_late` says what is open still where its day had passed before its meeting was recorded: the law does
    not let it be done late.
    """

    key: str
    title: str
    when: str
    asks: str
    ladder: Ladder
    owner: str
    standing: Standing = PRACTICE
    basis: str = "Council practice"
    completes: bool = False
    ours: bool = True
    checklist: tuple[str, ...] = ()
    shared: str = ""
    whose: str = ""
    confirm: bool | None = None
    act: str = ""
    waits_for_election: bool = False
    done_by: str | None = None
    only_first: bool = False
    from_meeting: str = ""
    too_late: str = ""
    texts: tuple[LawText, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """Hold a duty: the rule that dates it, where the rule comes from, who owns it, and the work around it.

    `confirmed_by` names the fact that turns a window into dates. `ours` is False for a duty of somebody else: it is
    shown, never chased and never red. `each` names a fact (an instruction, a decision): every record of it makes an
    occurrence of this duty. `again` names the fact that dates it: bound to occurrence 2, 3 … it makes another.
    Until the fact `condition` is known the duty waits, and nothing about it is due. `estimate` marks a date that no
    source states. `sign_off` is the key of the committee whose agreement a submission needs. `because` says in plain
    words why its tasks are due when they are, such as "the forum meets on {date}". `texts` are what its rule rests on.
    `version` is the rule pack's. Of a series at `most` so many are laid out (0: all), and more once somebody records
    them; the fact `ended_by` ends it.
    Until a fact of its `track` is known, such as a direction, what waits of it is not laid out.
    With `asks_owners` each post that owns an open action of the improvement programme has the tasks, in a mail of their
    own.
    """

    key: str
    title: str
    duty_class: DutyClass
    kind: OccurrenceKind
    rule: str
    basis: str
    standing: Standing
    owner: str
    milestones: tuple[MilestoneRule, ...]
    readings: tuple[NamedRule, ...] = ()
    confirmed_by: str | None = None
    ours: bool = True
    version: int = 1
    each: str | None = None
    again: str | None = None
    condition: str | None = None
    estimate: bool = False
    sign_off: str = ""
    because: str = ""
    most: int = 0
    ended_by: str | None = None
    texts: tuple[LawText, ...] = ()
    asks_owners: bool = False
    track: tuple[str, ...] = ()

    @property
    def is_fixed(self) -> bool:
        """Tell whether nobody moves its date: the law or a direction gives it. What was agreed stands beside it."""
        return self.has_legal_date and self.kind is OccurrenceKind.SUBMISSION

    @property
    def is_submitted(self) -> bool:
        """Tell whether to have taken place is to have been submitted, which is done as any answer says it."""
        return self.kind is OccurrenceKind.SUBMISSION and (self.is_fixed or self.duty_class is DutyClass.A)

    @property
    def has_legal_date(self) -> bool:
        """Tell whether its dates are legal dates: law or a statutory direction gives them."""
        return self.standing.binds


def chosen_later(
    given: Iterable[Obligation], before: Iterable[Obligation], chosen: Iterable[tuple[str, date]], *, on: date
) -> tuple[tuple[str, date], ...]:
    """Give the day on which each practice was chosen that was not there at the first apply; `chosen` are those till
    now. What the law asks for was owed before it stood in a file.
    """
    days, stood = dict(chosen), {duty.key for duty in before}
    own = (duty.key for duty in given if duty.standing.is_own)
    return tuple((key, days.get(key, on)) for key in own if key in days or key not in stood)
