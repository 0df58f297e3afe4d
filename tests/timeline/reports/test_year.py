"""Ask the reports after a year of panels, training, updates and values: each number equals an independent recount."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from tests.support.lived_programme import MANAGERS, TEAMS, a_year
from tests.support.reports import lived, situation, table, words
from timeline.calendar.wording import few
from timeline.programme.programme import Programme
from timeline.programme.sheets.tables import tables
from timeline.reports.document import Report
from timeline.reports.kinds import KINDS
from timeline.reports.situation import plain_date

ON = date(2020, 8, 31)


@cache
def report(kind: str, area: str = "", reader: str = "") -> Report:
    now = situation(a_year(), on=ON, work=lived(ON))
    return KINDS[kind].fill(replace(now, area=area, reader=reader))


def year() -> Programme:
    return a_year()


def held() -> list[tuple[date, dict[str, int], tuple[str, ...]]]:
    training = year().training
    assert training
    return [
        (each.on, dict(each.attended), each.absent) for each in training.sessions if date(2019, 9, 1) <= each.on <= ON
    ]


def test_the_training_is_counted_by_session_and_by_team_and_no_small_team_has_a_figure() -> None:
    sessions = table(report("training"), "Sessions held")
    assert [(row[0], row[2]) for row in sessions] == [
        (plain_date(on), few(sum(attended.values()))) for on, attended, _ in held()
    ]
    told = {row[0]: row[1:] for row in table(report("training"), "Coverage by team")}
    for team, managers in TEAMS.items():
        came = [attended[team] for _, attended, _ in held() if team in attended]
        share = f"{sum(came)} of {managers * len(came)} ({round(100 * sum(came) / (managers * len(came)))} %)"
        assert told[team] == (few(managers), str(len(came)), share if managers >= 5 else "not told")
    assert "All teams" in told, "Two teams are hidden, so that the sum of all gives neither away."


def test_with_one_small_team_the_sum_of_all_is_not_told_either() -> None:
    training = year().training
    assert training
    teams = {team: managers for team, managers in TEAMS.items() if team != "Adoption"}
    now = situation(replace(year(), training=replace(training, teams=teams)), on=ON)
    assert {row[0] for row in table(KINDS["training"].fill(now), "Coverage by team")} == set(teams)


def test_whoever_missed_two_sessions_stands_in_the_training_leads_own_copy_and_nowhere_else() -> None:
    missed = Counter(post for _, _, absent in held() for post in absent)
    wanted = {post for post, times in missed.items() if times >= 2}
    assert set() < wanted < set(MANAGERS)
    rows = table(report("training", reader="training_lead"), "Missed two sessions or more")
    assert {row[0].replace(" ", "_").casefold() for row in rows} == wanted
    assert [len(row[2].splitlines()) for row in rows] == [missed[post] for post in MANAGERS if post in wanted]
    assert report("training", reader="training_lead").status == "For the Training lead alone"
    for kind in KINDS:
        text = words(report(kind, area="staffing" if KINDS[kind].of_area else ""))
        assert [post for post in MANAGERS if post.replace("_", " ").capitalize() in text] == [], kind
    exported = repr(list(tables(year())))
    assert "training.sessions" in exported
    assert [post for post in MANAGERS if post in exported] == [], "An export and the API show it."


def test_the_board_reads_every_action_measure_risk_and_moved_date_as_the_records_have_it() -> None:
    plan = table(report("board"), "Plan")
    assert sorted(row[1] for row in plan) == sorted(each.title for each in year().actions.values())
    measures = {row[0]: row[1:] for row in table(report("board"), "Measures")}
    for measure in year().measures.values():
        last = max((value for value in measure.values if value.on <= ON), key=lambda value: value.on)
        assert measures[measure.title][0].split(" ")[0] == f"{last.number}"
        assert measures[measure.title][1] == plain_date(last.on)
    at = {row[0][0]: row[1:] for row in table(report("board"), "Risks by likelihood and impact")}
    for risk in year().risks.values():
        rating = [each.rating for each in risk.assessments if each.on <= ON][-1]
        assert risk.title in at[rating.likelihood][rating.impact - 1]
    moved = table(report("board"), "Moved dates")
    rebased = [(each.title, rebase) for each in year().actions.values() for rebase in each.rebases]
    assert [(row[0], row[2]) for row in moved] == [(title, plain_date(rebase.due_on)) for title, rebase in rebased]
    assert all(
        rebase.why in row[3] and "Director of People" in row[3] for (_, rebase), row in zip(rebased, moved, strict=True)
    )


def test_the_board_reads_the_decisions_of_the_last_month_alone() -> None:
    text = words(report("board"))
    for body in year().bodies.values():
        for meeting in body.meetings:
            assert (meeting.decisions[0] in text) is (meeting.on > date(2020, 7, 31))


def test_a_trail_shows_all_that_was_ever_stated_about_its_area_and_nothing_of_another() -> None:
    rows = table(report("inspector", area="early-help"), "The trail")
    action = year().actions["early-help-review"]
    stated = len(action.updates) + len(action.rebases)
    brought = [year().evidence[key] for key in action.evidence]
    assert len(rows) == stated + sum(1 + bool(each.checked_by) for each in brought)
    assert all(update.why in "\n".join(row[1] for row in rows) for update in action.updates)
    assert {row[2] for row in rows} <= {
        *(
            "Head of Business Change (People) and ICT",
            "Director of People",
            "Performance lead",
            "Principal social worker",
        )
    }


@pytest.mark.parametrize("area", ["early-help", "missing-children"])
def test_the_briefing_of_a_visit_tells_what_has_changed_since_the_last_one(area: str) -> None:
    number = list(year().areas).index(area) + 1
    (section,) = [each for each in report("visit").sections if each.title == f"Area {number} of 10"]
    text = words(replace(report("visit"), sections=(section,)))
    since = date(2019, 8, 27)
    for action in year().actions.values():
        for update in action.updates:
            by = "Head of Business Change (People) and ICT"
            told = f"{plain_date(update.on)}, {by}: {action.title}: {update.progress.value}"
            assert (told in text) is (area in action.areas and update.on > since)
    assert "Finding: " in text


def test_who_checked_evidence_stands_beside_who_brought_it_and_until_when_it_counts() -> None:
    row = next(row for row in table(report("inspector", area="early-help"), "Evidence"))
    (key,) = year().actions["early-help-review"].evidence
    each = year().evidence[key]
    until = plain_date(each.on + timedelta(days=60)) if each.expires_on else "no end"
    checked = "Principal social worker" if each.checked_by else "nobody yet"
    assert (row[0], row[1], row[2]) == (each.title, plain_date(each.on), "Performance lead")
    assert row[3].startswith(checked)
    assert row[4].startswith(until)
