"""Test `notify` through Prefect's engine: what leaves, and what its run leaves behind for the administrators."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tasks.links.secure_link import Links
from tests.harness import World, header, tokens
from tests.support.prefect_login import AUTH, to_prefect
from tests.support.soon import soon
from tests.support.stated import people, variant
from timeline.answers.responses import Answer
from timeline.letters.page_views import DeadLink, TaskView


@pytest.fixture
def world(tmp_path: Path, prefect_api: str) -> Iterator[World]:
    named = {key: {**person, "name": f"Ada Quill the {key}"} for key, person in people().items()}
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply(variant(tmp_path, people=named))
        yield world


def test_a_mail_leaves_once_and_its_run_says_so(world: World) -> None:
    world.at("Wed 28 Aug 2019 07:36").run("plo-panels")
    assert world.at("Wed 28 Aug 2019 08:20").run("notify").message == "Medway Council: Nothing was waiting."
    world.expect_no_mail()
    ran = world.at("Wed 28 Aug 2019 08:30").run("notify")
    assert (ran.type, ran.message) == ("COMPLETED", "Medway Council: Messages: 1 accepted.")
    world.expect_mail(to="performance_lead", about="List of cases to the chair")
    assert world.at("Wed 28 Aug 2019 08:40").run("notify").message == "Medway Council: Nothing was waiting."
    world.expect_no_mail()


def test_out_of_hours_a_run_completes_and_sends_nothing(world: World) -> None:
    world.at("Wed 28 Aug 2019 07:36").decide("plo-panel")
    for moment in ("Wed 28 Aug 2019 19:00", "Sat 31 Aug 2019 10:00", "Wed 25 Dec 2019 10:00"):
        assert world.at(moment).run("notify").type == "COMPLETED", moment
        world.expect_no_mail()
        assert world.waiting() == 1


def test_the_mail_carries_a_token_of_its_own_wherever_an_answer_or_a_bounce_may_come_from(world: World) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    mail = world.expect_mail(to="performance_lead")
    (link,), token = tokens(mail), mail.subject.partition("[ref:")[2].rstrip("]")
    assert link != token
    assert f"reminders+{token}@daymark.example" in header(mail.raw, "Reply-To")
    assert re.fullmatch(rf"<r\.{token}\.\d+@daymark\.example>", header(mail.raw, "Message-ID"))
    assert re.fullmatch(r"reminders\+[a-z2-7]{16}@daymark\.example", mail.envelope_from)
    assert not {link, token} & set(re.findall("[a-z2-7]{16}", mail.envelope_from))
    assert header(mail.raw, "Auto-Submitted") == "auto-generated"
    assert "All" not in header(mail.raw, "X-Auto-Response-Suppress")
    assert header(mail.raw, "Date") == "Wed, 28 Aug 2019 07:30:00 +0000"


def test_the_links_in_text_and_html_are_the_same_and_open_the_task(world: World) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    mail = world.expect_mail(to="performance_lead")
    link = f"{world.settings.base_url}/r/{tokens(mail)[0]}"
    assert re.findall(r"http://\S+", mail.text) == [link]
    assert set(re.findall(r'href="([^"]+)"', mail.html)) == {link}
    view = Links(world.settings).open_link(tokens(mail)[0], at=world.now)
    assert isinstance(view, TaskView)
    assert view.title == "Send the chair the list"


def test_a_mail_with_several_tasks_has_a_reply_token_that_opens_none_of_them(world: World) -> None:
    world.live("Thu 10 Oct 2019 08:30", "practice-manager-training")
    mail = world.expect_mail(to="training_lead")
    reply_token = mail.subject.partition("[ref:")[2].rstrip("]")
    assert len(tokens(mail)) > 1
    assert reply_token not in tokens(mail)
    assert Links(world.settings).open_link(reply_token, at=world.now) == DeadLink("unknown")


def test_a_mail_says_what_by_when_and_why(world: World) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    words = " ".join(world.expect_mail(to="performance_lead").text.split())
    assert "Due in 4 working days (6 calendar days), Tuesday 3 September" in words
    assert "Please tell us you have this by Friday 30 August." in words
    assert "Reply “yes” if you have this, “done” with a link when it is done, “help”, or “not mine”." in words
    assert "Because the PLO panel meets on Tuesday 10 September." in words
    assert "Basis: the council's own practice." in words
    assert [word for word in ("daymark", "working date", "local:", "inferred", "tuesday") if word in words] == []


def test_the_runs_table_names_posts_and_neither_people_nor_tasks(world: World, prefect_api: str) -> None:
    world.at("Wed 28 Aug 2019 08:30").decide("plo-panel", "case-follow-up")
    (artifact,) = world.artifacts(prefect_api, world.run("notify"))
    rows = json.loads(artifact["data"])
    assert sorted(row["to"] for row in rows) == ["Performance lead", "Service managers"]
    assert {row["outcome"] for row in rows} == {"accepted"}
    everything = json.dumps(artifact)
    assert [word for word in ("Ada Quill", "@", "List of cases") if word in everything] == []


def test_prefect_hears_what_happened_since_the_last_run_by_task_and_never_by_name(
    world: World, prefect_api: str
) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    world.run("notify")
    world.at("Wed 28 Aug 2019 10:00").answer("plo-panel/1/cases", Answer.HELP, by="performance_lead")
    ran = world.run("notify")
    asked = {"event": {"name": ["daymark.help-asked"]}, "related": {"id": [f"prefect.flow-run.{ran.id}"]}}
    events: list[dict[str, Any]] = []

    def heard() -> bool:
        answer = to_prefect.post(f"{prefect_api}/events/filter", json={"filter": asked}, auth=AUTH)
        events[:] = answer.raise_for_status().json()["events"]
        return bool(events)

    assert soon(heard)
    assert events[0]["resource"]["prefect.resource.id"] == "daymark.task.medway.plo-panel/1/cases"
    related = {resource["prefect.resource.id"] for resource in events[0]["related"]}
    assert {"daymark.council.medway", "daymark.occurrence.medway.plo-panel/1"} <= related
    assert [word for word in ("Ada Quill", "@", "List of cases") if word in json.dumps(events)] == []


def test_a_manager_reads_that_help_is_needed_and_never_who_is_late(world: World) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    world.live("Tue 3 Sep 2019 08:30", "plo-panel")
    world.live("Wed 4 Sep 2019 08:30", "plo-panel")
    words = " ".join(world.expect_mail(to="head_of_quality_assurance").text.split())
    assert "needs help" in words
    assert "Ada Quill the performance-lead" not in words
    assert not re.search(r"\b(has not|failed to|did not|late|overdue to respond)\b", words)


def test_before_anything_is_applied_a_run_says_so(tmp_path: Path, prefect_api: str) -> None:
    with World(tmp_path / "empty") as empty:
        assert empty.run("notify").message == "No council's timeline has been applied yet."
