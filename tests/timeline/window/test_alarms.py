"""Read what Prefect's automations tell: what is news, and which of its words may stand in a mail."""

from typing import Any

import pytest

from tests.timeline.builders import COUNCIL
from tests.timeline.literals import at
from timeline.window.alarms import Alarm, Heard, hear, subject, text


def updated(**fields: Any) -> dict[str, Any]:
    changed = {name: {"from": None, "to": value} for name, value in fields.items()}
    return {
        "about": "notify",
        "event": "prefect.deployment.updated",
        "updates": {"updated_fields": [*fields], "updates": changed},
    }


def test_a_deployment_that_was_paused_or_deleted_is_told_and_one_that_was_saved_is_not() -> None:
    assert hear(Alarm.SWITCHED, updated(paused=True)) == Heard("notify", "")
    assert hear(Alarm.SWITCHED, {"about": "notify", "event": "prefect.deployment.deleted"}) == Heard("notify", "")
    for saved in (updated(paused=False), updated(tags=["a"]), {"updates": "x"}, {}):
        assert hear(Alarm.SWITCHED, saved) is None


@pytest.mark.parametrize("about", ["<script>", "a\nb", "x" * 200, 7, None, ["notify"]])
def test_only_a_plain_word_of_prefects_stands_in_a_mail(about: object) -> None:
    assert hear(Alarm.FAILED, {"about": about}) == Heard("", "")
    said = text(COUNCIL.council, Alarm.FAILED, "", greeting="Ada", at=at("Fri 29 Nov 2019 09:00"), page="http://p")
    assert "A run of something of ours ended with a fault, as Prefect told us on Friday 29 November 2019" in said


@pytest.mark.parametrize("alarm", Alarm)
def test_each_alarm_has_a_subject_and_a_text_that_names_what_it_is_about(alarm: Alarm) -> None:
    said = text(COUNCIL.council, alarm, "plo-panel/1", greeting="Ada", at=at("Fri 29 Nov 2019 09:00"), page="http://p")
    assert "plo-panel/1" in said
    assert subject(COUNCIL.council, alarm).startswith("Improvement programme: ")
