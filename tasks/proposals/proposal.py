"""Hold a change as it was asked for: what it would do, what was done already, and how it is made."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from tasks.changes.record import Refused
from timeline.forecast.changes import Change

# Two who confirm at once must not both be judged on what stood before either.
_ONE_BY_ONE = Lock()


class Faulty(Refused):
    """Refuse something that cannot be used, with a sentence for each fault."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Done:
    """Hold the outcome of a confirmation; `already` when the same was done before, and nothing has changed now."""

    sentences: tuple[str, ...]
    already: bool = False


Make = Callable[[str, datetime], Done]
"""Makes the change in the name of somebody, at an instant."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Hold a change that nobody has confirmed yet.

    `says` is what is to be done, `notes` what follows from it, `lists` more of that, each under a heading, `risks` what
    somebody has to have seen first. `doubts` are the notes that say what looks like a slip; a command prints them as
    warnings. `already` says that nothing is left to do. `stands_on` is what else must stand as it is until the
    confirmation.
    """

    says: tuple[str, ...]
    make: Make
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    risks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    already: str = ""
    stands_on: str = ""

    @property
    def seen(self) -> str:
        """Give a mark of everything that is shown: another mark means that something else came in between."""
        shown = self.says, self.changes, self.notes, self.lists, self.risks, self.stands_on
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]


def nothing(_who: str, _at: datetime) -> Done:
    """Make no change: for what was done already."""
    return Done(())


def confirm(
    propose: Callable[[], Proposal], seen: str, *, despite_risks: bool, who: str, at: datetime
) -> Done | Proposal:
    """Make the change that somebody has seen, in their name.

    Give it anew, unmade, when it is another one by now, or its risks were not seen. The same confirmation again changes
    nothing. A command may still come in between, within milliseconds; what it changes is told to the same people as
    what this one does.
    """
    with _ONE_BY_ONE:
        now = propose()
        if now.already:
            return Done((now.already,), already=True)
        if now.seen != seen or (now.risks and not despite_risks):
            return now
        return now.make(who, at)
