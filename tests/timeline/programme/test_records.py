"""Test the ratings of risks and the sentences of measures."""

from decimal import Decimal
from typing import Any

import pytest

from tests.timeline.literals import day
from timeline.picture.small_line import small_line
from timeline.programme.measures import Better, Measure, Value
from timeline.programme.risks import Assessment, Rating, Risk

ON, LATER = day("Tue 27 Aug 2019"), day("Mon 7 Oct 2019")


def measure(*values: Value, better: Better = Better.DOWN, **changes: Any) -> Measure:
    given: dict[str, Any] = {
        "key": "caseloads",
        "title": "Average caseloads",
        "unit": "cases",
        "baseline": None,
        "baseline_on": day("Fri 26 Jul 2019"),
        "since": "the inspection",
        "target": None,
        "owner": "performance_lead",
        "areas": (),
        "source": "paragraph 6.12",
    }
    return Measure(**given | changes, better=better, values=values)


def value(number: str | None = None, change: str | None = None, *, percent: bool = False) -> Value:
    return Value(
        on=ON,
        by="performance_lead",
        number=Decimal(number) if number else None,
        change=Decimal(change) if change else None,
        is_percent=percent,
    )


@pytest.mark.parametrize(
    ("given", "baseline", "sentence", "better"),
    [
        (value(change="-20", percent=True), None, "down by 20 % since the inspection", True),
        (value(change="12.5", percent=True), None, "up by 12.5 % since the inspection", False),
        (value("8"), None, "8 cases", None),
        (value("16"), Decimal(20), "16 cases (down by 4 cases since the inspection)", True),
        (value("20"), Decimal(20), "20 cases", None),
        (value("1200"), Decimal(200), "1,200 cases (up by 1,000 cases since the inspection)", False),
        (value(change="0"), None, "unchanged since the inspection", None),
    ],
)
def test_a_value_is_said_as_true_as_it_is_known(
    given: Value, baseline: Decimal | None, sentence: str, better: bool | None
) -> None:
    asked = measure(given, baseline=baseline)
    assert (asked.sentence(given), asked.is_better(given)) == (sentence, better)


def test_a_share_moves_by_percentage_points_and_a_target_stands_with_its_unit() -> None:
    given = value("69")
    asked = measure(given, unit="%", baseline=Decimal(52), target=Decimal(80), better=Better.UP)
    assert asked.sentence(given) == "69 % (up by 17 percentage points since the inspection)"
    assert asked.sentence(value(change="-1")) == "down by 1 percentage point since the inspection"
    assert (asked.aim, measure(given).aim) == ("80 %", "")
    line = small_line(asked, on=ON)
    assert line is not None
    assert line.desc.endswith("since the inspection). The dashed line is the target, 80 %.")


def test_a_change_gives_a_number_only_where_the_baseline_is_known() -> None:
    fifth = value(change="-20", percent=True)
    assert measure(fifth).number(fifth) is None
    assert measure(fifth, baseline=Decimal(20)).number(fifth) == 16
    assert measure(fifth, baseline=Decimal(20), target=Decimal(16)).meets_target(fifth) is True
    assert measure(fifth, baseline=Decimal(20), target=Decimal(15)).meets_target(fifth) is False
    assert measure(fifth, target=Decimal(15)).meets_target(fifth) is None


def test_a_value_of_a_later_day_is_not_known_yet() -> None:
    first, second = value("18"), Value(on=LATER, by="performance_lead", number=Decimal(16))
    asked = measure(first, second)
    assert [asked.value(on) for on in (day("Mon 26 Aug 2019"), ON, LATER)] == [None, first, second]


def test_ratings_sort_by_what_is_grave_and_likely() -> None:
    ratings = [Rating.read(text) for text in ("C3", "b2", "C2", "A1", "F4")]
    assert [str(rating) for rating in sorted(ratings)] == ["A1", "B2", "C2", "C3", "F4"]
    assert [rating.weight for rating in sorted(ratings)] == [24, 15, 12, 8, 1]
    assert Rating.read("B2").words == "high likelihood, critical impact"


@pytest.mark.parametrize("text", ["", "2B", "G2", "B5", "B22", "high"])
def test_what_is_no_rating_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="such as B2"):
        Rating.read(text)


def test_a_risk_keeps_every_assessment_and_tells_its_trend() -> None:
    first = Assessment(on=ON, by="director", rating=Rating("C", 3))
    second = Assessment(on=LATER, by="director", rating=Rating("B", 2), why="Two managers left.")
    risk = Risk(
        key="staff",
        title="Staff leave",
        description="",
        mitigations=(),
        owner="director",
        review_on=None,
        assessments=(first, second),
        source="section 7",
    )
    assert [risk.assessed(on) for on in (day("Mon 26 Aug 2019"), ON, LATER)] == [None, first, second]
    assert (risk.trend(ON), risk.trend(LATER)) == (0, 1)
