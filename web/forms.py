"""Serve the answer form: its fields, their faults, and the reply it makes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl

from config.rendering.texts import Texts
from timeline.answers.case_details import refusal
from timeline.answers.responses import Answer
from timeline.definitions.asked import AskedFigure
from timeline.letters.page_views import Reply, TaskHead
from timeline.programme.asked.figures import read_figures

# Enough for a page of words, so that a pasted file is noticed and not stored.
_WORDS = 2000
LONGEST = {
    "evidence": 500,
    "help_text": _WORDS,
    "declined_text": _WORDS,
    "delegate": 254,
    "delegated_text": _WORDS,
    "returned_text": _WORDS,
    "answered_by": 200,
}
_NAMES = {
    "evidence": "fault.evidence_name",
    "help_text": "fault.help_text_name",
    "declined_text": "fault.declined_text_name",
    "delegate": "fault.delegate_name",
    "delegated_text": "fault.delegated_text_name",
    "returned_text": "fault.returned_text_name",
    "answered_by": "fault.answered_by_name",
}
_WORDS_OF = {
    "done": ("evidence",),
    "help": ("help_text",),
    "declined": ("declined_text",),
    "delegated": ("delegate", "delegated_text"),
    "returned": ("returned_text",),
}
_MOST_FIELDS = 200
FIGURE = "figure-"
"""The beginning of the name of a field for a figure; the key of its measure follows."""
STAND = "stand-"
"""The beginning of the name of a field that says how an action stands; its number follows."""
_NUMBER = re.compile(r"[0-9]{1,4}")
_OF_SEVERAL_LINES = {"help_text", "declined_text", "delegated_text", "returned_text"}
# PostgreSQL refuses NUL; the others, such as marks of writing direction, would show a different text.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Typed:
    """Hold the fields of the form as typed; the page shows them again when something is wrong."""

    answer: str = ""
    evidence: str = ""
    help_text: str = ""
    declined_text: str = ""
    delegate: str = ""
    delegated_text: str = ""
    returned_text: str = ""
    who: str = ""
    answered_by: str = ""
    figures: Mapping[str, str] = field(default_factory=dict)
    stands: Mapping[str, str] = field(default_factory=dict)

    @property
    def figure_lines(self) -> str:
        """Write each figure that was typed as a line, as a reply by mail has it."""
        given = self.figures.items() if self.answer == "done" else ()
        return "\n".join(f"{key}: {value}" for key, value in given if value)

    @property
    def asked(self) -> dict[str, str]:
        """Give the text fields that belong to the chosen answer, by name; the others are not read."""
        names = {*_WORDS_OF.get(self.answer, ()), "answered_by" if self.who == "other" else None}
        return {name: getattr(self, name) for name in Typed.__dataclass_fields__ if name in names}


def read(body: bytes) -> Typed:
    """Read an urlencoded form; unknown fields are ignored, and another kind of body gives an empty form."""
    given = fields(body)
    known = set(Typed.__dataclass_fields__) - {"figures", "stands"}
    texts = {
        name: cleaned(value, several_lines=name in _OF_SEVERAL_LINES) for name, value in given.items() if name in known
    }
    figures = {name.removeprefix(FIGURE): cleaned(value) for name, value in given.items() if name.startswith(FIGURE)}
    stands = {name: cleaned(value) for name, value in given.items() if name.startswith(STAND)}
    return Typed(**texts, figures=figures, stands=stands)


def fields(body: bytes) -> dict[str, str]:
    """Read the fields of an urlencoded form as typed; empty for another kind of body."""
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}


def day_of(typed: Mapping[str, str], prefix: str = "") -> date | None:
    """Read the three fields of a day, whose names begin with `prefix`; None where they are no day."""
    numbers = [typed.get(f"{prefix}{name}", "").strip() for name in ("year", "month", "day")]
    if not all(_NUMBER.fullmatch(number) for number in numbers):
        return None
    try:
        return date(*map(int, numbers))
    except ValueError:
        return None


def faults(typed: Typed, t: Texts, task: TaskHead) -> dict[str, str]:
    """Word the fault of each faulty field, in the page's order; empty when the answer can be recorded."""
    sentences = dict(_missing(typed, t, task))
    for name, value in typed.asked.items():
        if len(value) > LONGEST[name]:
            sentences[name] = t("fault.too_long", what=t(_NAMES[name]), most=LONGEST[name])
        elif sentence := refusal(value):
            sentences[name] = sentence
    figures = _faults_of_figures(typed, task)
    return figures | {name: sentences[name] for name in Typed.__dataclass_fields__ if name in sentences}


def _faults_of_figures(typed: Typed, task: TaskHead) -> dict[str, str]:
    """Word the fault of each figure that cannot be read."""
    asked = [AskedFigure(key=line.key, title=line.title, unit=line.unit, task="") for line in task.figures]
    return {f"{FIGURE}{key}": fault for key, fault in read_figures(typed.figure_lines, asked).faults}


def reply(typed: Typed) -> Reply:
    """Make the reply from a form without faults."""
    asked = typed.asked
    return Reply(
        answer=Answer(typed.answer),
        evidence=asked.get("evidence", ""),
        text=next((asked[name] for name in _OF_SEVERAL_LINES if name in asked), typed.figure_lines),
        answered_for=typed.who == "other",
        answered_by=asked.get("answered_by", ""),
        delegate=asked.get("delegate", ""),
    )


def _missing(typed: Typed, t: Texts, task: TaskHead) -> Iterator[tuple[str, str]]:
    if typed.answer not in (task.choices or list(Answer)):
        yield "answer", t("fault.answer")
    shown = typed.evidence or task.actions or _every_figure(typed, task)
    if typed.answer == "done" and task.needs_evidence and not shown:
        yield "evidence", t("fault.figures_or_evidence" if task.figures else "fault.evidence")
    if typed.answer == "returned" and not typed.returned_text:
        yield "returned_text", t("fault.returned_text")
    if typed.answer == "delegated" and "@" not in typed.delegate:
        yield "delegate", t("fault.delegate_address") if typed.delegate else t("fault.delegate")
    if typed.who not in {"self", "other"}:
        yield "who", t("fault.who")
    if typed.who == "other" and not typed.answered_by:
        yield "answered_by", t("fault.answered_by")


def _every_figure(typed: Typed, task: TaskHead) -> bool:
    """Tell whether every figure that is asked for was typed: together they show that the task is done."""
    return bool(task.figures) and all(typed.figures.get(line.key) for line in task.figures)


def cleaned(value: str, *, several_lines: bool = False) -> str:
    """Give what was typed without what nobody sees, and on a line unless it may have several."""
    text = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text if several_lines else " ".join(text.split())
