"""Test the dates that a programme lead changes on pages: shown first, made once, corrected and taken back."""

import pytest

from tests.harness import World
from tests.web.administrators.changes.conftest import Lead, Sent
from tests.web.administrators.test_review import OURS

PANEL = "plo-panel/1"
MOVED = {"ref": PANEL, "what": "moved", "on_day": "1", "on_month": "10", "on_year": "2019", "source": "The room"}
LETTER = {"on_day": "1", "on_month": "10", "on_year": "2019", "source": "Ofsted's letter"}
VISIT = LETTER | {"fact": "visit_confirmed", "ref": "monitoring-visit/1", "until_day": "2", "until_month": "10"}
VISIT |= {"until_year": "2019"}


def moves(world: World) -> int:
    return sum(fact.name == "moved" for fact in world.timeline.facts)


@pytest.fixture
def told(world: World) -> World:
    """Tell the performance lead the date of the first panel."""
    world.live("Wed 18 Sep 2019 08:30", "plo-panel")
    world.expect_mail(to="performance_lead")
    return world.at("Wed 18 Sep 2019 10:00")


def test_a_fact_is_shown_first_and_recorded_once_in_the_name_of_who_confirmed_it(world: World, lead: Lead) -> None:
    assert "visit confirmed" in lead.open("/changes/record?ref=monitoring-visit/1").lower()
    assert Sent(lead.page).fields["ref"] == "monitoring-visit/1"
    shown = lead.look("record", **VISIT)
    assert "(monitoring-visit/1), visit confirmed: 1–2 October 2019." in shown
    assert "monitoring-visit/1" in shown
    assert "Tue 1 Oct 2019 to Wed 2 Oct 2019" in shown
    before = len(world.timeline.facts)
    assert "It is done" in lead.confirm("record")
    assert len(world.timeline.facts) == before + 1
    lead.page = lead.before
    assert "It was done before" in lead.confirm("record")
    assert len(world.timeline.facts) == before + 1
    last = world.store.changes.revisions()[-1]
    assert (last.what, last.who, last.source) == ("record", "an administrator at this machine", "Ofsted's letter")
    assert world.timeline.facts[-1].who == "Head of Specialist Projects"


def test_a_move_names_who_was_told_and_sends_them_one_correction(told: World, lead: Lead) -> None:
    shown = lead.look("move", **MOVED)
    assert "PLO monitoring panel (plo-panel/1) is moved to Tuesday 1 October 2019." in shown
    assert "Told the old date: Performance Lead (Performance lead)" in shown
    assert "told an old one and get" in shown
    assert moves(told) == 0
    lead.confirm("move")
    told.deliver()
    told.expect_mail(to="performance_lead", about="The room")
    said = "Move of Wednesday 18 September 2019, 10:00, by an administrator at this machine (The room)"
    assert said in lead.open("/changes")


def test_what_was_overtaken_is_told_and_asked_again(told: World, lead: Lead) -> None:
    lead.look("move", **MOVED)
    told.know("moved", "Wed 2 Oct 2019", of=PANEL)
    again = lead.confirm("move")
    assert "Something else was changed meanwhile, so nothing was done." in again
    assert (lead.status, moves(told)) == (409, 1)
    assert "It is done" in lead.confirm("move")
    assert moves(told) == 2


def test_a_change_is_taken_back_after_it_was_shown_and_only_once(told: World, lead: Lead) -> None:
    lead.look("move", **MOVED)
    lead.confirm("move")
    number = told.store.changes.last_number()
    lead.open("/changes")
    assert f"/changes/undo?council=medway&amp;change={number}" in lead.page
    lead.open(f"/changes/undo?change={number}")
    shown = lead.send("undo", Sent(lead.page).fields, do="look")
    assert "moved" in shown.lower()
    assert "Tue 1 Oct 2019 →" in shown
    assert moves(told) == 1
    assert "Taken back: Move of" in lead.confirm("undo")
    assert moves(told) == 0
    lead.page = lead.before
    assert "taken back already" in lead.confirm("undo")


def test_held_and_cancelled_say_what_their_days_mean(world: World, lead: Lead) -> None:
    no_day, title = {"on_day": "", "on_month": "", "on_year": ""}, "PLO monitoring panel (plo-panel/1)"
    assert "A cancelled date has no new day" in lead.look("move", **MOVED | {"what": "cancelled"})
    assert "A move needs the new day" in lead.look("move", **MOVED | no_day)
    assert f"{title} is cancelled." in lead.look("move", **MOVED | no_day | {"what": "cancelled"})
    held = MOVED | {"what": "held", "on_day": "27", "on_month": "8"}
    shown = lead.look("move", **held)
    assert "took place on Tuesday 27 August 2019" in shown


def test_a_date_of_law_stays_and_what_was_agreed_stands_beside_it(world: World, lead: Lead) -> None:
    law = MOVED | {"ref": "action-plan/1", "on_month": "12", "on_day": "12"}
    assert "Nobody moves the date of “Action plan to Ofsted and the Secretary of State”" in lead.look("move", **law)
    assert "What was agreed needs both" in lead.look("move", **law | {"with": "Ofsted"})
    shown = lead.look("move", **law | {"with": "Ofsted", "where": "letter of 16 September"})
    assert "Thursday 12 December 2019 was agreed with Ofsted. The legal date stays." in shown


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"ref": "plo-panel/99"}, "Choose an answer under “Which one?”"),
        ({"what": "burnt"}, "Choose an answer under “What happened?”"),
        ({"on_day": "31", "on_month": "2"}, "Enter day, month and year under “Day”"),
        ({"source": " "}, "Enter an answer under “Why?”"),
        ({"source": "About NHS number 943 476 5919"}, "Take out what looks like an NHS number"),
        ({"source": "x" * 501}, "500"),
        ({"by": "nobody"}, "Choose an answer under “Post that says so”"),
    ],
)
def test_what_cannot_be_is_asked_again_and_changes_nothing(
    world: World, lead: Lead, answers: dict[str, str], fault: str
) -> None:
    assert fault in lead.look("move", **MOVED | answers)
    assert (lead.status, moves(world)) == (422, 0)
    assert Sent(lead.page).fields["on-year"] == "2019"


def test_only_administrators_from_our_own_pages_change_anything(world: World, lead: Lead) -> None:
    outsider = Lead(world, "192.0.2.1")
    unknown = outsider.browser.get("/nowhere")
    for address in ("/changes", "/changes/move"):
        assert outsider.browser.get(address).text == unknown.text
        assert outsider.browser.post(address, data=MOVED, headers=OURS).status_code in (404, 405)
    assert "/changes" not in outsider.browser.get("/").text
    assert 'href="/changes"' in lead.browser.get("/").text
    for headers in ({}, {"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert lead.browser.post("/changes/move", data=MOVED, headers=headers).status_code == 403
    assert lead.browser.get("/changes/nothing").status_code == 404
    assert lead.browser.get("/changes/move?council=elsewhere").status_code == 404


def test_the_name_of_the_proxys_login_stands_in_the_audit(world: World) -> None:
    lead = Lead(world, "10.0.0.9", identity_header="X-User")
    lead.browser.headers["X-User"] = "lee.park@council.example"
    lead.look("record", **VISIT)
    lead.confirm("record")
    assert world.store.changes.revisions()[-1].who == "lee.park@council.example"
