"""Name the changes that a page can make, each with its fields and what is proposed from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from config.rendering.texts import Texts
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Proposal
from web.administrators.changes.fields import Field, Values


@dataclass(frozen=True, kw_only=True)
class Form:
    """Describe a change: its address under `/changes/`, its words, its fields for a council, and what it proposes.

    One that is not `listed` is reached from the changes that were made.
    """

    name: str
    title: str
    hint: str
    fields: Callable[[CouncilRun, Texts], Sequence[Field]]
    propose: Callable[[CouncilRun, Values], Proposal]
    listed: bool = True


Forms = Mapping[str, Form]
