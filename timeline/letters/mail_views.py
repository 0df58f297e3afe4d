"""Hold the values that mails are printed from."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from timeline.answers.responses import FIRST_PERSONS, SECOND_PERSONS, Answer


class MailLine(NamedTuple):
    """Hold a line of a mail: a head (empty where the text needs none) and the text."""

    head: str
    text: str


class MailPicture(NamedTuple):
    """Hold a picture of a mail: its address, which holds it whole while the mail is stored, its message in words for
    whoever does not see it, and its measures in pixels.
    """

    src: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class MailLines:
    """Hold a mail of a few lines, such as the director's Monday mail or a briefing.

    `greeting` is a post's title, because the mail names no person. `list_url` is where the reader asks for a list of
    their own; it and `shadow_for` may be empty. `picture` stands in the HTML alone.
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
    picture: MailPicture | None = None


MailKind = Literal["reminder", "confirmation", "escalation", "help", "correction", "receipt"]


@dataclass(frozen=True, kw_only=True)
class MailTask:
    """Hold a numbered task of a mail; texts are empty where there is nothing to say.

    `title` says what is to be done. `told` says what came before, `words` quote somebody, and `evidence` shows what is
    done. `why` is a plain sentence about the date, `law` says that the law requires it. `basis` stands at the foot of
    the mail, with `sign_off`, the countdown to the committee's meeting in a line. `checklist` lists what belongs to the
    task. `confirms`: the task is done, and the reader is to confirm it. `figures` are asked for, each with its last
    value; `figures_how` says how to send them. `actions` are those that their owner is asked about.
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
    law: str = ""
    told: str = ""
    words: str = ""
    evidence: str = ""
    basis: str = ""
    confirms: bool = False
    figures: tuple[str, ...] = ()
    figures_how: str = ""
    actions: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[Answer, ...]:
        """Give the answers that the reader can give; how actions stand is said in words, and by no button."""
        if self.actions:
            return tuple(answer for answer in FIRST_PERSONS if answer is not Answer.DONE)
        return SECOND_PERSONS if self.confirms else FIRST_PERSONS


@dataclass(frozen=True, kw_only=True)
class MailView:
    """Hold a mail to a person. `shadow_for` is a sentence ("This would have gone to …") or empty.

    `preheader` is what a list of mails shows after the subject. `reply` says with which words to answer by replying; it
    is empty where no answers by mail are read.
    """

    programme_name: str
    council_name: str
    greeting_name: str
    kind: MailKind
    intro: str
    tasks: tuple[MailTask, ...]
    closing: tuple[str, ...]
    shadow_for: str
    ref: str
    preheader: str = ""
    reply: str = ""
