"""Test that the records of the programme are listed, read with their history, and added to as every change is."""

import asyncio
from dataclasses import replace

import pytest

from tasks.assurance import ask_links as asking
from tests.harness import World
from tests.support.programmes import medways
from tests.web.administrators.changes.conftest import Lead
from timeline.programme.bodies import Session
from timeline.programme.links import LinkAnswer
from timeline.programme.updates import RecordUpdate

TODAY = "Tue 3 Sep 2019 10:00"
DAY = {"on_day": "2", "on_month": "9", "on_year": "2019"}
FORMS = [
    (
        "progress",
        {"record": "actions.action-plan", "progress": "slipping", "percent": "40 %", "why": "The chair is ill."},
        "An Action Plan that addresses the areas for improvement over the next twelve months, submitted to Ofsted: "
        "Slipping, 40 % done. The chair is ill.",
        "Then: amber. Its owner says that it slips.",
    ),
    (
        "rebase",
        {
            "record": "actions.action-plan",
            "why": "The panel asked for more.",
            "by": "director",
            "due_day": "5",
            "due_month": "12",
            "due_year": "2019",
        },
        "Re-based to Thu 5 Dec 2019. The panel asked for more.",
        "Then: amber.",
    ),
    (
        "evidence",
        {"record": "actions.action-plan", "title": "Minutes of 2 September", "owner": "director"},
        "Evidence: Minutes of 2 September.",
        "",
    ),
    (
        "risk",
        {
            "record": "risks.late-actions",
            "likelihood": "C",
            "impact": "2",
            "mitigation": "A weekly call.",
            "review_day": "1",
            "review_month": "10",
            "review_year": "2019",
        },
        "C2: significant likelihood, critical impact. Also done about it: A weekly call. "
        "To be reviewed by Tue 1 Oct 2019.",
        "Then: red. C2: significant likelihood, critical impact.",
    ),
    (
        "measure",
        {"record": "measures.assessment-caseloads", "value": "−25 %", "source": "dashboard"},
        "Down by 25 % since the inspection. Source: dashboard.",
        "Then: green. It is better than at the baseline.",
    ),
    (
        "meeting",
        {"record": "bodies.improvement-board", "attended": "9", "decisions": "The chair stays.", "source": "minutes"},
        "It took place. 9 came. Decided: The chair stays.",
        "It is added to the record.",
    ),
    (
        "session",
        {"record": "training", "theme": "Supervision", "trainer": "A trainer", "source": "register"},
        "Supervision, with A trainer.",
        "It is added to the record.",
    ),
]
LISTS = {
    "plan": ["Capacity and capability of our workforce", "Nobody has said how it stands.", "It has no due date."],
    "risks": ["1. Actions are not implemented in a timely manner", "B2: high likelihood, critical impact."],
    "measures": ["Down by 20 % since the inspection", "8 posts", "It is better than at the baseline."],
    "boards": ["Permanence Panel", "None recorded"],
    "training": ["Nothing is recorded here yet", "Record a training session that was held"],
    "evidence": ["Nothing is recorded here yet.", "/changes/evidence?", "Nothing is missing."],
}


def updates(world: World) -> tuple[RecordUpdate, ...]:
    return world.store.programmes.updates(at=world.now)


def test_the_lists_show_the_source_documents_plan_and_what_is_missing(world: World, lead: Lead) -> None:
    world.at(TODAY)
    for page, expected in LISTS.items():
        shown = lead.open(f"/{page}")
        assert [words for words in expected if words not in shown] == []
        assert 'aria-current="true">' in lead.page
    shown = lead.open("/plan?rag=grey&post=training_lead")
    assert "An extra training session every month" in shown
    assert "A review of Early Help" not in shown.partition("What is missing")[0]
    assert "Risks by likelihood and impact" in lead.open("/risks")
    assert lead.page.count("<svg ") == 2


def test_everything_is_shown_first_then_confirmed_and_stands_in_the_history(world: World, lead: Lead) -> None:
    world.at(TODAY)
    for name, answers, says, then in FORMS:
        shown = lead.look(name, **DAY | answers)
        assert (says in shown, then in shown) == (True, True), shown
        known = len(updates(world))
        assert "The audit trail names an administrator at this machine." in lead.confirm(name)
        assert len(updates(world)) == known + 1
    assert "Was due Thu 28 Nov 2019, re-based to Thu 5 Dec 2019." in lead.open("/plan/action-plan")
    for said in (
        "Slipping, 40 % done. The chair is ill. (entered by an administrator at this machine, Tuesday",
        "Minutes of 2 September",
    ):
        assert said in lead.open("/plan/action-plan"), lead.page[lead.page.index("<dl") :]
    assert "A weekly call." in lead.open("/risks/late-actions")
    assert lead.page.count("<dd") > lead.page.count("<dt") - 1
    assert "Down by 20 % since the inspection." in lead.open("/measures/assessment-caseloads")
    assert "Mon 2 Sep 2019, 9 came" in lead.open("/boards")
    assert "Supervision" in lead.open("/training")
    assert "It does not expire." in lead.open("/evidence/action-plan-minutes-of-2-september")


