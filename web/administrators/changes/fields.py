"""Describe the fields of a form, read what was typed into them, and say at which field something is wrong."""

from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from config.rendering.texts import Texts
from timeline.answers.case_details import refusal
from timeline.steering.filters import Choice
from web.forms import cleaned, day_of

Kind = Literal["select", "radios", "day", "line", "words", "tick", "file"]
LONGEST = 500
LARGEST_FILE = 300_000
"""Far above any timeline or list of people; so much is read and checked within two seconds."""


class Upload(NamedTuple):
    """Hold a file as somebody gave it, by the name it has with them."""

    name: str
    content: bytes


Value = str | date | Upload | None
Values = Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class Field:
    """Ask a question of a form. `needed`: an answer must be given.

    What is chosen must be one of the `choices`, unless it is `judged_later`, by what the change itself says of it.
    """

    kind: Kind
    name: str
    label: str
    hint: str = ""
    choices: Sequence[Choice] = ()
    needed: bool = True
    usual: str = ""
    judged_later: bool = False

    def shown(self, typed: Mapping[str, str]) -> str:
        """Give what stands in the field: what was typed, else what is usual."""
        return typed.get(self.name, self.usual)

    def value(self, typed: Mapping[str, str]) -> Value:
        """Read the answer; None where there is none that can be used."""
        if self.kind == "day":
            return day_of(typed, f"{self.name}-")
        if self.kind == "file":
            return _file(typed.get(f"{self.name}-name", ""), typed.get(f"{self.name}-content", ""))
        return cleaned(typed.get(self.name, ""), several_lines=self.kind == "words") or None

    def fault(self, typed: Mapping[str, str], t: Texts) -> str:
        """Say what is wrong with the answer; empty when it can be used."""
        value = self.value(typed)
        if self.kind == "day":
            is_empty = not any(typed.get(part, "").strip() for part in self.parts)
            missing = value is None and (self.needed or not is_empty)
            return t("changes.fault_day", what=self.label) if missing else ""
        if isinstance(value, Upload):
            return t("changes.fault_large", most=LARGEST_FILE // 1000) if len(value.content) > LARGEST_FILE else ""
        if self.kind == "file":
            return t("changes.fault_file", what=self.label)
        if value is None:
            empty = t("changes.fault_choose" if self.choices else "changes.fault_empty", what=self.label)
            return empty if self.needed else ""
        is_offered = value in [choice.value for choice in self.choices]
        if self.choices and not is_offered and not self.judged_later:
            return t("changes.fault_choose", what=self.label)
        if len(str(value)) > LONGEST:
            return t("fault.too_long", what=self.label, most=LONGEST)
        return refusal(str(value)) or ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Name what the field sends: a day has three parts, a file its name and its content."""
        parts = {"day": ("day", "month", "year"), "file": ("name", "content")}.get(self.kind, ())
        return tuple(f"{self.name}-{part}" for part in parts) or (self.name,)


def _file(name: str, content: str) -> Upload | None:
    try:
        octets = urlsafe_b64decode(content)
    except ValueError:
        return None
    return Upload(cleaned(name) or "a file", octets) if octets else None


def faults(fields: Sequence[Field], typed: Mapping[str, str], t: Texts) -> dict[str, str]:
    """Word the fault of each field that has any, by its name, in the page's order."""
    return {field.name: sentence for field in fields if (sentence := field.fault(typed, t))}


def opened(fields: Sequence[Field], asked: Mapping[str, str]) -> Mapping[str, str]:
    """Give what an address fills in, with the parts of each day that it names whole, such as 2019-09-03."""
    whole = ((field, asked.get(field.name, "").strip().split("-")) for field in fields if field.kind == "day")
    days = ((field.parts, reversed(parts)) for field, parts in whole if len(parts) == len(field.parts))
    return dict(asked) | {name: part for names, parts in days for name, part in zip(names, parts, strict=True)}


def values(fields: Sequence[Field], typed: Mapping[str, str]) -> Values:
    """Read every answer of a form without faults."""
    return {field.name: field.value(typed) for field in fields}
