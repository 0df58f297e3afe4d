"""Test which links a programme has, and what an answer says of each."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.programmes import medways
from tests.timeline.literals import at, day
from timeline.programme.actions import Progress, Update
from timeline.programme.links import (
    Fate,
    Link,
    LinkAnswer,
    LinkState,
    Trouble,
    after,
    fate,
    is_this_machine,
    links,
    no_addresses,
    summed_up,
    to_ask,
    told,
)
from timeline.programme.papers import Document, Evidence

ON = day("Tue 27 Aug 2019")
AT = "https://files.council.example/plan"


def document(link: str) -> Document:
    return Document(key="plan", title="The plan", on=ON, link=link, source="paragraph 2")


def test_every_address_of_the_records_is_a_link_of_its_record() -> None:
    given = medways()
    key, action = next(iter(given.actions.items()))
    why = "See (https://a.example/x). Then https://b.example/y, and nothing else"
    update = Update(on=ON, by="director", progress=Progress.SLIPPING, why=why)
    shown = Evidence(
        key="e",
        title="Minutes",
        on=ON,
        owner="director",
        expires_on=None,
        link="https://c.example/My plan.docx",
        source="",
    )
    mark = replace(shown, key="f", link=r"\\share\folder")
    asked = replace(
        given,
        actions={key: replace(action, updates=(update,), source="https://d.example/p_(1)")},
        documents={"plan": document(AT)},
        evidence={"e": shown, "f": mark},
    )
    assert list(links(asked)) == [
        Link(f"actions.{key}.updates", "https://a.example/x"),
        Link(f"actions.{key}.updates", "https://b.example/y"),
        Link(f"actions.{key}.source", "https://d.example/p_(1)"),
        Link("documents.plan.link", AT),
        Link("evidence.e.link", "https://c.example/My plan.docx"),
    ]
    assert no_addresses(asked) == 1


@pytest.mark.parametrize(
    ("answer", "expected", "sentence"),
    [
        (LinkAnswer(status=200, ended_at=AT), Fate.ANSWERED, ""),
        (LinkAnswer(status=304), Fate.ANSWERED, ""),
        (LinkAnswer(status=404), Fate.DEAD, f"Its link is dead: it answered 404 ({AT})."),
        (LinkAnswer(status=410), Fate.DEAD, f"Its link is dead: it answered 410 ({AT})."),
        (
            LinkAnswer(trouble=Trouble.NO_MACHINE),
            Fate.DEAD,
            f"Its link is dead: no machine of that name is known ({AT}).",
        ),
        (LinkAnswer(status=503), Fate.UNKNOWN, f"Its link could not be read: it answered 503 ({AT})."),
        (
            LinkAnswer(trouble=Trouble.SLOW),
            Fate.UNKNOWN,
            f"Its link could not be read: no answer came in time ({AT}).",
        ),
    ],
)
def test_an_answer_says_what_has_become_of_a_link(answer: LinkAnswer, expected: Fate, sentence: str) -> None:
    assert (fate(AT, answer), told(Link("documents.plan.link", AT), answer)) == (expected, sentence)


@pytest.mark.parametrize(
    "answer",
    [
        LinkAnswer(status=401),
        LinkAnswer(status=403),
        LinkAnswer(status=200, ended_at="https://login.microsoftonline.com/common/oauth2/authorize"),
        LinkAnswer(status=200, ended_at="https://files.council.example/sign-in?next=/plan"),
    ],
)
def test_a_page_behind_a_sign_in_is_not_dead(answer: LinkAnswer) -> None:
    assert fate(AT, answer) is Fate.SIGN_IN
    assert told(Link("documents.plan.link", AT), answer).startswith("Its link cannot be read without signing in")


def test_a_page_about_signing_in_is_a_page() -> None:
    about = "https://files.council.example/login-report"
    assert fate(about, LinkAnswer(status=200, ended_at=about)) is Fate.ANSWERED


def test_a_password_in_an_address_is_not_shown() -> None:
    said = told(Link("documents.plan.link", ""), LinkAnswer(status=404))
    assert said == "Its link is dead: it answered 404 (://)."
    said = told(Link("documents.plan.link", "https://reader:secret@files.example/a@b"), LinkAnswer(status=404))
    assert said == "Its link is dead: it answered 404 (https://files.example/a@b)."


def test_the_sum_counts_each_fate() -> None:
    answers = {"https://a.example": LinkAnswer(status=200), "https://b.example": LinkAnswer(status=404)}
    assert summed_up(answers, not_asked=0) == "Addresses asked: 2 (1 answered, 1 dead)."
    assert summed_up({}, not_asked=1) == "No record has an address to ask. Not asked: 1 link without a web address."


@pytest.mark.parametrize(
    "host",
    ["LOCALHOST", "me@localhost:1", "a.localhost", "127.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "[::]"],
)
def test_this_machine_is_known_by_whatever_name_it_is_called(host: str) -> None:
    assert is_this_machine(f"http://{host}/")
    assert not is_this_machine(f"http://files.council.example/{host}")


def test_each_link_is_asked_once_a_week_the_new_ones_first_and_this_machine_never() -> None:
    now = at("Mon 9 Sep 2019 08:45")
    given = {
        f"d{n}": document(f"https://{host}/")
        for n, host in enumerate(("a.example", "b.example", "c.example", "localhost:4200", "127.0.0.1", "[::1]:1"))
    }
    programme = replace(medways(), documents=given, evidence={})
    week, day_less = now - timedelta(days=7), now - timedelta(days=6)
    known = {
        "https://a.example/": LinkState(asked_at=week, fate=Fate.ANSWERED, why=""),
        "https://b.example/": LinkState(asked_at=day_less, fate=Fate.ANSWERED, why=""),
    }
    assert to_ask(programme, known, at=now) == ("https://c.example/", "https://a.example/")
    many = {f"d{n}": document(f"https://{n}.example/") for n in range(90)}
    assert len(to_ask(replace(programme, documents=many), {}, at=now)) == 40


def test_a_link_that_died_keeps_the_day_on_which_it_last_answered() -> None:
    first, later = at("Mon 2 Sep 2019 08:45"), at("Mon 9 Sep 2019 08:45")
    states = after({}, {AT: LinkAnswer(status=200)}, at=first)
    assert states[AT].words == "Link answered Mon 2 Sep 2019"
    states = after(states, {AT: LinkAnswer(status=404)}, at=later)
    assert (states[AT].words, states[AT].why) == (
        "Link dead Mon 9 Sep 2019, last answered Mon 2 Sep 2019",
        "it answered 404",
    )
    assert after({}, {AT: LinkAnswer(status=403)}, at=later)[AT].words == (
        "Link not readable without signing in Mon 9 Sep 2019, never answered"
    )
