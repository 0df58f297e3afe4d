"""Test texts for channels with little room: whole links, plain letters, nobody's name."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.letters import cards
from timeline.letters.correction import CorrectionTask, CorrectionView
from timeline.letters.mail_views import MailTask, MailView
from timeline.letters.text_message import LONGEST, gsm, length, short_correction, short_text

URL = "https://daymark.council.example/r/«token 1»"
MESSAGE_URL = "https://daymark.council.example/r/«token 0»"
TASK = MailTask(
    number=1,
    title="First draft of the action plan",
    obligation_title="Action plan to Ofsted",
    asks="The Head of Service needs help. Their words: Ask Robin about it.",
    due_phrase="due in 3 working days (5 calendar days), Thursday 28 November",
    ask_sentence="If it is still open on Friday we will ask the Director of People how to help.",
    why="70 working days after the report",
    url=URL,
)
MAIL = replace(cards.MAIL, tasks=(TASK,), closing=("Please do not name a child.",))
SEVERAL = replace(MAIL, tasks=(TASK, replace(TASK, number=2), replace(TASK, number=3)))
MOVED = CorrectionTask(
    number=1,
    title="Data lists for the visit",
    duty="Monitoring visit",
    now="now due in 5 working days (7 calendar days), Thursday 5 December",
    was="On Monday 25 November we told you that this was due on Thursday 28 November.",
    why="Robin moved it.",
    follows="The link in our earlier mails no longer works: please use this one.",
    url=URL,
)
CORRECTION = replace(
    cards.CORRECTION, intro="We told you a date that no longer holds.", tasks=(MOVED,), closing=(), shadow_for=""
)


def due(phrase: str) -> MailView:
    return replace(MAIL, tasks=(replace(TASK, due_phrase=phrase),))


# Of a text message to an officer or a manager: the whole of it.
REMINDERS = [
    (
        MAIL,
        "Improvement programme: First draft of the action plan: due in 3 working days, Thu 28 Nov. "
        f"Tell us here: {URL}",
    ),
    (
        due("due today, Thursday 28 November 2019"),
        f"Improvement programme: First draft of the action plan: due today, Thu 28 Nov 2019. Tell us here: {URL}",
    ),
    (
        due("due in 3 calendar days, Monday 2 December"),
        f"Improvement programme: First draft of the action plan: due in 3 calendar days, Mon 2 Dec. "
        f"Tell us here: {URL}",
    ),
    (
        due("overdue by 2 working days (4 calendar days), since Wednesday 27 February"),
        "Improvement programme: First draft of the action plan: overdue by 2 working days, since Wed 27 Feb. "
        f"Tell us here: {URL}",
    ),
    (
        due("the last working day before it, Tuesday 3 September, has passed; it is due on Saturday 7 September"),
        "Improvement programme: First draft of the action plan: the last working day before it, Tue 3 Sep, has passed; "
        f"it is due on Sat 7 Sep. Tell us here: {URL}",
    ),
    (
        due("waits for report received"),
        f"Improvement programme: First draft of the action plan: waits for report received. Tell us here: {URL}",
    ),
    (
        replace(MAIL, kind="escalation"),
        "Improvement programme: This needs help: First draft of the action plan: due in 3 working days, "
        f"Thu 28 Nov. Decide here: {URL}",
    ),
    (
        replace(MAIL, shadow_for="Trial run until Friday: this would have gone to Robin Moss."),
        "Trial run: Improvement programme: First draft of the action plan: due in 3 working days, Thu 28 Nov. "
        f"Tell us here: {URL}",
    ),
    (SEVERAL, f"Improvement programme: 3 tasks on the timeline are with you. Tell us here: {MESSAGE_URL}"),
    (
        replace(SEVERAL, kind="help"),
        f"Improvement programme: 3 tasks on the timeline need help. Decide here: {MESSAGE_URL}",
    ),
]


@pytest.mark.parametrize(("view", "text"), REMINDERS)
def test_a_reminder_says_what_is_due_when_and_where_to_answer(view: MailView, text: str) -> None:
    assert short_text(view) == text


def now(phrase: str, url: str = "") -> CorrectionView:
    return replace(CORRECTION, tasks=(replace(MOVED, now=phrase, url=url),))


CORRECTIONS = [
    (
        CORRECTION,
        "Improvement programme: Correction: Data lists for the visit: now due in 5 working days, Thu 5 Dec. "
        f"From now on please use this link: {URL}",
    ),
    (
        now("no longer needed"),
        "Improvement programme: Correction: Data lists for the visit: no longer needed. "
        "You do not need to do anything.",
    ),
    (
        now("no date for now: it waits for the visit"),
        "Improvement programme: Correction: Data lists for the visit: no date for now: it waits for the visit. "
        "You do not need to do anything.",
    ),
    (
        replace(CORRECTION, tasks=(MOVED, replace(MOVED, url=""))),
        f"Improvement programme: Dates have changed for 2 tasks. See them here: {MESSAGE_URL}",
    ),
    (
        replace(CORRECTION, tasks=(replace(MOVED, url=""), replace(MOVED, url=""))),
        "Improvement programme: Dates have changed for 2 tasks. You do not need to do anything.",
    ),
]


@pytest.mark.parametrize(("view", "text"), CORRECTIONS)
def test_a_correction_says_how_things_stand_now(view: CorrectionView, text: str) -> None:
    assert short_correction(view) == short_text(view) == text


@pytest.mark.parametrize("view", [*(view for view, _ in REMINDERS), *(view for view, _ in CORRECTIONS)])
def test_nobody_is_named(view: MailView | CorrectionView) -> None:
    for name in ("Sam", "Hart", "Robin", "Moss", "Head of Service", "Director"):
        assert name not in short_text(view)


LETTERS = [
    ("the director’s “sign-off” – part 1…", 'the director\'s "sign-off" - part 1...'),
    ("Cynllun gweithredu’r Cyngor: ŵyl, tŷ, ê", "Cynllun gweithredu'r Cyngor: wyl, ty, e"),
    ("señor Müller, à Øre, £5 @ €7", "señor Müller, à Øre, £5 @ €7"),
    ("one\r\ntwo\tthree\x00four\u2028five\xa0six", "one two threefour five six"),
    ("right\u202eleft\u2066 \u200bword\ufeff", "rightleft word"),
    ("done 👍🏽 ❤️", "done"),
    ("план", "????"),
    ("ﬁle № ½ ａ", "file No 12 a"),
    ("broken \ud800 half", "broken half"),
]


@pytest.mark.parametrize(("text", "plain"), LETTERS)
def test_only_letters_of_the_gsm_alphabet_leave(text: str, plain: str) -> None:
    assert gsm(text) == plain


def test_brackets_and_the_like_take_the_room_of_two_and_a_token_its_full_length() -> None:
    assert length("[€]") == 6
    assert length("«token 12»") == 16


@pytest.mark.parametrize("room", [-1, 0, 1])
def test_a_title_is_cut_at_a_word_when_it_no_longer_fits(room: int) -> None:
    fixed = length(short_text(replace(MAIL, tasks=(replace(TASK, title=""),))))
    title = f"{'a' * (LONGEST - fixed - room - 9)} word end"
    text = short_text(replace(MAIL, tasks=(replace(TASK, title=title),)))
    assert (f": {title}: due" in text) is (room >= 0)
    assert ("aaa...: due" in text) is (room < 0)
    assert length(text) <= LONGEST


def test_a_reader_sees_the_date_however_long_the_title_is() -> None:
    text = short_text(replace(MAIL, tasks=(replace(TASK, title="Update of the risk register [draft] " * 50),)))
    assert LONGEST - 20 < length(text) <= LONGEST
    assert text.endswith(f"...: due in 3 working days, Thu 28 Nov. Tell us here: {URL}")


@given(title=st.text(max_size=900), programme=st.text(max_size=300), phrase=st.text(max_size=600))
def test_whatever_stands_in_it_a_text_fits_and_its_link_is_whole(title: str, programme: str, phrase: str) -> None:
    view = replace(MAIL, programme_name=programme, tasks=(replace(TASK, title=title, due_phrase=phrase),))
    moved = replace(CORRECTION, programme_name=programme, tasks=(replace(MOVED, title=title, now=phrase),))
    for text in (short_text(view), short_text(moved)):
        assert text.endswith(f" {URL}")
        assert length(text) <= LONGEST
        assert gsm(text.removesuffix(URL)) == text.removesuffix(URL).strip()
