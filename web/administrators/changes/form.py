"""Name the changes that a page can make, each with its fields and what is proposed from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from config.rendering.texts import Texts
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Proposal
from timeline.steering.filters import Choice
from web.administrators.changes.fields import Field, Values


class Filter(NamedTuple):
    """Offer above a form to shorten its longest list; `chosen` is a value of the `choices`, or empty for `every`."""

    name: str
    label: str
    every: str
    choices: Sequence[Choice]
    chosen: str


class Narrowed(NamedTuple):
    """Hold the filters above a form, its fields with the list that they leave, and what is wrong with a filter."""

    filters: Sequence[Filter]
    fields: Sequence[Field]
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class Form:
    """Describe a change: its address under `/changes/`, its words, its fields for a council, and what it proposes.

    One that is not `listed` is reached from the changes that were made. `narrow` shortens its longest list by what the
    address names.
    """

    name: str
    title: str
    hint: str
    fields: Callable[[CouncilRun, Texts], Sequence[Field]]
    propose: Callable[[CouncilRun, Values], Proposal]
    listed: bool = True
    narrow: Callable[[CouncilRun, Texts, Mapping[str, str], Sequence[Field]], Narrowed] | None = None

    def narrowed(self, run: CouncilRun, t: Texts, typed: Mapping[str, str]) -> Narrowed:
        """Give its fields for a council, narrowed down where it can be."""
        fields = tuple(self.fields(run, t))
        return self.narrow(run, t, typed, fields) if self.narrow else Narrowed((), fields)


Forms = Mapping[str, Form]
