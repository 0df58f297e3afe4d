"""Test an automatic mail of somebody who left, or is on a long leave: a person checks who holds the post."""

from tasks.catcher.mailbox import OpenedMail
from tasks.receiving.receive import handle
from tests.harness import World, snapshot
from tests.tasks.replying import automatic, reply
from timeline.answers.inbound import InboundState

OFFICER = "performance.lead@medway.example"


def test_a_leaver_and_a_long_leave_are_held_and_neither_the_words_nor_the_reason_is_kept(
    world: World, mail: OpenedMail
) -> None:
    for words in (
        "I no longer work for the council. Please write to Tom Brown.",
        "I am on maternity leave.",
        "Rwyf ar absenoldeb mamolaeth.",
    ):
        result = handle(world.settings, automatic(mail, words, by=OFFICER), at=world.now)
        assert (result.state, result.kind) == (InboundState.HELD, "auto_reply")
        assert "check who holds this post" in result.why
    assert not {"maternity", "mamolaeth", "Brown"} & set(repr(snapshot(world.store)).split())
    world.expect_no_mail(to="performance_lead", about="answer once more")


def test_the_days_of_a_leaver_are_taken_down_and_a_person_looks(world: World, mail: OpenedMail) -> None:
    words = "I am away until 30 August 2019. After that I no longer work here, I have left the council."
    assert handle(world.settings, automatic(mail, words, by=OFFICER), at=world.now).state is InboundState.HELD
    assert len(world.timeline.directory.absences) == 1


def test_one_who_is_not_proved_or_somebody_elses_note_tells_nothing(world: World, mail: OpenedMail) -> None:
    forged = automatic(mail, "I have left the council.", by="head.of.safeguarding@medway.example")
    assert handle(world.settings, forged, at=world.now).state is InboundState.IGNORED


def test_a_person_who_writes_it_is_held_with_the_same_advice(world: World, mail: OpenedMail) -> None:
    result = handle(world.settings, reply(mail, "Hi, I have moved to Housing", by=OFFICER), at=world.now)
    assert (result.state, "check who holds this post" in result.why) == (InboundState.HELD, True)
