"""List what a form in Prefect offers: today's duties, posts, facts and occurrences, and nothing under embargo."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from timeline.calendar.london import london_date
from timeline.calendar.wording import short_date
from timeline.definitions.council import CouncilTimeline
from timeline.picture.audience import Audience, PlannedWork, heard
from timeline.planning.occurrences import Occurrence, OccurrenceState

DUTY, POST, DUTY_OR_POST, FACT, OCCURRENCE, COUNCIL = "duty", "post", "duty or post", "fact", "occurrence", "council"

# Before it a move or a fact is for the record alone: the pages and the commands take it.
_LONG_AGO = timedelta(days=90)


def choices(work: PlannedWork, *, at: datetime) -> Mapping[str, tuple[str, ...]]:
    """Give the words of each choice, as "PLO panel (plo-panel)".

    Everybody at Prefect has the same login, so a name in confidence is not offered.
    """
    timeline, told = work.timeline, heard(work, Audience.BOARD, at=at)
    duties = tuple(_named(duty.title, duty.key) for duty in timeline.obligations)
    posts = tuple(sorted(_named(post.title, key) for key, post in timeline.directory.posts.items()))
    secret = dict(timeline.council.embargoes)
    return {
        DUTY: duties,
        POST: posts,
        DUTY_OR_POST: (*duties, *posts),
        FACT: tuple(sorted(name for name in timeline.council.fact_names if name not in secret)),
        OCCURRENCE: tuple(_occurrences(timeline, told.occurrences, london_date(at))),
        COUNCIL: (_named(timeline.council.name, timeline.council.key),),
    }


def _occurrences(timeline: CouncilTimeline, occurrences: Iterable[Occurrence], on: date) -> Iterator[str]:
    titles = {duty.key: duty.title for duty in timeline.obligations}
    for each in sorted(occurrences, key=lambda each: (each.obligation, each.number)):
        that_on = each.starts_on or each.working_on or each.closes_on
        if each.state is OccurrenceState.CANCELLED or (that_on and that_on < on - _LONG_AGO):
            continue
        day = short_date(that_on) if that_on else "no date yet"
        yield _named(f"{titles.get(each.obligation, each.obligation)} · {day}", each.ref)


def _named(title: str, key: str) -> str:
    return f"{title} ({key})"


def key_of(choice: str) -> str:
    """Give the key in a choice, such as "plo-panel" of "PLO panel (plo-panel)"; a bare key as it is."""
    text = choice.strip()
    return text.rpartition("(")[2].removesuffix(")") if text.endswith(")") else text


def title_of(choice: str) -> str:
    """Give a choice without its key, as people read it in the audit."""
    text = choice.strip()
    return text.rpartition("(")[0].strip() if text.endswith(")") else text
