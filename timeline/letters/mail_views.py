"""A mail of a few lines, each with a head: what the director's Monday mail and a briefing are made of."""

from dataclasses import dataclass
from typing import Literal, NamedTuple


class MailLine(NamedTuple):
    """One line: what it is about (empty where the text says so itself), and the text."""

    head: str
    text: str


@dataclass(frozen=True, kw_only=True)
class MailLines:
    """One such mail. `greeting` is a post's title, for it names no person; `shadow_for` and `list_url` (where one asks
    for one's own list) are empty where they do not belong.
    """

    programme_name: str
    council_name: str
    greeting: str
    intro: str
    lines: tuple[MailLine, ...]
    closing: tuple[str, ...]
    ref: str
    list_url: str = ""
    shadow_for: str = ""


MailKind = Literal["reminder", "confirmation", "escalation", "help", "correction", "receipt"]


@dataclass(frozen=True, kw_only=True)
class MailTask:
    """One numbered task of a mail; `why` is one line: rule, basis, status; `checklist` what belongs to it; `sign_off`
    the countdown to the committee's meeting in one line, or empty. `confirms`: it is done, and the reader is to confirm
    it.
    """

    number: int
    title: str
    obligation_title: str
    asks: str
    due_phrase: str
    ask_sentence: str
    why: str
    url: str
    checklist: tuple[str, ...] = ()
    sign_off: str = ""
    confirms: bool = False


@dataclass(frozen=True, kw_only=True)
class MailView:
    """One mail to one person. `shadow_for` is a sentence ("This would have gone to …") or empty."""

    programme_name: str
    council_name: str
    greeting_name: str
    kind: MailKind
    intro: str
    tasks: tuple[MailTask, ...]
    closing: tuple[str, ...]
    shadow_for: str
    ref: str
