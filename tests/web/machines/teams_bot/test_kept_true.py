"""Test that the card in a chat is edited when its task was answered elsewhere, moved, passed on or taken off."""

from pathlib import Path

import pytest

from tasks.links.secure_link import Links
from tests.support.connector import Keys, installed
from tests.support.soon import soon
from tests.support.teams_bot import LEAD, buttons_in, post, token_of, words_in
from tests.support.teams_chat import OK, Chat, chatting
from tests.tasks.exchange_refusals import CLIENT, TENANT
from tests.tasks.https_servers import Act
from tests.timeline.letters.cards import faults
from tests.web.teams_house import CASES, responses
from timeline.answers.responses import Answer
from timeline.definitions.facts import Embargo
from timeline.escalation.prompts import CLIMB
from timeline.letters.page_views import Recorded, Reply


def edited_once(chat: Chat) -> str:
    """Give the words of the card that was put in the card's place, exactly once."""
    assert (chat.edited(), chat.edited()) == (1, 0)
    (card,) = chat.edits
    assert faults(card) == []
    assert chat.said == []
    assert [event.what for event in chat.world.store.audit.events()].count("card updated") == 1
    return words_in(card)


def test_a_card_of_which_nothing_has_changed_is_left_alone(chat: Chat) -> None:
    assert chat.edited() == 0
    chat.world.at("Thu 29 Aug 2019 09:00")
    assert (chat.edited(), chat.server.posts) == (0, [])


def test_an_answer_given_elsewhere_stands_in_the_card(chat: Chat) -> None:
    chat.world.answer(CASES, Answer.DONE, by="performance_lead", evidence="Cabinet, item 6")
    assert "recorded it as done" in edited_once(chat)
    assert buttons_in(chat.edits[0]) == ["Undo"]


def test_an_answer_on_the_page_edits_the_card_at_once(chat: Chat) -> None:
    reply = Reply(Answer.ACKNOWLEDGED)
    answered = Links(chat.world.settings).answer(token_of(chat.world), reply, at=chat.world.now)
    assert isinstance(answered, Recorded)
    assert soon(lambda: bool(chat.edits))
    assert "has this" in words_in(chat.edits[0])


def test_words_in_the_chat_edit_the_card_above_them(chat: Chat) -> None:
    chat.say("yes")
    assert soon(lambda: bool(chat.edits))
    assert buttons_in(chat.edits[0])[0] == "It is done"


@pytest.mark.parametrize("fact", ["moved", "cancelled"])
def test_a_date_that_moved_or_fell_away_stands_in_the_card(chat: Chat, fact: str) -> None:
    chat.world.know(fact, "Tue 24 Sep 2019" if fact == "moved" else "Tue 10 Sep 2019", of="plo-panel/1")
    told = edited_once(chat)
    assert "Nothing is asked here any more" in told
    assert ("has moved from" if fact == "moved" else "You do not need to do anything.") in told


def test_a_new_date_comes_as_one_card_and_the_old_card_says_so(chat: Chat) -> None:
    chat.world.know("moved", "Tue 24 Sep 2019", of="plo-panel/1")
    for moment in ("Wed 28 Aug 2019 09:00", "Wed 28 Aug 2019 09:10"):
        chat.world.at(moment).deliver()
        chat.edited()
    assert len(chat.said) == 1
    (card,) = chat.edits
    assert "has moved from" in words_in(card)


def test_a_task_that_was_passed_on_stands_in_the_card_and_comes_back_into_no_other(chat: Chat) -> None:
    chat.world.answer(CASES, Answer.DELEGATED, by="performance_lead", delegated_to="project-support")
    assert "passed to somebody else" in edited_once(chat)
    chat.world.answer(CASES, Answer.ACKNOWLEDGED, by="project_support")
    assert chat.edited() == 0


def test_a_card_that_could_not_be_edited_is_tried_again_with_what_is_true_then(
    house_with_a_card: Path, tmp_path: Path, keys: Keys
) -> None:
    with chatting(house_with_a_card, tmp_path, keys, "429 Retry-After: 300", Act.CUT, OK) as chat:
        chat.world.answer(CASES, Answer.ACKNOWLEDGED, by="performance_lead")
        assert chat.edited() == 0
        chat.world.at("Wed 28 Aug 2019 08:44")
        assert (chat.edited(), len(chat.edits)) == (0, 1), "it was asked to wait for five minutes"
        chat.world.at("Wed 28 Aug 2019 08:46")
        assert (chat.edited(), len(chat.edits)) == (0, 2)
        chat.world.answer(CASES, Answer.DONE, by="performance_lead", evidence="Item 6")
        chat.world.at("Wed 28 Aug 2019 08:55")
        assert (chat.edited(), chat.edited()) == (1, 0)
        assert "recorded it as done" in words_in(chat.edits[2])


