"""Test that between receipt (21 Aug 2019) and publication (27 Aug) nothing of the report leaves its circulation."""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.harness import World
from tests.support.prefect_login import AUTH, to_prefect
from tests.support.stated import pack, people, variant

pytestmark = pytest.mark.slow("runs at a real Prefect server")

# The duty is due soon enough, and its ladders begin early enough, to speak in those days.
SOON = {"action-plan": "9 working days after report_received"}
EARLY = [
    {"rung": "first-notice", "when": "30 working days before", "to": "owner", "unless": "acknowledged"},
    {"rung": "no-answer", "when": "1 working day after first prompt", "to": "line manager of owner", "unless": "done"},
    {"rung": "to-the-director", "when": "7 working days before", "to": "director", "unless": "done"},
    {"rung": "overdue", "when": "1 working day after", "to": "owner", "unless": "done"},
]
CIRCULATION = ("director", "chief_executive", "head_of_improvement", "improvement_programme_lead")
OUTSIDE = ("project_support", "head_of_safeguarding", "head_of_quality_assurance", "performance_lead")
DAYS = ("Wed 21 Aug 2019", "Thu 22 Aug 2019", "Fri 23 Aug 2019", "Mon 26 Aug 2019")
RECEIPT = "action-plan/1/receipt"  # the project support officer's, who is outside the circulation
FLOWS = ("action-plan", "monitoring-visits")


@pytest.fixture
def world(tmp_path: Path, prefect_api: str) -> Iterator[World]:
    with World(tmp_path) as world:
        stated = variant(tmp_path, live_from="2019-08-21", shadow_until="never")
        rules = pack(tmp_path / "rules", rules=SOON, preparation=EARLY, submission=EARLY)
        world.at("Wed 21 Aug 2019 07:00").apply(stated, rules=rules)
        yield world


def live_through_the_embargo(world: World) -> None:
    for day in DAYS:
        world.live(f"{day} 08:30")


def test_until_publication_only_the_circulation_is_written_to(world: World) -> None:
    live_through_the_embargo(world)
    addresses = {opened_mail.envelope_to[0] for opened_mail in world.mails(ever=True)}
    assert world.address("improvement_programme_lead") in addresses
    assert world.address("director") in addresses  # it also climbs, inside
    assert addresses <= {world.address(post) for post in CIRCULATION}


def test_what_is_for_others_does_not_go_to_somebody_in_the_circulation_instead(world: World) -> None:
    live_through_the_embargo(world)
    assert world.mails(about="Receipt for the action plan filed", ever=True) == []


def test_when_it_is_published_the_others_are_told(world: World) -> None:
    live_through_the_embargo(world)
    world.live("Tue 27 Aug 2019 08:30")
    world.expect_mail(to="project_support", about="Receipt for the action plan filed")


def test_the_administrators_see_no_date_of_it_until_then_and_its_flows_write_to_nobody_else(
    world: World, prefect_api: str
) -> None:
    shown = []
    for day in ("Wed 21 Aug 2019", "Thu 22 Aug 2019"):
        runs = [world.at(f"{day} 07:30").run(flow) for flow in FLOWS] + [world.at(f"{day} 08:30").run("notify")]
        runs += [world.at(f"{day} 08:45").run("assurance")]
        shown += [artifact for run in runs for artifact in world.artifacts(prefect_api, run)]
        assert [run.message for run in runs if "draft" in run.message or "action plan" in run.message] == []
    rows = [row for artifact in shown if artifact["type"] == "table" for row in json.loads(artifact["data"])]
    assert {"Head of Specialist Projects", "Director of People"} <= {row["to"] for row in rows if "to" in row}
    # Of the rule pack, which is public, they see what has no date yet.
    assert [artifact["data"] for artifact in shown if "| action-plan/" in artifact["data"]] == []
    told = json.dumps(shown) + "".join(_pictures(shown))
    assert "Action plan" in told
    assert [word for word in ("First draft", "signs off", "cleared", "Receipt", "Days and focus") if word in told] == []
    assert "11 tasks under embargo not shown" in told
    addresses = {opened_mail.envelope_to[0] for opened_mail in world.mails(ever=True)}
    # The assurance tries the mail server with a mail to ourselves.
    assert addresses - {world.settings.mail_address} <= {world.address(post) for post in CIRCULATION}
    assert "action-plan/" not in json.dumps([_events(prefect_api, run.id) for run in runs])
    (after,) = world.artifacts(prefect_api, world.at("Tue 27 Aug 2019 07:30").run("action-plan"))
    assert "Receipt for the action plan filed" in after["data"]


def _events(api: str, run: str) -> Any:
    """Ask Prefect for the events of ours that a run left."""
    asked = {"event": {"prefix": ["daymark."]}, "related": {"id": [f"prefect.flow-run.{run}"]}}
    given = to_prefect.post(f"{api}/events/filter", json={"filter": asked}, auth=AUTH)
    return given.raise_for_status().json()["events"]


def _pictures(shown: list[dict[str, Any]]) -> list[str]:
    """Decode the pictures of the overviews, which say in base64 what everybody at Prefect can read."""
    return [
        b64decode(image).decode()
        for artifact in shown
        for image in re.findall(r"data:image/svg\+xml;base64,([\w+/=]+)", artifact["data"])
    ]


def test_in_shadow_a_programme_lead_outside_the_circulation_gets_nothing_of_it(tmp_path: Path) -> None:
    council = {"key": "medway", "name": "Medway Council", "programme_lead": "performance_lead"}
    with World(tmp_path) as world:
        stated = variant(tmp_path, live_from="2019-08-21", shadow_until="2019-09-30", council=council)
        rules = pack(tmp_path / "rules", rules=SOON, preparation=EARLY, submission=EARLY)
        world.at("Wed 21 Aug 2019 07:00").apply(stated, rules=rules, shadow=True)
        for day in DAYS:
            world.live(f"{day} 08:30", "action-plan")
        assert world.mails(ever=True) == []
        world.live("Tue 27 Aug 2019 08:30", "action-plan")
        world.expect_mail(to="performance_lead", about="Trial run until")


def test_the_people_of_this_story_hold_posts_inside_and_outside() -> None:
    held = {person["holds"] for person in people().values()}
    assert set(CIRCULATION) | set(OUTSIDE) <= held
