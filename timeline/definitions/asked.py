"""Hold what the improvement programme asks of its posts through tasks: figures, and how their actions stand."""

from dataclasses import dataclass
from datetime import date

from timeline.calendar.london import DAY


@dataclass(frozen=True, kw_only=True)
class AskedFigure:
    """Hold a figure that a task asks for: its measure's key, title and unit, the `task` (`duty/step`), and each value
    so far as words, by day.
    """

    key: str
    title: str
    unit: str
    task: str
    told: tuple[tuple[date, str], ...] = ()

    def last(self, *, on: date) -> tuple[date, str] | None:
        """Give the last value of that day or earlier."""
        known = [each for each in self.told if each[0] <= on]
        return known[-1] if known else None


@dataclass(frozen=True, kw_only=True)
class ActionTold:
    """Hold how an action stands from a day on (None: from the first), in words; `due_on` is the day that holds then."""

    on: date | None
    is_open: bool
    due_on: date | None
    said: str


@dataclass(frozen=True, kw_only=True)
class OwnedAction:
    """Hold an action of the plan as its owner's post is asked about it.

    `number` stays with it for ever, so that an answer never means another action. The programme stated it for this
    owner in each of `spans`, from a day on (None: always) and until another (None: still).
    """

    key: str
    title: str
    owner: str
    number: int
    spans: tuple[tuple[date | None, date | None], ...]
    told: tuple[ActionTold, ...]

    def stands(self, *, on: date) -> ActionTold:
        """Tell how it stands at the end of a day."""
        return [each for each in self.told if each.on is None or each.on <= on][-1]

    def is_open(self, *, on: date) -> bool:
        """Tell whether it is this owner's at the end of a day, and not done."""
        theirs = any((since is None or since <= on) and (until is None or on < until) for since, until in self.spans)
        return theirs and self.stands(on=on).is_open


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Hold everything that is asked for; nothing before the findings are public (`public_on`)."""

    public_on: date | None = None
    figures: tuple[AskedFigure, ...] = ()
    actions: tuple[OwnedAction, ...] = ()

    def owners(self, *, asked_on: date) -> tuple[str, ...]:
        """Give the posts that own an open action on the day before they are asked, in the order of the programme.

        What changes on that day or later asks nobody new: whoever gets an action then is asked in the next month.
        """
        return tuple(dict.fromkeys(action.owner for action in self._open(asked_on - DAY)))

    def actions_of(self, post: str, *, asked_on: date, on: date) -> tuple[OwnedAction, ...]:
        """Give the actions about which a post was asked and that are still its own, and open, on a day."""
        still = set(self._open(max(on, asked_on - DAY)))
        return tuple(each for each in self._open(asked_on - DAY) if each.owner == post and each in still)

    def _open(self, on: date) -> tuple[OwnedAction, ...]:
        if self.public_on is None or on < self.public_on:
            return ()
        return tuple(action for action in self.actions if action.is_open(on=on))

    def figures_of(self, obligation: str, key: str, *, on: date) -> tuple[AskedFigure, ...]:
        """Give the figures that a task asks for on a day."""
        if self.public_on is None or on < self.public_on:
            return ()
        return tuple(figure for figure in self.figures if figure.task == f"{obligation}/{key}")