def test_where_links_are_asked_the_page_says_when_each_last_answered_and_which_is_dead(
    world: World, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.at(TODAY)
    evidence = {"record": "actions.action-plan", "owner": "director", **DAY}
    lead.look("evidence", title="Minutes", link="https://files.medway.example/minutes", **evidence)
    lead.confirm("evidence")
    answers = {"https://files.medway.example/minutes": 200}
    asked: list[str] = []

    async def ask(addresses: tuple[str, ...]) -> dict[str, LinkAnswer]:
        asked.extend(addresses)
        return {address: LinkAnswer(status=answers[address]) for address in addresses}

    monkeypatch.setattr(asking, "ask", ask)

    def morning(**settings: bool) -> str:
        return asyncio.run(asking.ask_links(world.store, world.settings.model_copy(update=settings), at=world.now))

    assert (morning(), asked) == ("", [])
    assert "Link answered" not in lead.open("/evidence")
    assert morning(ask_links=True) == "Links of the programme. Addresses asked: 1 (1 answered)."
    assert "Link answered Tue 3 Sep 2019" in lead.open("/evidence")
    assert morning(ask_links=True) == ""
    answers = dict.fromkeys(answers, 404)
    world.at("Tue 10 Sep 2019 10:00")
    assert morning(ask_links=True) == "Links of the programme. Addresses asked: 1 (0 answered, 1 dead)."
    assert "Link dead Tue 10 Sep 2019, last answered Tue 3 Sep 2019" in lead.open("/evidence")
    missing = lead.page.partition("What is missing")[2]
    assert "Its link is dead: it answered 404 (https://files.medway.example/minutes)." in missing
    assert "Link dead Tue 10 Sep 2019" in lead.open("/evidence/action-plan-minutes")


def test_the_same_form_twice_adds_once(world: World, lead: Lead) -> None:
    world.at(TODAY)
    lead.look("progress", record="actions.action-plan", progress="on track", why="")
    lead.confirm("progress")
    lead.page = lead.before
    assert "This is recorded already" in lead.confirm("progress")
    assert len(updates(world)) == 1


@pytest.mark.parametrize(
    ("name", "answers", "fault"),
    [
        ("progress", {"record": "actions.action-plan", "progress": "slipping"}, "Say why it slips."),
        ("progress", {"record": "actions.action-plan", "progress": "on track", "percent": "140"}, "from 0 to 100"),
        ("progress", {"record": "actions.gone", "progress": "on track"}, "Choose an answer under “Which action?”"),
        ("measure", {"record": "measures.assessment-posts", "value": "20 %"}, "a change has its sign"),
        (
            "measure",
            {"record": "measures.assessment-posts", "value": "12,5"},
            "a number such as 8, 12.5 or 1,200",
        ),
        (
            "meeting",
            {"record": "bodies.improvement-board", "source": "x", "on_day": "4", "on_month": "9", "on_year": "2019"},
            "Wednesday 4 September 2019 is to come",
        ),
    ],
)
def test_what_cannot_be_is_told_and_adds_nothing(
    world: World, lead: Lead, name: str, answers: dict[str, str], fault: str
) -> None:
    world.at(TODAY)
    assert fault in lead.look(name, **answers)
    assert (lead.status, updates(world)) == (422, ())


def test_under_embargo_nothing_is_told_and_nobody_else_learns_of_the_pages(world: World, lead: Lead) -> None:
    outsider = Lead(world, client="192.0.2.1")
    nowhere = outsider.open("/nowhere")
    for page in ("/plan", "/plan/action-plan", "/risks", "/training", "/changes/progress"):
        assert (outsider.open(page), outsider.status) == (nowhere, 404)
    assert "We cannot find that page" in lead.open("/plan/gone")
    world.at("Mon 26 Aug 2019 10:00")
    assert "The findings are not public yet" in lead.open("/plan")
    assert lead.status == 403


def test_who_was_not_at_a_session_is_kept_by_post_and_shown_on_no_page(world: World, lead: Lead) -> None:
    world.at(TODAY)
    given = medways().training
    assert given
    training = replace(given, teams={"Duty": 3}, managers={"performance_lead": "Duty", "pm_duty_2": "Duty"})
    stated = replace(medways(), training=training)
    world.store.changes.apply(world.timeline, at=world.now, who="x", source="x", digest="d", programme=stated)
    held = {"record": "training", "theme": "Supervision", "source": "register", "came_1": "2"}
    assert "3 Practice Managers; 3 are said to have come, and 1 to have been away." in lead.look(
        "session", **DAY | held | {"came_1": "3", "absent": "Performance lead"}
    )
    assert "“Somebody” is no Practice Manager" in lead.look("session", **DAY | held | {"absent": "Somebody"})
    shown = lead.look("session", **DAY | held | {"absent": "performance LEAD"})
    assert "Duty 2" in shown
    lead.confirm("session")
    (update,) = updates(world)
    assert isinstance(update.part, Session)
    assert update.part.absent == ("performance_lead",)
    assert "Duty: 2" in lead.open("/training")
    assert "Performance lead" not in lead.page
