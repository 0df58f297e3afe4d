"""Offer the choices of each filter of the timeline's page, from the timeline itself."""

from dataclasses import dataclass
from typing import NamedTuple

from timeline.definitions.council import CouncilTimeline
from timeline.escalation.rag import Rag
from timeline.steering.narrowing import Asked

EVERYTHING = "all"
"""The word of the filter of days that leaves in what is over, too."""
_SPANS = {
    "2weeks": "the next 2 weeks",
    "4weeks": "the next 4 weeks",
    "3months": "the next 3 months",
    "6months": "the next 6 months",
    "12months": "the next 12 months",
    EVERYTHING: "everything, also what is over",
}


class Choice(NamedTuple):
    """Offer a choice of a filter or of a form: the word that is sent, and what people read."""

    value: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Hold what each filter of the page offers."""

    duty: tuple[Choice, ...]
    post: tuple[Choice, ...]
    rag: tuple[Choice, ...]
    until: tuple[Choice, ...]
    duty_class: tuple[Choice, ...]


def filters(timeline: CouncilTimeline, typed: Asked) -> Filters:
    """Give the choices: duties and the posts that own tasks by title, and the day typed beside the usual spans."""
    owners = {rule.owner for duty in timeline.obligations for rule in duty.milestones}
    posts = {key: post.title for key, post in timeline.directory.posts.items() if key in owners}
    spans = _SPANS if typed.until in ("", *_SPANS) else {typed.until: f"until {typed.until}"} | _SPANS
    classes = sorted({duty.duty_class.value for duty in timeline.obligations})
    return Filters(
        duty=_by_text({duty.key: duty.title for duty in timeline.obligations}),
        post=_by_text(posts),
        rag=tuple(Choice(rag.value, rag.value) for rag in Rag),
        until=tuple(Choice(*span) for span in spans.items()),
        duty_class=tuple(Choice(key, key) for key in classes),
    )


def _by_text(titles: dict[str, str]) -> tuple[Choice, ...]:
    return tuple(sorted((Choice(*titled) for titled in titles.items()), key=lambda choice: choice.text.casefold()))