def test_a_move_in_confidence_is_told_in_no_chat_to_whoever_may_not_hear_of_it(chat: Chat) -> None:
    token = token_of(chat.world)
    secret = Embargo(circulation=frozenset({"director"}))
    chat.world.know("moved", "Tue 24 Sep 2019", of="plo-panel/1", embargo=secret)
    told = edited_once(chat)
    assert "This is in confidence for now." in told
    assert "moved" not in told
    assert all("in confidence" in words_in(chat.press(verb, token=token)) for verb in ("look", "ack"))
    assert "in confidence" in chat.say("why")
    assert CASES not in chat.say("list").replace("\\", "")
    assert responses(chat.world) == []


def test_a_card_that_is_gone_is_given_up_and_said_so(house_with_a_card: Path, tmp_path: Path, keys: Keys) -> None:
    gone = '403 | {"error": {"code": "BotNotInConversationRoster"}}'
    with chatting(house_with_a_card, tmp_path, keys, gone, OK) as chat:
        chat.world.answer(CASES, Answer.ACKNOWLEDGED, by="performance_lead")
        assert (chat.edited(), chat.edited(), len(chat.edits)) == (0, 0, 1)
        assert chat.world.store.audit.events()[-1].what == "card not updated"
        assert chat.world.store.audit.verify() is None


def test_after_the_app_was_removed_and_while_sending_is_stopped_nothing_is_edited(chat: Chat) -> None:
    chat.world.answer(CASES, Answer.ACKNOWLEDGED, by="performance_lead")
    chat.world.store.outbox.stop(who="lead", reason="a test", at=chat.world.now)
    assert chat.edited() == 0
    chat.world.store.outbox.resume(who="lead", reason="over", at=chat.world.now)
    given = installed(chat.world.now, LEAD, tenant=TENANT, action="remove", serviceUrl=chat.service)
    assert post(chat.client, given, serviceurl=chat.service, aud=CLIENT).status_code == 200
    assert (chat.edited(), chat.server.posts) == (0, [])


def test_undo_takes_the_answer_back_and_the_card_asks_again(chat: Chat) -> None:
    card = chat.press("ack")
    assert "You have this." in words_in(card)
    assert buttons_in(card)[-1] == "Undo"
    card = chat.press("undo")
    assert "Taken back." in words_in(card)
    assert "The task is open" in words_in(card)
    assert buttons_in(card)[:2] == ["I have this", "It is done"]
    assert "Undo" not in buttons_in(card)
    assert [response.answer for response in responses(chat.world)] == [Answer.ACKNOWLEDGED, Answer.TAKEN_BACK]
    assert chat.world.store.audit.verify() is None
    trail = [(trail.what, trail.via) for trail in chat.world.store.audit.trail(CASES)]
    assert ("taken back", "teams") in trail
    chat.press("undo")
    assert len(responses(chat.world)) == 2, "a second press changes nothing"


def test_done_by_mistake_is_asked_for_again_after_undo(chat: Chat) -> None:
    chat.press("done", input="1", evidence1="Cabinet, item 6")
    assert "Taken back" in chat.say("undo")
    chat.world.at("Tue 3 Sep 2019 07:30").decide("plo-panel")
    chat.world.at("Tue 3 Sep 2019 08:30").deliver()
    assert any(post.target.endswith("/activities") and b"attachments" in post.content for post in chat.server.posts)


def test_a_call_for_help_that_is_taken_back_before_it_left_reaches_no_manager(chat: Chat) -> None:
    assert "write “undo”" in chat.say("help")
    chat.say("undo")
    chat.world.deliver()
    entries = chat.world.store.ledger.entries(refs=frozenset({CASES}))[CASES]
    (call,) = (entry for entry in entries if entry.key.rung == CLIMB)
    assert call.accepted_at is None


def test_an_answer_of_somebody_else_is_not_taken_back(chat: Chat) -> None:
    chat.world.answer(CASES, Answer.DELEGATED, by="performance_lead", delegated_to="project-support")
    assert "with somebody else" in chat.say("undo")
    assert len(responses(chat.world)) == 1
