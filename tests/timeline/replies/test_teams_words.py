"""Test what a text in Teams asks, and whose it is: known words at the beginning, and no guess."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import (
    booleans,
    dictionaries,
    integers,
    just,
    lists,
    none,
    recursive,
    sampled_from,
    text,
)

from tests.support.fuzzing import looks_at
from timeline.answers.responses import Answer
from timeline.replies.teams import (
    NotUnderstood,
    TeamsRequest,
    Word,
    is_signed_by,
    keys_of,
    plain,
    read,
    request_in,
    signature,
)

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
REF = "plo-panel/2/papers"

UNDERSTOOD = [
    ("ack plo-panel/2/papers", Word.ACK, Answer.ACKNOWLEDGED, "", ""),
    ("ACK PLO-Panel/2/Papers", Word.ACK, Answer.ACKNOWLEDGED, "", ""),
    ("ack: plo-panel/2/papers, thanks", Word.ACK, Answer.ACKNOWLEDGED, "thanks", ""),
    ("done plo-panel/2/papers", Word.DONE, Answer.ACKNOWLEDGED, "", ""),
    ("done plo-panel/2/papers see SharePoint", Word.DONE, Answer.ACKNOWLEDGED, "see SharePoint", ""),
    (
        "done plo-panel/2/papers https://a.example/b",
        Word.DONE,
        Answer.DONE,
        "https://a.example/b",
        "https://a.example/b",
    ),
    ("done plo-panel/2/papers: CAB/2019/14", Word.DONE, Answer.DONE, "CAB/2019/14", "CAB/2019/14"),
    ("done plo-panel/2/papers Cabinet 3 Sept, item 6", Word.DONE, Answer.DONE, *["Cabinet 3 Sept, item 6"] * 2),
    ("help plo-panel/2/papers I cannot open it?", Word.HELP, Answer.HELP, "I cannot open it?", ""),
    ("help plo-panel/2/papers", Word.HELP, Answer.HELP, "", ""),
    ("decline plo-panel/2/papers – not mine", Word.DECLINE, Answer.DECLINED, "not mine", ""),
    ("why plo-panel/2/papers", Word.WHY, None, "", ""),
    ("confirm plo-panel/2/papers", Word.CONFIRM, Answer.CONFIRMED, "", ""),
    ("Confirm plo-panel/2/papers, thanks", Word.CONFIRM, Answer.CONFIRMED, "thanks", ""),
    ("return plo-panel/2/papers: no annex?", Word.RETURN, Answer.RETURNED, "no annex?", ""),
]


@pytest.mark.parametrize(("text", "word", "answer", "words", "evidence"), UNDERSTOOD)
def test_a_known_word_and_a_reference_are_understood(
    text: str, word: Word, answer: Answer | None, words: str, evidence: str
) -> None:
    assert request_in(text) == TeamsRequest(word=word, ref=REF, words=words, answer=answer, evidence=evidence)


def test_done_without_proof_says_so() -> None:
    assert request_in(f"done {REF}").unproven
    assert not request_in(f"done {REF} https://a.example").unproven
    assert not request_in(f"ack {REF}").unproven


def test_list_stands_alone() -> None:
    assert request_in("List") == TeamsRequest(word=Word.LIST)
    with pytest.raises(NotUnderstood, match="stands alone"):
        request_in("list of everything")


DOUBTFUL = [
    "ack plo-panel/2/papers but not yet",
    "ack plo-panel/2/papers?",
    "ack plo-panel/2/papers I can't",
    "ack plo-panel/2/papers unless Sam has it",
    "done plo-panel/2/papers by Friday https://a.example",
    "done plo-panel/2/papers nearly",
    "done plo-panel/2/papers not https://a.example",
    "done plo-panel/2/papers 3",
    "done plo-panel/2/papers and plo-panel/2/cases are still open",
]


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_takes_an_answer_back_is_no_answer(text: str) -> None:
    with pytest.raises(NotUnderstood):
        request_in(text)


NOTHING = [
    "",
    "hello",
    "ack",
    "done",
    "why",
    "help",
    "acknowledging plo-panel/2/papers",
    "please ack plo-panel/2/papers",
    "I did not ack plo-panel/2/papers",
    "ack ../../etc",
    "ack -x",
    "ack “plo-panel/2/papers”",
    "ack plo-panel/2/päpers",
    "ack " + "x" * 300,
    "/ack plo-panel/2/papers",
]


@pytest.mark.parametrize("text", NOTHING)
def test_everything_else_is_answered_with_the_words_there_are(text: str) -> None:
    with pytest.raises(NotUnderstood, match="Write one of these"):
        request_in(text)


PLAIN = [
    ("<at>Reminders</at> ack a/1/b", "ack a/1/b"),
    ("<at>Reminders</at>&nbsp;ack a/1/b\n", "ack a/1/b"),
    ('<p><at id="0">Rem &amp; co</at>&nbsp;<strong>ack</strong> a/1/b</p>', "ack a/1/b"),
    ("<AT>R</AT >ack\xa0a/1/b", "ack a/1/b"),
    ("ack a/1/b <at>Sam Hart</at>", "ack a/1/b"),
    ("help a/1/b R&amp;D &lt;b&gt;", "help a/1/b R&D <b>"),
    (
        'done a/1/b <a href="https://x.example/?a=1&amp;b=2" title="x">Minutes</a>',
        "done a/1/b Minutes https://x.example/?a=1&b=2",
    ),
    ('done a/1/b <a href="https://x.example/">https://x.example/</a>', "done a/1/b https://x.example/"),
    ('done a/1/b <a href="javascript:alert(1)">x</a>', "done a/1/b x"),
    ("ack a/1/b\nbut not now", "ack a/1/b but not now"),
    ("ack\u202e a/1/b\x00\u200b", "ack a/1/b"),
    ("<at>never closed ack a/1/b", "never closed ack a/1/b"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "said"), PLAIN)
def test_mentions_tags_and_marks_are_taken_away(text: str, said: str) -> None:
    assert plain(text) == said


@pytest.mark.parametrize("text", ["x" * 2_001, "<at>" * 20_000, "<" * 20_000, '<a href="https://' * 2_000])
def test_a_text_that_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood, match="too long"):
        plain(text)


@given(text())
@looks_at(400)
def test_no_text_breaks_the_reading_and_none_answers_without_its_word(text: str) -> None:
    for line in (text, f"<at>R</at> {text}", f"{text} ack {REF}", f"ack {text}"):
        try:
            request = request_in(plain(line))
        except NotUnderstood:
            continue
        assert plain(line).lower().startswith(request.word.value)
        assert request.answer is None or request.ref


@given(text(alphabet='<>at/&;#"= hrefhttps:xX1\n\x00'))
@looks_at(400)
def test_no_markup_is_left_or_made_by_taking_it_away(text: str) -> None:
    said = plain(text)
    assert said == " ".join(said.split())
    assert not set(said) & set("\x00\n")


@pytest.mark.slow("reads hundreds of activities")
@given(
    dictionaries(
        sampled_from(["type", "id", "text", "timestamp", "from", "conversation", "channelData"]),
        recursive(
            none() | booleans() | integers() | text() | just("message"),
            lambda inner: lists(inner) | dictionaries(sampled_from(["id", "tenant", "tenantId", "aadObjectId"]), inner),
        ),
    )
)
@looks_at(200)
def test_no_body_breaks_the_reading_of_an_activity(body: dict[str, Any]) -> None:
    try:
        activity = read(json.dumps(body).encode())
    except NotUnderstood:
        assert body.get("type") != "message"
        return
    assert activity.sent_at is None or activity.sent_at.tzinfo
    assert all(isinstance(each, str) for each in (activity.id, activity.sender, activity.conversation, activity.text))


BODY = b'{"type":"message","text":"<at>Reminders</at> ack LIC-2026-0042"}'
RIGHT = "HMAC WouOdLNlOxp56p/+Ynr/AMvvaUQ0BPW9vlFxul84QHA="


@pytest.mark.parametrize(
    ("raw", "authorization", "ours"),
    [
        (BODY, RIGHT, True),
        (b"", "HMAC 04tCCW2A9F+Ca0Sp1WB95ySWpBXT9KGoyI47udqNwcs=", True),
        (BODY, "HMAC 2T/oT6tnDUH+GlelkcnTkXkUammgAZISsEhgCZdQgos=", False),  # the key was not decoded
        (BODY + b" ", RIGHT, False),
        (BODY, RIGHT.removeprefix("HMAC "), False),
        (BODY, RIGHT.rstrip("="), False),
        (BODY, "HMAC ", False),
        (BODY, "", False),
        (BODY, "HMAC ä", False),
    ],
)
def test_the_vectors_of_the_signature(raw: bytes, authorization: str, ours: bool) -> None:
    assert is_signed_by(raw, authorization, keys_of(KEY)) is ours


def test_any_of_several_keys_will_do() -> None:
    other = base64.b64encode(b"another").decode()
    keys = keys_of(f" {other} ,{KEY},")
    assert len(keys) == 2
    assert all(is_signed_by(b"x", f"HMAC {signature(b'x', key).decode()}", keys) for key in keys)
    assert not is_signed_by(BODY, RIGHT, keys_of(other))


def test_without_a_key_nothing_is_ours() -> None:
    assert keys_of("") == ()
    empty = f"HMAC {signature(BODY, b'').decode()}"
    assert not is_signed_by(BODY, empty, ())


@pytest.mark.parametrize("text", ["x", f"{KEY},x", "=", "schlüssel"])
def test_keys_that_are_no_base64_are_refused_without_being_told(text: str) -> None:
    with pytest.raises(ValueError, match="expected the outgoing webhook's security tokens") as refused:
        keys_of(text)
    assert KEY not in str(refused.value)
