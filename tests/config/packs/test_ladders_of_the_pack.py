"""Test who is told, and when, by the ladders of the rule pack for England."""

from tests.config.medway import duties, medway
from timeline.definitions.duties import LINE_MANAGER, DutyClass, Level, Mark, Unless


def test_every_ladder_asks_its_owner_first_and_goes_on_after_the_due_date_to_a_bound() -> None:
    for duty in duties().values():
        for milestone in duty.milestones:
            rungs = milestone.ladder.rungs
            assert rungs[0].to == ("owner",)
            assert rungs[0].unless is Unless.ACKNOWLEDGED
            late = [rung for rung in rungs if rung.mark is Mark.AFTER_DUE]
            assert late
            assert all(rung.times <= 9 for rung in late)
            # Statutory work and visits are said again; boards and routine climb once and stand in the board report.
            assert any(rung.every for rung in late) is (duty.duty_class in (DutyClass.A, DutyClass.B))


def test_overdue_work_is_told_to_somebody_above_its_owner() -> None:
    for duty in duties().values():
        for milestone in duty.milestones:
            late = [rung for rung in milestone.ladder.rungs if rung.mark is Mark.AFTER_DUE]
            assert {selector for rung in late for selector in rung.to} - {"owner"}


def test_no_answer_alone_is_told_to_the_line_manager_only() -> None:
    for duty in duties().values():
        for milestone in duty.milestones:
            asking = [rung for rung in milestone.ladder.rungs if rung.unless is Unless.ACKNOWLEDGED]
            assert {selector for rung in asking for selector in rung.to} <= {"owner", LINE_MANAGER}


def test_what_a_head_of_service_leaves_unanswered_reaches_the_director_the_day_before_and_no_sooner() -> None:
    """Test that with an officer there is a head of service in between, who hears sooner."""
    heads = {key for key, post in medway().directory.posts.items() if post.level is Level.HEAD_OF_SERVICE}
    asked = [rule for duty in duties().values() for rule in duty.milestones if rule.owner in heads]
    climbs = {
        (rule.ladder.key, rung.mark, rung.working_days)
        for rule in asked
        for rung in rule.ladder.rungs
        if LINE_MANAGER in rung.to and rung.unless is Unless.ACKNOWLEDGED
    }
    assert ("heads", Mark.BEFORE_DUE, 1) in climbs
    # A submission itself presses on, and the steps round a meeting in public are short.
    assert {ladder for ladder, mark, _ in climbs if mark is not Mark.BEFORE_DUE} == {"head-submission", "notice"}


def test_the_submission_climbs_from_two_working_days_before_to_the_director_and_the_chief_executive() -> None:
    (submitted,) = (rule for rule in duties()["action-plan"].milestones if rule.key == "submitted")
    first = {post: rung for rung in reversed(submitted.ladder.rungs) for post in rung.to}
    assert (first["director"].working_days, first["director"].mark) == (2, Mark.BEFORE_DUE)
    assert (first["chief_executive"].working_days, first["chief_executive"].mark) == (1, Mark.BEFORE_DUE)
