"""Ask the comparison of two programmes: each record that was added, changed or removed has its place."""

from dataclasses import replace
from datetime import date

from tests.support.programmes import medways, slipping
from timeline.forecast.changes import Change, counted
from timeline.forecast.programme_changes import record_changes


def test_what_was_added_changed_and_removed_is_told_by_its_place_in_the_file() -> None:
    before = medways()
    later = slipping(before, "improvement-board", on=date(2019, 9, 2))
    areas = {key: area for key, area in later.areas.items() if key != "health"}
    later = replace(later, areas=areas, team=before.team[:2], training=None)
    later = replace(later, measures={**later.measures, "audits": replace(before.measures["assessment-posts"], key="x")})
    changes = list(record_changes(before, later))
    assert [(change.change, change.ref, change.why) for change in changes] == [
        ("record changed", "actions.improvement-board", "Its updates changed."),
        ("record added", "measures.audits", ""),
        ("record changed", "team", "Its posts changed."),
        ("record removed", "areas.health", ""),
        ("record removed", "training", ""),
    ]
    assert changes[3].from_.startswith("The strategic relationship with health services")
    assert changes[3].from_.endswith(" …")
    assert counted(changes) == "0 dates change, 5 records of the programme; nobody was told an old one."


def test_the_first_statement_adds_every_record_and_the_same_changes_nothing() -> None:
    assert list(record_changes(medways(), medways())) == []
    assert list(record_changes(None, None)) == []
    first = list(record_changes(None, medways()))
    assert {change.change for change in first} == {"record added"}
    assert first[0] == Change(change="record added", ref="inspection", to=medways().inspection.framework)
