"""Test the director's Monday mail as it is caught: once a week, and to the right reader."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from tasks.council.run import CouncilRun
from tasks.sending.notices import tell_lead
from tests.harness import World, header, snapshot
from tests.support.stated import people, variant
from tests.tasks.director.mondays import DIRECTOR, WEEK, monday, morning, words, world
from tests.timeline.literals import day

__all__ = ["world"]


def test_after_a_bank_holiday_it_leaves_on_tuesday_at_half_past_eight_and_once_a_week(world: World) -> None:
    world.apply()
    assert morning(world, "Tue 27 Aug 2019 08:25") == "Monday mail written to the Director of People."
    mail = monday(world)
    assert header(mail.raw, "Date") == "Tue, 27 Aug 2019 07:25:00 +0000"
    assert "The week from Tuesday 27 August" in words(mail)
    for text in ("Wed 28 Aug 2019 08:25", "Fri 30 Aug 2019 08:25"):
        assert morning(world, text) == "This week's Monday mail is written."
        world.expect_no_mail(about=WEEK)
    morning(world, "Mon 2 Sep 2019 08:25")
    assert "The week from Monday 2 September" in words(monday(world))


def test_it_does_not_leave_before_the_hour_of_the_daily_mail(world: World) -> None:
    world.apply()
    world.at("Tue 27 Aug 2019 08:25").monday()
    world.deliver()
    world.expect_no_mail(about=WEEK)
    world.at("Tue 27 Aug 2019 08:30").deliver()
    monday(world)


def test_after_an_outage_it_still_goes_that_week_in_working_time(world: World) -> None:
    world.apply()
    morning(world, "Fri 30 Aug 2019 08:25")
    monday(world)
    world.route("daymarkmail://127.0.0.1:1/?starttls=no")
    world.at("Mon 2 Sep 2019 08:25").monday()
    world.at("Mon 2 Sep 2019 08:30").deliver()
    world.route("")
    world.at("Tue 3 Sep 2019 22:00").deliver()
    world.expect_no_mail(about=WEEK)
    world.at("Wed 4 Sep 2019 08:00").deliver()
    assert "The week from Monday 2 September" in words(monday(world))


def test_one_that_could_not_leave_in_its_week_is_taken_back(world: World) -> None:
    world.apply()
    world.route("daymarkmail://127.0.0.1:1/?starttls=no")
    world.at("Mon 2 Sep 2019 08:25").monday()
    world.at("Mon 2 Sep 2019 08:30").deliver()
    world.route("")
    morning(world, "Mon 9 Sep 2019 08:25")
    assert "The week from Monday 9 September" in words(monday(world))
    world.expect_no_mail(about="from Monday 2 September")


def test_while_sending_is_stopped_it_waits_and_then_goes_that_week(world: World) -> None:
    world.apply()
    world.store.outbox.stop(at=world.now, who="lead", reason="a test")
    # Prefect keeps the sentence: no name and no reason that somebody typed.
    stopped = "Mails do not leave at present: they are stopped since Tuesday 27 August 2019 at 07:00."
    assert morning(world, "Tue 27 Aug 2019 08:25") == stopped
    world.expect_no_mail()
    world.store.outbox.resume(at=world.now, who="lead", reason="over")
    morning(world, "Thu 29 Aug 2019 08:25")
    assert "The week from Tuesday 27 August" in words(monday(world))


def test_in_shadow_the_programme_lead_gets_it_marked(world: World) -> None:
    world.apply(shadow=True)
    assert morning(world, "Tue 27 Aug 2019 08:25") == "Monday mail written to the Head of Specialist Projects."
    mail = monday(world, "improvement_programme_lead")
    assert "this would have gone to the Director of People." in words(mail)
    world.expect_no_mail(to="director")


def away(**changes: Any) -> dict[str, Any]:
    absent = [{"from": "2019-08-26", "until": "2019-08-30"}]
    return people(director={**people()["director"], "absent": absent}, **changes)


def test_while_the_director_is_away_the_deputy_reads_it(world: World, tmp_path: Path) -> None:
    world.apply(variant(tmp_path, people=away()))
    morning(world, "Tue 27 Aug 2019 08:25")
    mail = monday(world, "head_of_safeguarding")
    assert "This comes to you as deputy of the Director of People." in words(mail)
    world.expect_no_mail(to="director", about=WEEK)
    morning(world, "Mon 2 Sep 2019 08:25")
    monday(world)


def test_nobody_in_the_post_is_said_and_nothing_is_written(world: World, tmp_path: Path) -> None:
    left = people(
        director={**people()["director"], "holds": [{"post": "director", "until": "2019-08-30"}]},
        head_of_safeguarding=None,
        principal_social_worker={**people()["principal-social-worker"], "holds": ["head_of_safeguarding"]},
    )
    left["principal-social-worker"]["holds"] = [{"post": "head_of_safeguarding", "until": "2019-08-30"}]
    world.apply(variant(tmp_path, people=left))
    expected = "Nobody holds the post Director of People, so no Monday mail is written."
    assert morning(world, "Mon 2 Sep 2019 08:25") == expected
    world.expect_no_mail(about=WEEK)


def test_a_dead_address_is_not_written_to_while_there_is_a_deputy(world: World) -> None:
    world.apply()
    morning(world, "Tue 27 Aug 2019 08:25")
    world.store.outbox.mark_bounced("monday/2019-W35", at=world.now, why="550 5.1.1", address=DIRECTOR)
    morning(world, "Mon 2 Sep 2019 08:25")
    monday(world, "head_of_safeguarding")


def test_looking_at_what_it_would_say_writes_nothing(world: World) -> None:
    from tasks.director.monday import decide, gather, view

    world.apply()
    world.decide()
    before = snapshot(world.store)
    monday_mail = decide(world.store, gather(world.store, world.settings, at=world.now), world.settings, at=world.now)
    shown = view(monday_mail, world.settings, at=world.now)
    assert shown is not None
    assert shown.lines
    assert snapshot(world.store) == before


def test_written_by_two_runs_at_once_it_is_one_mail(world: World) -> None:
    from tasks.director.monday import decide, gather, write

    world.apply()
    world.at("Tue 27 Aug 2019 08:25")
    monday_mail = decide(world.store, gather(world.store, world.settings, at=world.now), world.settings, at=world.now)
    later = replace(monday_mail, quiet_because="")
    assert write(world.store, monday_mail, world.settings, at=world.now).startswith("Monday mail written")
    assert write(world.store, later, world.settings, at=world.now) == "This week's Monday mail is written."
    world.at("Tue 27 Aug 2019 08:30").deliver()
    monday(world)
    assert [audit_event.what for audit_event in world.store.audit.events() if audit_event.ref == "monday/2019-W35"][
        :1
    ] == ["message composed"]
    assert day("Tue 27 Aug 2019") == world.now.date()


def test_one_that_a_later_clock_wrote_leaves_the_true_week_its_mail(world: World) -> None:
    world.apply()
    morning(world, "Mon 16 Sep 2019 08:25")
    monday(world)
    morning(world, "Wed 28 Aug 2019 08:25")
    assert "The week from Tuesday 27 August" in words(monday(world))
    morning(world, "Mon 9 Sep 2019 08:25")
    assert morning(world, "Mon 16 Sep 2019 08:25") == "Monday mail written to the Director of People."
    assert "The week from Monday 16 September" in words(monday(world))
    assert morning(world, "Tue 17 Sep 2019 08:25") == "This week's Monday mail is written."


def test_a_mail_to_the_lead_that_a_later_clock_wrote_leaves_the_true_day_its_mail(world: World) -> None:
    def tell(text: str) -> bool:
        run = CouncilRun(world.store, world.settings, world.at(text).now)
        return tell_lead(run, "assurance", "Something is wrong", lambda name: f"Dear {name}")

    world.apply()
    assert tell("Mon 16 Sep 2019 08:45")
    assert [tell("Wed 28 Aug 2019 08:45"), tell("Wed 28 Aug 2019 09:45")] == [True, False]
    assert [tell("Mon 16 Sep 2019 08:45"), tell("Mon 16 Sep 2019 09:45")] == [True, False]
