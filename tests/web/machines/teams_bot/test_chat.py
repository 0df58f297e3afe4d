"""Test words in a person's own chat with our bot, by real HTTP and signed tokens: they mean what they do in a mail."""

import pytest

from tests.harness import snapshot
from tests.support.teams_chat import PERSON, REFERENCE, Chat
from tests.tasks.exchange_refusals import TENANT
from tests.web.teams_house import CASES, responses
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer
from timeline.letters.bot_cards import chat as words

LATER = "plo-panel/2/cases"


def test_a_bare_word_answers_the_only_task_of_the_newest_card(chat: Chat) -> None:
    told = chat.say("Yes.")
    assert "You have this" in told
    assert "we are quiet until Tuesday 3 September" in told
    (response,) = responses(chat.world)
    assert (response.answer, response.person, response.via) == (Answer.ACKNOWLEDGED, PERSON, "teams")
    assert "It stood so already" not in told
    chat.say("done https://council.example/a_b?c=1")
    assert responses(chat.world)[-1].evidence == "https://council.example/a_b?c=1"
    assert chat.world.store.audit.verify() is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<p>Help, nobody has the list</p>", Answer.HELP),
        ("not mine, ask the PMO", Answer.DECLINED),
        ("Done", Answer.ACKNOWLEDGED),
    ],
)
def test_an_answer_is_recorded_as_from_a_mail(chat: Chat, text: str, answer: Answer) -> None:
    told = chat.say(text)
    (response,) = responses(chat.world)
    assert response.answer is answer
    if text == "Done":
        assert "we need a link or a reference" in told


@pytest.mark.parametrize("text", ["hello", "Yes, but not before Friday", "What is this?", "👍", "1 yes 2"])
def test_anything_else_is_answered_with_how_to_write_it_and_records_nothing(chat: Chat, text: str) -> None:
    chat.say("list")
    before = snapshot(chat.world.store)
    assert chat.say(text).replace("\\", "") == words.USAGE
    assert snapshot(chat.world.store) == before


def test_a_reference_names_the_task_that_is_answered(chat: Chat) -> None:
    chat.card_of(LATER)
    assert "You have this" in chat.say(f"ack {CASES}")
    (response,) = responses(chat.world)
    assert (response.answer, response.via) == (Answer.ACKNOWLEDGED, "teams")


def test_a_card_of_several_tasks_wants_their_numbers(chat: Chat) -> None:
    chat.world.at("Wed 28 Aug 2019 09:00")
    chat.card_of(CASES, LATER)
    assert chat.say("yes") == words.WHICH_TASK
    assert chat.say("why") == words.WHICH_TASK
    assert chat.say("3 yes") == words.NO_SUCH_TASK
    assert not responses(chat.world)
    told = chat.say("1 yes\n2 done https://council.example/minutes")
    assert "1. You have this" in told
    assert "2. Recorded as done" in told
    assert [response.answer for response in responses(chat.world)] == [Answer.ACKNOWLEDGED]
    assert [response.answer for response in responses(chat.world, LATER)] == [Answer.DONE]


def test_the_card_that_is_quoted_is_answered_and_two_at_once_are_not_guessed(chat: Chat) -> None:
    chat.world.at("Wed 28 Aug 2019 09:00")
    chat.card_of(LATER)
    quoted = [{"type": "quotedReply", "quotedReply": {"messageId": REFERENCE}}]
    assert "You have this" in chat.say('<quoted messageId="1"/> yes', entities=quoted)
    assert (len(responses(chat.world)), len(responses(chat.world, LATER))) == (1, 0)
    unknown = [{"type": "quotedReply", "quotedReply": {"messageId": "9"}}]
    assert chat.say("yes", entities=unknown) == words.NOT_A_CARD
    chat.card_of(CASES, reference="1:3")
    assert chat.say("yes") == words.WHICH_CARD


def test_words_written_before_the_newest_card_came_do_not_answer_it(chat: Chat) -> None:
    chat.world.at("Wed 28 Aug 2019 08:42")
    chat.card_of(LATER)
    assert "You have this" in chat.say("yes", timestamp="2019-08-28T07:41:00Z")
    assert (len(responses(chat.world)), len(responses(chat.world, LATER))) == (1, 0)


def test_list_and_why_tell_the_person_alone_and_record_no_answer(chat: Chat) -> None:
    listed = chat.say("list")
    assert "due in 4 working days" in listed
    assert f"ack {CASES}" in listed.replace("\\", "")
    assert "Due in 4 working days" in chat.say("Why?")
    assert "Due in 4 working days" in chat.say(f"why {CASES}")
    assert responses(chat.world) == []


def test_a_wish_for_another_date_waits_for_whoever_decides(chat: Chat) -> None:
    assert "until you hear more, the date stands" in chat.say("Yes, can we move this to Friday?")
    (held,) = chat.world.store.inbound.held()
    assert (held.via, held.state, held.by) == ("teams", InboundState.HELD, PERSON)
    assert responses(chat.world) == []


def test_an_answer_to_an_old_date_is_not_recorded_and_a_call_for_help_is_read(chat: Chat) -> None:
    chat.world.know("moved", "Tue 24 Sep 2019", of="plo-panel/1")
    assert "The date has moved since that card" in chat.say("yes")
    assert words.A_PERSON_READS_IT in chat.say("help")
    assert [held.asks for held in chat.world.store.inbound.held()] == [Answer.HELP]
    assert responses(chat.world) == []


def test_a_replay_is_answered_once_and_a_group_never(chat: Chat) -> None:
    assert "You have this" in chat.say("yes", id="f:again")
    assert "nothing more was done" in chat.say("yes", id="f:again")
    told = len(chat.said)
    for kind in ("channel", "groupChat"):
        where = {"conversationType": kind, "id": "19:x", "tenantId": TENANT}
        assert chat.brings("<at>Daymark</at> list", conversation=where) == 200
    assert (len(chat.said), len(responses(chat.world))) == (told, 1)


def test_without_a_card_a_word_answers_nothing(chat: Chat) -> None:
    director = "00000000-0000-0000-0000-000000000003"
    assert chat.say("yes", account=director) == words.NO_CARD
