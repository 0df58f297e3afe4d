"""Test councils judged in 2013 and 2016 to 2025: a timeline from a few facts, twelve months of it, every date counted
twice.

The commands are the real ones. The second count is numpy's, with GOV.UK's own list (tests/timeline/independent.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from config.load import load
from tests.cli.house import Commands
from tests.support import rotation
from tests.timeline.independent import disagreements
from tests.timeline.literals import at, day
from timeline.calendar.london import months_after, start_of_day
from timeline.definitions.council import CouncilTimeline
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan


class Judged(NamedTuple):
    """Tell when the report was published and what else the council knew, each day with its weekday."""

    published: str
    received: str = ""
    direction: str = ""
    commissioner: str = ""
    inspection: tuple[str, ...] = ()

    @property
    def published_on(self) -> date:
        return day(self.published)

    @property
    def options(self) -> Iterator[str]:
        """Tell what is typed after `daymark new`."""
        yield from ("--name", "St Anytown & King's Borough Council")
        named = {"--published": self.published, "--received": self.received, "--direction": self.direction}
        for option, text in {**named, "--commissioner-report": self.commissioner}.items():
            yield from (option, day(text).isoformat()) if text else ()
        if self.inspection:
            yield from ("--inspection", *(day(text).isoformat() for text in self.inspection))


COUNCILS = {
    "2013, the Monday before Christmas": Judged("Mon 23 Dec 2013"),
    "2013, the Friday before the August Monday": Judged("Fri 23 Aug 2013", received="Thu 15 Aug 2013"),
    "2016, a leap day": Judged("Mon 29 Feb 2016", received="Fri 19 Feb 2016"),
    "2016, Kirklees's months": Judged("Mon 5 Dec 2016", received="Mon 28 Nov 2016", direction="Mon 12 Dec 2016"),
    "2017, the Thursday before Good Friday": Judged("Thu 13 Apr 2017", received="Wed 5 Apr 2017"),
    "2017, the Friday before Christmas": Judged("Fri 22 Dec 2017"),
    "2018, Easter Saturday": Judged("Sat 31 Mar 2018", received="Tue 20 Mar 2018"),
    "2018, the Friday before the August Monday": Judged("Fri 24 Aug 2018"),
    "2019, Medway with all that it knew": Judged(
        "Tue 27 Aug 2019",
        received="Wed 21 Aug 2019",
        direction="Tue 27 Aug 2019",
        commissioner="Sun 1 Dec 2019",
        inspection=("Mon 15 Jul 2019", "Fri 26 Jul 2019"),
    ),
    "2019, the Friday before Christmas": Judged("Fri 20 Dec 2019", received="Thu 12 Dec 2019"),
    "2020, the eve of VE Day": Judged("Thu 7 May 2020", received="Tue 28 Apr 2020", direction="Thu 14 May 2020"),
    "2020, Christmas Eve": Judged("Thu 24 Dec 2020"),
    "2021, the Thursday before Good Friday": Judged("Thu 1 Apr 2021", received="Wed 24 Mar 2021"),
    "2021, the Friday before the August Monday": Judged("Fri 27 Aug 2021", commissioner="Tue 30 Nov 2021"),
    "2022, the eve of the Jubilee": Judged("Wed 1 Jun 2022", received="Mon 23 May 2022"),
    "2022, the eve of the State Funeral": Judged("Fri 16 Sep 2022", received="Mon 5 Sep 2022"),
    "2023, the Friday before the Coronation": Judged("Fri 5 May 2023"),
    "2023, the Friday before Christmas": Judged("Fri 22 Dec 2023", received="Fri 15 Dec 2023"),
    "2024, a leap day": Judged("Thu 29 Feb 2024", received="Thu 22 Feb 2024", direction="Fri 1 Mar 2024"),
    "2024, Easter Saturday": Judged("Sat 30 Mar 2024"),
    "2025, the Thursday before Good Friday": Judged("Thu 17 Apr 2025"),
    "2025, the Tuesday before Christmas, with all that it knew": Judged(
        "Tue 23 Dec 2025",
        received="Fri 12 Dec 2025",
        direction="Wed 24 Dec 2025",
        commissioner="Tue 31 Mar 2026",
        inspection=("Mon 3 Nov 2025", "Fri 14 Nov 2025"),
    ),
}
ALWAYS_ANSWERED = "2019, Medway with all that it knew"


@pytest.fixture
def daymark(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


def test_every_year_named_has_two_councils() -> None:
    years = [judged.published_on.year for judged in COUNCILS.values()]
    assert {year: years.count(year) for year in years} == dict.fromkeys((2013, *range(2016, 2026)), 2)


@pytest.mark.slow("a council's whole year, planned and rehearsed")
@pytest.mark.parametrize("council", rotation.part(COUNCILS, one_in=11, always={ALWAYS_ANSWERED}))
def test_a_year_from_a_few_facts_can_be_checked_and_rehearsed_and_every_date_agrees(
    tmp_path: Path, daymark: Commands, council: str
) -> None:
    judged, file = COUNCILS[council], tmp_path / "council.yaml"
    # One was published on a Saturday, which is warned of.
    assert daymark("new", *judged.options, "--with", "all", "--out", file).code == (judged.published_on.weekday() == 5)
    checked = daymark("check", file, "--json")
    assert (checked.code in (0, 1), {row["level"] for row in checked.objects} - {"warning"}) == (True, set())

    plans = Plans.of(file, judged)
    assert plans.disagreements() == []
    responses = "always" if council == ALWAYS_ANSWERED else "never"
    rehearsed = daymark("rehearse", file, *_year(judged), "--json", "--responses", responses)
    assert rehearsed.code == 0
    assert len(rehearsed.objects) > 100
    assert [wrong for told in rehearsed.objects for wrong in plans.against(told)] == []


def _year(judged: Judged) -> tuple[str, ...]:
    from_on = judged.published_on
    return "--from", from_on.isoformat(), "--to", months_after(from_on, 12).isoformat()


class Plans:
    """Hold the plan at every instant of the year at which something became known, the first first."""

    def __init__(self, timeline: CouncilTimeline, to_on: date) -> None:
        self.timeline, self.until = timeline, to_on + timedelta(days=120)
        known = {*(fact.known_at for fact in timeline.facts), *timeline.proclaimed_at}
        first, last = min(fact.known_at for fact in timeline.facts), start_of_day(to_on)
        instants = (at for at in sorted(known) if first <= at <= last)
        self.plans = {instant: plan(timeline, at=instant, until=self.until) for instant in instants}
        self.dates = {at: dict(_dates(planned)) for at, planned in self.plans.items()}

    @classmethod
    def of(cls, file: Path, judged: Judged) -> "Plans":
        from_on = judged.published_on
        return cls(load(file, on=from_on), months_after(from_on, 12))

    def disagreements(self) -> list[str]:
        """Tell what a second calculation does not give, of each plan, with what is missing or too much."""
        compared = {
            known_at: disagreements(self.timeline, planned, at=known_at, until=self.until)
            for known_at, planned in self.plans.items()
        }
        return [f"as known on {known_at:%d %b %Y}: {each}" for known_at, item in compared.items() for each in item]

    def against(self, told: dict[str, Any]) -> Iterator[str]:
        """Find a prompt of the rehearsal whose dates are not those of the plan at that instant."""
        said_at = datetime.fromisoformat(told["at"])
        dates = self.dates[max(known_at for known_at in self.dates if known_at <= said_at)]
        if dates.get(told["milestone"]) != (told["legal_on"], told["due_on"]):
            said = (told["legal_on"], told["due_on"])
            yield f"{told['at']} {told['milestone']}: told {said}, planned {dates.get(told['milestone'])}"


def _dates(planned: Sequence[Occurrence]) -> Iterator[tuple[str, tuple[str, str]]]:
    for occurrence in planned:
        for task in occurrence.milestones:
            if task.legal_on and task.due_on:
                yield task.ref, (task.legal_on.isoformat(), task.due_on.isoformat())


def test_the_second_count_sees_one_date_that_is_wrong(tmp_path: Path, daymark: Commands) -> None:
    """Test that the proof above can fail: a task a day late, an occurrence too many and one too few are found."""
    judged, file = COUNCILS["2024, a leap day"], tmp_path / "council.yaml"
    daymark("new", *judged.options, "--out", file)
    plans = Plans.of(file, judged)
    first, *others = next(iter(plans.plans.values()))[:-1]
    late = replace(first, legal_on=day("Wed 1 Jan 2025"))
    given = disagreements(plans.timeline, [late, *others], at=min(plans.plans), until=plans.until)
    assert any(each.startswith(f"{first.ref} legal_on: planned 2025-01-01") for each in given)
    assert any("expected, and not planned" in each for each in given)


@pytest.mark.parametrize(
    ("instant", "due"),
    [
        ("Fri 9 Sep 2022 23:59", "Mon 7 Nov 2022"),
        ("Sat 10 Sep 2022 00:00", "Tue 8 Nov 2022"),
    ],
)
def test_the_state_funeral_counts_from_the_day_on_which_it_was_proclaimed(
    tmp_path: Path, daymark: Commands, instant: str, due: str
) -> None:
    """Test that 70 working days after Fri 29 Jul 2022, on both sides of 10 September 2022."""
    file = tmp_path / "council.yaml"
    facts = ("--published", "2022-08-03", "--received", "2022-07-29")
    assert daymark("new", "--name", "Anytown", *facts, "--out", file).code == 0
    timeline, known_at, until = load(file, on=day("Wed 3 Aug 2022")), at(instant), day("Wed 2 Aug 2023")
    planned = plan(timeline, at=known_at, until=until)
    assert disagreements(timeline, planned, at=known_at, until=until) == []
    assert next(occurrence for occurrence in planned if occurrence.ref == "action-plan/1").legal_on == day(due)


@pytest.mark.slow("rehearses half a year, and a whole year")
def test_a_year_that_passes_the_calendar_says_which_year_is_missing(tmp_path: Path, daymark: Commands) -> None:
    """Test that published in the last year whose bank holidays are known: check still answers, rehearse says what to
    add.
    """
    file = tmp_path / "council.yaml"
    assert daymark("new", "--name", "Anytown", "--published", "2028-06-30", "--out", file).code == 0
    assert daymark("check", file).code in (0, 1)
    assert daymark("rehearse", file, "--from", "2028-06-30", "--to", "2028-12-29").code == 0
    said = daymark("rehearse", file, "--from", "2028-06-30", "--to", "2029-06-30")
    assert (said.code, len(said.faults)) == (2, 1)
    assert "2029" in said.err
