"""Test that a report is released on a page: shown with what it lacks, by whoever may, for just what was seen."""

from datetime import date
from io import BytesIO

import docx
import pytest

from tests.harness import World, snapshot
from tests.support.programmes import medways, slipping
from tests.web.administrators.changes.conftest import Lead

TODAY = "Wed 4 Sep 2019 10:00"
BOARD = {"kind": "board", "as_at-day": "3", "as_at-month": "9", "as_at-year": "2019"}


def address(world: World, post: str) -> str:
    holder = world.timeline.directory.holder(post, on=world.now.date())
    assert holder
    return holder.person.address


def asked(lead: Lead, answers: dict[str, str], *, by: str) -> str:
    return lead.send("release", answers | {"by": by}, do="look")


def header(lead: Lead, query: str) -> str:
    file = lead.browser.get(f"/reports/file?{query}&format=docx").content
    return str(docx.Document(BytesIO(file)).sections[0].header.paragraphs[0].text)


def test_a_report_is_released_on_its_page_and_is_no_draft_from_then_on(world: World, lead: Lead) -> None:
    world.at(TODAY)
    lead.open("/changes/release?kind=board&area=&as_at=2019-09-03")
    assert [f'name="as_at-{part}"' in lead.page for part in ("day", "month", "year")] == [True] * 3
    assert 'type="text" value="2019"' in lead.page
    before = snapshot(world.store)
    shown = asked(lead, BOARD, by=address(world, "director"))
    for words in (
        "Report to the board as known on Tuesday 3 September 2019 is no draft from now on. Nothing is sent.",
        "The Director of People may release it, the deputy meanwhile, or the assistant.",
        "Missing in the records",
        "<li>Area “",
        "and is released without them.",
    ):
        assert words in shown
    lead.confirm("release")
    assert (lead.status, snapshot(world.store)) == (422, before)
    done = lead.confirm("release", despite="yes")
    assert "released by the Director of People on Wednesday 4 September 2019" in done
    (event,) = [event for event in world.store.audit.events() if event.what == "report released"]
    assert (event.who, event.via) == ("director", "entered by an administrator at this machine")
    query = "kind=board&area=&as_at=2019-09-03"
    assert header(lead, query) == "Medway Council\t\tReleased by the Director of People on 4 September 2019"
    assert (
        f"/reports/file?council=medway&amp;{query.replace('&', '&amp;')}&amp;format=pdf"
        in lead.browser.get("/reports").text
    )
    assert "Already" in asked(lead, BOARD, by=address(world, "director")) or lead.status == 200
    assert len(world.store.programmes.released()) == 1


def test_what_changed_meanwhile_is_shown_again_and_not_released(world: World, lead: Lead) -> None:
    world.at(TODAY)
    of_today = BOARD | {"as_at-day": "4"}
    asked(lead, of_today, by=address(world, "director"))
    changed = slipping(medways(), "early-help-review", on=date(2019, 9, 4))
    world.store.changes.apply(world.timeline, at=world.now, who="lead", source="x.yaml", digest="d2", programme=changed)
    lead.confirm("release", despite="yes")
    assert (lead.status, world.store.programmes.released()) == (409, ())
    assert "report released" not in [event.what for event in world.store.audit.events()]


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (
            {"by": "monitoring_officer"},
            "Only the Director of People, the deputy meanwhile and the assistant may",
        ),
        ({"kind": "cabinet"}, "Only the Monitoring"),
        ({"area": "health"}, "is about every area: expected no area."),
        ({"kind": "inspector"}, "It is about one area; expected"),
        ({"as_at-year": "2020"}, "is to come; expected today, or an earlier day."),
        ({"as_at-day": "40"}, "As known on"),
        ({"kind": "bord"}, "Choose"),
        ({"by": ""}, "Who releases it"),
        ({"as_at-month": "8", "as_at-day": "1"}, "so nothing of them may be told"),
    ],
)
def test_what_cannot_be_released_is_told_in_a_sentence(
    world: World, lead: Lead, given: dict[str, str], fault: str
) -> None:
    world.at(TODAY)
    by = address(world, given.get("by", "director")) if given.get("by", "director") else ""
    shown = asked(lead, BOARD | given, by=by)
    assert (lead.status, fault in shown, world.store.programmes.released()) == (422, True, ())
