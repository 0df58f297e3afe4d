"""Test that whoever sets a day is warned of what people overlook."""

import pytest

from tests.timeline.builders import council, duty, fact
from tests.timeline.forecast.test_conflicts import FACTS, conflicts_of, panel
from timeline.definitions.duties import OccurrenceKind
from timeline.forecast.conflicts import Clash


@pytest.mark.parametrize(
    ("to", "known", "said"),
    [
        (
            "Wed 16 Oct 2019",
            "Mon 2 Sep 2019 08:00",
            [
                (
                    Clash.OUT_OF_TURN,
                    "panel/1, “Panel”, would be on Wednesday 16 October 2019, "
                    "after panel/2 on Wednesday 9 October 2019.",
                )
            ],
        ),
        (
            "Wed 9 Oct 2019",
            "Mon 2 Sep 2019 08:00",
            [(Clash.OUT_OF_TURN, "panel/1 and panel/2, “Panel”, would both be on Wednesday 9 October 2019.")],
        ),
        (
            "Sun 8 Sep 2019",
            "Mon 2 Sep 2019 08:00",
            [
                (
                    Clash.NOT_WORKING,
                    "Panel would be on Sunday 8 September 2019, which is no working day (a Sunday).",
                )
            ],
        ),
        (
            "Thu 29 Aug 2019",
            "Mon 2 Sep 2019 08:00",
            [
                (
                    Clash.GONE_BY,
                    "Panel was moved to Thursday 29 August 2019, a day that had passed already. "
                    "If it took place then: daymark move panel/1 --held 2019-08-29.",
                )
            ],
        ),
        ("Thu 29 Aug 2019", "Thu 29 Aug 2019 08:00", []),
        ("Thu 5 Sep 2019", "Mon 2 Sep 2019 08:00", []),
    ],
)
def test_a_move_is_warned_of_what_people_overlook(to: str, known: str, said: list[tuple[Clash, str]]) -> None:
    moved = fact("moved", to, known=known, of="panel/1")
    timeline = council(obligations=[panel()], facts=(*FACTS, moved))
    assert [(clash, text) for clash, _, text in conflicts_of(timeline)] == said


def test_a_visit_confirmed_across_easter_is_warned_of_its_day_off() -> None:
    visit = duty("by 2020-05-01", key="visit", kind=OccurrenceKind.VISIT, confirmed_by="visit_confirmed")
    days = fact(
        "visit_confirmed", "Thu 9 Apr 2020", until="Fri 10 Apr 2020", known="Mon 2 Sep 2019 08:00", of="visit/1"
    )
    assert [text for *_, text in conflicts_of(council(obligations=[visit], facts=(*FACTS, days)))] == [
        "Visit would be on Friday 10 April 2020, which is no working day (Good Friday)."
    ]


def test_two_reports_to_one_meeting_of_cabinet_do_not_clash() -> None:
    report = duty("on cabinet_meeting", key="report", kind=OccurrenceKind.MEETING, each="cabinet_meeting")
    meetings = [
        fact("cabinet_meeting", "Tue 24 Sep 2019", known="Mon 2 Sep 2019 08:00", of=f"report/{number}")
        for number in (1, 2)
    ]
    assert conflicts_of(council(obligations=[report], facts=meetings)) == []
