import pytest

from tests.timeline.literals import at as instant
from timeline.assurance.late_mornings import Attempt, to_run_again

FLOWS = ("action-plan", "plo-panels")
RUN = instant("Thu 14 Nov 2019 07:30")
DONE = Attempt(RUN, completed=True)
STUCK = Attempt(RUN, under_way=True)
LOST = Attempt(RUN)


@pytest.mark.parametrize(
    ("at", "late"),
    [
        ("Thu 14 Nov 2019 07:59", ()),
        ("Thu 14 Nov 2019 08:00", FLOWS),
        ("Thu 14 Nov 2019 17:59", FLOWS),
        ("Thu 14 Nov 2019 18:00", ()),
        ("Sat 16 Nov 2019 09:00", ()),
        ("Mon 1 Jul 2019 07:59", ()),  # 06:59 in UTC: the hours are London's
        ("Mon 1 Jul 2019 08:00", FLOWS),
    ],
)
def test_a_morning_without_any_run_is_late_from_eight_on_weekdays(at: str, late: tuple[str, ...]) -> None:
    assert to_run_again(FLOWS, {}, at=instant(at)) == late


@pytest.mark.parametrize(
    ("attempts", "late"),
    [
        ([DONE], False),
        ([LOST, DONE], False),
        ([STUCK], False),
        ([LOST, STUCK], False),
        ([LOST], True),
        ([LOST, Attempt(instant("Thu 14 Nov 2019 08:46"))], False),
        ([LOST, Attempt(instant("Thu 14 Nov 2019 08:45"))], True),
    ],
)
def test_only_a_flow_whose_runs_are_over_and_did_not_complete_runs_again(attempts: list[Attempt], late: bool) -> None:
    at = instant("Thu 14 Nov 2019 09:00")
    given = {"action-plan": attempts, "plo-panels": [DONE]}
    assert to_run_again(FLOWS, given, at=at) == (("action-plan",) if late else ())
