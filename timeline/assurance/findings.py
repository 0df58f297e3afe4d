"""What assurance cannot explain: each kind of it, with the sentence that says what is wrong."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timeline.prompts import Prompt, PromptKey


class FindingKind(StrEnum):
    """What cannot be explained."""

    UNSAID = "unsaid"  # it was due and stands in the ledger as neither said nor refused
    MISSED = "missed"  # the same, and its date has passed since
    ROW_GONE = "row gone"  # it was written, and its row is no longer there
    OVERDUE = "overdue"  # it waits, and nothing says why it has not left
    STUCK = "stuck"  # its message was begun or is due, and does not end
    DIFFERS = "differs"  # the database holds another date or owner than the rules give, or nothing


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that cannot be explained, of one task (`ref`, or an occurrence), its duty and the post it was for.

    `prompt` is what is still to be said, `about` the key of the prompt, `written` how often the trail has it written.
    `restricted`: it is under embargo, and nothing but that there is such a thing may be told.
    """

    kind: FindingKind
    ref: str
    duty: str
    post: str
    why: str
    due_on: date | None = None
    restricted: bool = False
    prompt: Prompt | None = None
    about: PromptKey | None = None
    written: int = 0

    @property
    def mends(self) -> bool:
        """Whether it can be put right by deciding again."""
        return self.prompt is not None or self.kind is FindingKind.DIFFERS
