"""Test the people whom a programme lead changes on pages: an absence, cover, a leaver and successor, a whole file."""

import pytest

from tests.harness import World
from tests.tasks.links.test_own_absence import heard
from tests.timeline.literals import day
from tests.web.administrators.changes.conftest import Lead, Sent
from tests.web.administrators.test_review import OURS
from timeline.calendar.wording import long_date
from timeline.definitions.absences import Absence

FROM = {"from_day": "2", "from_month": "9", "from_year": "2019"}
UNTIL = {"until_day": "13", "until_month": "9", "until_year": "2019"}


def absences(world: World) -> list[Absence]:
    return list(world.timeline.directory.absences)


def test_an_absence_is_entered_beside_those_that_are_known(world: World, lead: Lead) -> None:
    person, address = world.person("performance_lead"), world.address("performance_lead")
    shown = lead.look("away", person=address, **FROM, **UNTIL)
    assert "is away from Monday 2 September 2019 to Friday 13 September 2019." in shown
    assert absences(world) == []
    assert "It is done" in lead.confirm("away")
    expected = Absence(person=person, from_on=day("Mon 2 Sep 2019"), until_on=day("Fri 13 Sep 2019"))
    assert absences(world) == [expected]
    lead.page = lead.before
    assert "It was done before" in lead.confirm("away")
    later = {"from_day": "1", "from_month": "10", "until_month": "10"}
    lead.look("away", person=address, **FROM | UNTIL | later)
    lead.confirm("away")
    assert [each.from_on.month for each in absences(world)] == [9, 10]
    assert world.store.changes.revisions()[-1].who == "an administrator at this machine"


def ends(world: World) -> list[tuple[str, str]]:
    """Give the absences by their last day as it stands, with who said so."""
    trail = [f"{each.what} by {each.who}" for each in world.store.audit.trail(world.person("performance_lead"))]
    return [(f"{each.last_on}", trail[-1]) for each in world.timeline.directory.known_absences]


def test_a_heard_absence_is_ended_or_confirmed_once_it_was_shown(world: World, lead: Lead) -> None:
    """Fail where /changes has no end of an absence: it was made on another page, at once and without a look."""
    person, on = world.person("performance_lead"), day("Tue 27 Aug 2019")
    heard(world, Absence(person=person, from_on=day("Mon 26 Aug 2019"), until_on=day("Fri 15 Nov 2019")))
    answers = {"absence": f"{person}/2019-11-15", "when": "later"}
    assert "Enter the last day away" in lead.look("back", **answers)
    away = {"last_day": "15", "last_month": "11", "last_year": "2019"}
    shown = lead.look("back", **answers | away)
    assert "the last day away is Friday 15 November 2019." in shown
    assert "does not count until somebody confirms it" in shown
    assert world.timeline.directory.known_absences[0].waits
    assert "The audit trail names an administrator at this machine." in lead.confirm("back")
    assert ends(world) == [("2019-11-15", "absence set by an administrator at this machine")]
    lead.page = lead.before
    assert "It was done before" in lead.confirm("back")
    assert "has passed: expected the last day away" in lead.look("back", **answers | away | {"last_month": "6"})
    assert f"back today, {long_date(on)}" in lead.look("back", **answers | {"when": "today"})
    lead.confirm("back")
    assert ends(world) == [("2019-08-26", "absence ended by an administrator at this machine")]
    assert "is over, or was never known" in lead.look("back", **answers | away | {"absence": "nobody/2019-11-15"})


def test_cover_counts_for_its_days_and_the_holder_stays(world: World, lead: Lead) -> None:
    usual = world.person("performance_lead")
    assert "Say who covers the post" in lead.look("cover", post="performance_lead", **FROM, **UNTIL)
    new = {"name": "Kim Cole", "address": "kim.cole@medway.example"}
    shown = lead.look("cover", post="performance_lead", **new, **FROM, **UNTIL)
    assert "Kim Cole is acting Performance lead from Monday 2 September 2019" in shown
    lead.confirm("cover")
    holders = [
        world.timeline.directory.holder("performance_lead", on=day(on))
        for on in ("Fri 30 Aug 2019", "Mon 2 Sep 2019", "Fri 13 Sep 2019", "Mon 16 Sep 2019")
    ]
    names = [each.person.name if each else "" for each in holders]
    was = world.timeline.directory.people[usual].name
    assert names == [was, "Kim Cole", "Kim Cole", was]


def test_a_leaver_goes_and_the_successor_keeps_the_posts_of_their_own(world: World, lead: Lead) -> None:
    follows = world.address("improvement_programme_lead")
    lead.look("leaver", post="performance_lead", person=follows, **UNTIL)
    lead.confirm("leaver")
    directory = world.timeline.directory
    after = {
        post: directory.holder(post, on=day("Mon 16 Sep 2019"))
        for post in ("performance_lead", "improvement_programme_lead")
    }
    assert {each.person.address for each in after.values() if each} == {follows}
    before = directory.holder("performance_lead", on=day("Fri 13 Sep 2019"))
    assert before
    assert before.person.address != follows
    assert "Choose somebody, or give the name" in lead.look(
        "leaver", post="performance_lead", person=follows, name="Kim", address="kim@medway.example", **UNTIL
    )


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"name": "Kim Cole"}, "Somebody new needs a name and a work address."),
        ({"name": "Kim Cole", "address": "nowhere"}, "Found “nowhere”"),
        ({"name": "Kim Cole", "address": "kim@medway.example", "until_day": "1"}, "2019-09-01 is before 2019-09-02"),
    ],
)
def test_what_no_file_of_people_takes_is_told_without_a_line(
    world: World, lead: Lead, answers: dict[str, str], fault: str
) -> None:
    said = lead.look("cover", post="performance_lead", **FROM | UNTIL | answers)
    assert fault in said
    assert "line 2" not in said
    assert (lead.status, world.store.changes.last_number()) == (422, 1)


CSV = "Name,Email,Post,From\nKim Cole,kim.cole@medway.example,Performance lead,01/09/2019\n"


def upload(lead: Lead, form: str, name: str, content: bytes, **more: str) -> str:
    lead.open(f"/changes/{form}")
    return lead.upload(form, Sent(lead.page).fields | more, {"file": (name, content)})


def test_a_file_of_people_is_told_every_fault_with_its_line_then_shown_and_imported_once(
    world: World, lead: Lead
) -> None:
    assert "Choose a file under" in upload(lead, "import", "", b"")
    faulty = upload(
        lead, "import", "people.csv", CSV.replace("01/09", "31/09").replace("Performance", "Perform").encode()
    )
    assert "people.csv: line 2, from" in faulty
    assert "people.csv: line 2, post" in faulty
    assert "at most 300 kB" in upload(lead, "import", "people.csv", b"x" * 300_001)
    assert world.store.changes.last_number() == 1
    shown = upload(lead, "import", "C:\\Users\\kim\\people.csv", CSV.encode())
    assert "people.csv: 1 person." in shown
    assert "kim.cole@medway.example" in shown
    assert "It is done" in lead.confirm("import")
    lead.page = lead.before
    assert "It was done before" in lead.confirm("import")
    last = world.store.changes.revisions()[-1]
    assert (last.what, last.source, last.number) == ("import", "people.csv", 2)
    assert lead.browser.post("/changes/import", content=b"x" * 500_000, headers=OURS).status_code == 413
