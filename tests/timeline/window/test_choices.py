"""Ask for the choices of the forms: titles with their keys, and nothing in confidence."""

from tests.timeline.literals import at
from tests.timeline.picture.pictured import work
from timeline.window.choices import DUTY, DUTY_OR_POST, FACT, OCCURRENCE, POST, choices, key_of, title_of

MOMENT = "Mon 4 Nov 2019 09:00"


def test_each_choice_has_a_title_and_gives_its_key() -> None:
    offered = choices(work(MOMENT), at=at(MOMENT))
    assert "plo-panel" in map(key_of, offered[DUTY])
    assert "director" in map(key_of, offered[POST])
    assert set(offered[DUTY_OR_POST]) == {*offered[DUTY], *offered[POST]}
    (plan,) = [choice for choice in offered[OCCURRENCE] if key_of(choice) == "action-plan/1"]
    assert plan.endswith(" · Thu 28 Nov 2019 (action-plan/1)")
    assert (key_of("plo-panel"), title_of("Head of PLO (head_of_plo)")) == ("plo-panel", "Head of PLO")


def test_what_is_long_past_or_in_confidence_is_not_offered() -> None:
    later = choices(work("Mon 2 Mar 2020 09:00"), at=at("Mon 2 Mar 2020 09:00"))
    assert "action-plan/1" not in map(key_of, later[OCCURRENCE])
    assert "report_received" not in later[FACT]
    secret = choices(work("Thu 22 Aug 2019 09:00"), at=at("Thu 22 Aug 2019 09:00"))
    (plan,) = [choice for choice in secret[OCCURRENCE] if key_of(choice) == "action-plan/1"]
    assert plan.endswith(" · no date yet (action-plan/1)")
