"""Test the look of the mails: text that any program shows, and HTML that says the same."""

import re
from dataclasses import replace
from html import unescape

import pytest
from jinja2 import UndefinedError

from config.rendering.templates import render
from timeline.letters.mail_views import MailTask, MailView

TASK = MailTask(
    number=1,
    title="Send the list of cases to the chair",
    obligation_title="Monthly PLO panel, Tuesday 10 December 2019",
    asks="Send the chair the list of cases for the panel, counted by age band. Count cases only.",
    due_phrase="due in 3 working days (5 calendar days), Tuesday 3 December",
    ask_sentence="Please tell us you have this by Friday 29 November.",
    why="Because the panel meets on Tuesday 10 December.",
    basis="Basis: the council's own practice.",
    told="The panel chair asks you to do this.",
    words="Their words: “as agreed”",
    url="https://daymark.council.example/r/abcdefgh23456789",
)
MAIL = MailView(
    programme_name="Improvement programme",
    council_name="Medway Council",
    greeting_name="Sam Hart",
    kind="reminder",
    intro="One thing needs you. Below is what is asked, by when, and why by then.",
    tasks=(TASK,),
    closing=("Please do not name a child, a family or a case number in an answer.",),
    preheader="Due in 3 working days.",
    reply="Reply “yes” if you have this, “done” with a link when it is done, “help”, or “not mine”",
    shadow_for="",
    ref="abcdefgh23456789",
)
SEVERAL = replace(MAIL, tasks=(TASK, replace(TASK, number=2, title="Circulate the papers for the panel")))


def text(mail: MailView) -> str:
    return render("mail/reminder.txt.jinja", mail=mail)


def html(mail: MailView) -> str:
    return render("mail/reminder.html.jinja", mail=mail)


@pytest.mark.parametrize("mail", [MAIL, SEVERAL])
def test_both_parts_say_the_same(mail: MailView) -> None:
    plain, rich = " ".join(text(mail).split()), unescape(re.sub(r"<[^>]*>", "", html(mail)))
    for task in mail.tasks:
        due = task.due_phrase[0].upper() + task.due_phrase[1:]
        said = (task.told, task.words, task.asks, task.ask_sentence, task.why, task.basis)
        for words in (task.title, task.obligation_title, due, task.url, *said):
            assert words in plain
            assert words in rich
    for words in (
        "Dear Sam Hart,",
        mail.intro,
        f"{mail.reply}. Or ",
        *mail.closing,
        mail.programme_name,
        mail.council_name,
        mail.ref,
    ):
        assert words in plain
        assert words in rich


def test_one_task_has_no_number_and_several_have() -> None:
    assert "1. Send" not in text(MAIL)
    assert "1. Send" not in html(MAIL)
    for part in (text(SEVERAL), html(SEVERAL)):
        assert "1. Send the list" in part
        assert "2. Circulate the papers" in part


def test_each_button_says_which_task_it_opens() -> None:
    assert ">Open this task and answer</a>" in html(MAIL)
    assert ">Open task 1 and answer</a>" in html(SEVERAL)
    assert ">Open task 2 and answer</a>" in html(SEVERAL)


@pytest.mark.parametrize("mail", [MAIL, SEVERAL])
def test_lines_are_short_and_an_address_is_never_broken(mail: MailView) -> None:
    long = "https://daymark.council.example/a-very-long-path/" + "that-goes-on/" * 8 + "r/abcdefgh23456789"
    mail = replace(mail, tasks=tuple(replace(task, url=long) for task in mail.tasks), closing=(f"See {long} too.",))
    lines = text(mail).splitlines()
    assert [line for line in lines if len(line) > 76 and long not in line] == []
    assert sum(line.strip() == long for line in lines) == len(mail.tasks) + 1


def test_what_was_meant_for_another_says_so_first() -> None:
    shadow = replace(MAIL, shadow_for="This would have gone to Sam Hart, panel chair.")
    assert text(shadow).startswith("*** This would have gone to Sam Hart, panel chair. ***\n\nDear")
    assert "This would have gone to Sam Hart, panel chair." in html(shadow)
    assert "***" not in text(MAIL)


def test_names_are_escaped_in_html_and_plain_in_text() -> None:
    mail = replace(MAIL, greeting_name="Sean O'Brien & <Co>")
    assert "Dear Sean O'Brien & <Co>," in text(mail)
    assert "Dear Sean O&#39;Brien &amp; &lt;Co&gt;," in html(mail)


def test_a_mail_fetches_nothing_and_runs_nothing() -> None:
    assert not re.search(r"<img|<script|<link|url\(|src=", html(SEVERAL))
    assert set(re.findall(r'https?://[^"<\s]+', html(SEVERAL))) == {TASK.url}


def test_the_checklist_and_the_countdown_stand_in_both_parts() -> None:
    line = "Cabinet on Tue 24 Sep is the last meeting that still allows Thu 28 Nov: notice by Fri 23 Aug."
    mail = replace(MAIL, tasks=(replace(TASK, checklist=("Ages", "Wards"), sign_off=line),))
    assert f"{TASK.url} Checklist: - Ages - Wards" in " ".join(text(mail).split())
    assert f"{TASK.basis} Sign-off: {line}" in " ".join(text(mail).split())
    assert "\n\n\n" not in text(mail)
    rich = re.sub(r"<[^>]*>", "", html(mail))
    assert f"Sign-off: {line}" in rich
    assert "<li>Ages</li>" in html(mail)
    assert "Sign-off:" not in text(MAIL) + html(MAIL)


def test_a_sentence_that_is_not_there_leaves_no_gap() -> None:
    mail = replace(MAIL, tasks=(replace(TASK, asks="", ask_sentence=""),))
    assert "\n\n\n" not in text(mail)
    assert not re.search(r"<p[^>]*></p>", html(mail))


def test_a_misspelt_name_in_a_template_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("mail/reminder.txt.jinja")


@pytest.mark.parametrize("mail", [MAIL, SEVERAL])
def test_where_no_answers_are_read_only_the_link_is_offered(mail: MailView) -> None:
    silent = replace(mail, reply="")
    for part in (text(silent), unescape(html(silent))):
        assert "Reply" not in part
    assert ("To answer, use this link:" in text(silent)) is (len(mail.tasks) == 1)
    assert ("To answer, press the button:" in html(silent)) is (len(mail.tasks) == 1)


def test_what_the_law_requires_says_so_beside_its_date() -> None:
    mail = replace(MAIL, tasks=(replace(TASK, law="Required by law."),))
    for part in (text(mail), html(mail)):
        assert "Due in 3 working days (5 calendar days), Tuesday 3 December. Required by law." in " ".join(part.split())


def test_a_list_of_mails_shows_the_preheader_before_any_other_word() -> None:
    body = html(MAIL).partition("<body")[2]
    assert re.sub(r"<[^>]*>|[^<]*>", "", body, count=2).strip().startswith("Due in 3 working days.")
    assert text(MAIL).startswith("Dear Sam Hart,")
