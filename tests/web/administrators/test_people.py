"""Test the page of people: who holds which post, who cannot be reached and why, who is away, and what is open."""

from tests.timeline.literals import at
from tests.web.administrators.steered import MemorySteering, browsing
from timeline.delivery.contact_methods import MAIL, Breaker, ContactMethod, DeadAddress
from timeline.steering.people_sheet import Deliverability


def test_it_says_who_cannot_be_reached_with_the_servers_words_and_what_is_open_for_whom() -> None:
    plain = MemorySteering()
    person = next(iter(plain.work.timeline.directory.people.values()))
    dead = DeadAddress(ContactMethod(person.key, MAIL), "550 5.1.1 No such user", at("Mon 18 Nov 2019 09:00"))
    resting = Breaker(5, at("Thu 21 Nov 2019 09:30"), because="503 Service unavailable")
    page = browsing(MemorySteering(ways=Deliverability(dead=(dead,), breakers={"teams": resting}))).get("/people").text
    assert f"Mail to {person.name} &lt;{person.address}&gt; came back on Monday 18 November 2019." in page
    assert "The server said: “550 5.1.1 No such user”. Nothing is sent there until it changes." in page
    assert "The channel teams failed 5 times in a row and rests until Thursday 21 November 2019 at 09:30." in page
    assert 'href="/task/action-plan/1/sign-off"' in page
    assert "Deputy: " in page


def test_where_all_is_well_it_says_so_and_outsiders_find_no_page() -> None:
    steering = MemorySteering()
    assert "cannot be reached" in browsing(steering).get("/people").text
    outsider = browsing(steering, client="192.0.2.1")
    assert outsider.get("/people").text == outsider.get("/nowhere").text
