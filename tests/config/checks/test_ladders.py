"""Test which ladders a rule pack may have: nobody above the ceiling, and the owner is asked."""

from pathlib import Path

import pytest

from tests.config.files import FIRST_RUNG, PACK, broken, examined


@pytest.mark.parametrize(
    ("duty_class", "to", "refused"),
    [
        ("A", "chief_executive", False),
        ("B", "director", False),
        ("B", "chief_executive", True),
        ("C", "manager", False),
        ("C", "director", True),
        ("D", "line manager of owner", False),
        ("D", "manager", True),
    ],
)
def test_a_ladder_above_its_ceiling_is_refused(tmp_path: Path, duty_class: str, to: str, refused: bool) -> None:
    steep = broken(
        PACK,
        ("    class: A\n", f"    class: {duty_class}\n"),
        (
            "obligations:\n",
            f"  steep: {{rungs: [{FIRST_RUNG}, {{rung: up, when: 1 working day after, to: {to}}}]}}\nobligations:\n",
        ),
        ("asks: Draft it.", "asks: Draft it., ladder: steep"),
    )
    faults = [fault for fault in examined(tmp_path, pack=steep).faults if "above the ceiling" in fault.text]
    assert [fault.key for fault in faults] == (
        ["obligations.plan.milestones.draft (ladder steep, rung up)"] if refused else []
    )


def test_a_line_manager_above_the_ceiling_is_refused_too(tmp_path: Path) -> None:
    managed_by_the_director = broken(PACK, ("line_manager: manager}", "line_manager: director}"))
    told = examined(tmp_path, pack=managed_by_the_director).told
    assert len([each for each in told if "above the ceiling of class C" in each]) == 2  # both rungs to the line manager


def test_a_ladder_that_never_asks_its_owner_is_refused(tmp_path: Path) -> None:
    silent = PACK.replace("to: owner,", "to: line manager of owner,").replace("[owner, line manager", "[line manager")
    assert examined(tmp_path, pack=silent).told == [
        "small.yaml: ladders.usual.rungs: No rung asks the owner, and nobody else is told before; expected one "
        "“to: owner”."
    ]


def test_an_urgent_rung_may_speak_outside_working_hours(tmp_path: Path) -> None:
    urgent = broken(PACK, ("when: 1 working day after, to:", "when: 1 working day after at 20:00, urgent: true, to:"))
    assert examined(tmp_path, pack=urgent).faults == ()
