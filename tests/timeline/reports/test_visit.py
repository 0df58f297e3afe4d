"""Ask the briefing for a visit what has changed since the last."""

from datetime import date

from tests.support.programmes import medways, slipping
from tests.support.reports import situation, words
from timeline.reports.visit import visit


def test_a_change_with_its_reason_ends_with_one_full_stop() -> None:
    text = words(visit(situation(slipping(medways(), "early-help-review", on=date(2019, 9, 2)))))
    assert "slipping (The chair is not appointed yet)." in text
