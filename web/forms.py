"""The answer form: what was typed, what is wrong with it, and the reply it makes."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from urllib.parse import parse_qsl

from timeline.held_back import held_back
from timeline.responses import Answer
from timeline.views import Reply

# Enough for a page of words, so that a pasted file is noticed and not stored.
LONGEST = {"evidence": 500, "help_text": 2000, "declined_text": 2000, "answered_by": 200}
_LABELS = {
    "evidence": "Link or reference",
    "help_text": "What would help",
    "declined_text": "Whose it is, or why it is not yours,",
    "answered_by": "Your name or work email address",
}
_WORDS_OF = {"done": "evidence", "help": "help_text", "declined": "declined_text"}
_MOST_FIELDS = 20
_OF_SEVERAL_LINES = {"help_text", "declined_text"}
# PostgreSQL refuses NUL; the others, writing direction among them, would show another text than is there.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Typed:
    """What stands in the form's fields; shown again as it was when something is wrong."""

    answer: str = ""
    evidence: str = ""
    help_text: str = ""
    declined_text: str = ""
    who: str = ""
    answered_by: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """The text fields that belong to what was chosen, by name; the others are not read."""
        names = {_WORDS_OF.get(self.answer), "answered_by" if self.who == "other" else None}
        return {name: value for name, value in asdict(self).items() if name in names}


def read(body: bytes) -> Typed:
    """The fields of an urlencoded form; unknown ones are ignored, another kind of body is empty."""
    try:
        pairs = dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return Typed()
    known = Typed.__dataclass_fields__
    return Typed(**{name: _cleaned(name, value) for name, value in pairs.items() if name in known})


def faults(typed: Typed, *, needs_evidence: bool) -> dict[str, str]:
    """A sentence for each field that stops the answer, in the page's order; empty when it can be taken."""
    found = dict(_missing(typed, needs_evidence=needs_evidence))
    for name, value in typed.asked.items():
        if len(value) > LONGEST[name]:
            found[name] = f"{_LABELS[name]} must be {LONGEST[name]:,} characters or fewer"
        elif sentence := held_back(value):
            found[name] = sentence
    return {name: found[name] for name in Typed.__dataclass_fields__ if name in found}


def reply(typed: Typed) -> Reply:
    """The reply of a form without faults."""
    asked = typed.asked
    return Reply(
        answer=Answer(typed.answer),
        evidence=asked.get("evidence", ""),
        text=asked.get("help_text", "") or asked.get("declined_text", ""),
        answered_for=typed.who == "other",
        answered_by=asked.get("answered_by", ""),
    )


def _missing(typed: Typed, *, needs_evidence: bool) -> Iterator[tuple[str, str]]:
    if typed.answer not in list(Answer):
        yield "answer", "Select what you want to tell us"
    if typed.answer == "done" and needs_evidence and not typed.evidence:
        yield "evidence", "Enter a link or a reference to the evidence"
    if typed.who not in {"self", "other"}:
        yield "who", "Select who is answering"
    if typed.who == "other" and not typed.answered_by:
        yield "answered_by", "Enter your name or work email address"


def _cleaned(name: str, value: str) -> str:
    text = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text if name in _OF_SEVERAL_LINES else " ".join(text.split())
