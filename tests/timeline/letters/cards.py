"""Give mails and corrections as cards, with hostile texts, and find the faults of a card."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]

from timeline.letters.correction import CorrectionTask, CorrectionView
from timeline.letters.mail_views import MailTask, MailView

SCHEMA = Path(__file__).parents[2] / "data/adaptive-cards/adaptive-card-1.5.schema.json"
SAM = "00000000-1111-2222-3333-444444444444"
TASK = MailTask(
    number=1,
    title="Director’s sign-off of the action plan",
    obligation_title="Action plan to Ofsted and the Secretary of State",
    asks="Sign off the written statement of action.",
    due_phrase="due in 3 working days (5 calendar days), Thursday 14 November",
    ask_sentence="Please tell us you have this by Wednesday 13 November. Need help, or not yours? Use the same link.",
    why="10 working days before the action plan is due on Thursday 28 November 2019. Basis: SI 2018/794 reg 3.",
    url="https://daymark.council.example/r/«token 1»",
    checklist=("The plan", "The equality assessment"),
    sign_off="Cabinet meets on Tuesday 3 December.",
)
MAIL = MailView(
    programme_name="Improvement programme",
    council_name="Medway Council",
    greeting_name="Sam Hart",
    kind="reminder",
    intro="This task on the improvement timeline is with you.",
    tasks=(TASK,),
    closing=("Please do not name a child, a family or a case number in an answer.",),
    shadow_for="",
    ref="«token 0»",
)
MOVED = CorrectionTask(
    number=1,
    title="Data lists for the visit",
    duty="Monitoring visit",
    now="now due in 4 working days (6 calendar days), Wednesday 20 November",
    was="On Tuesday 12 November we told you that this was due on Monday 18 November.",
    why="The visit moved to Wednesday 27 November 2019: Ofsted asked for it.",
    follows="The link in our earlier mails no longer works: please use this one.",
    url="https://daymark.council.example/r/«token 1»",
)
CORRECTION = CorrectionView(
    programme_name="Improvement programme",
    council_name="Medway Council",
    greeting_name="Sam Hart",
    intro="We told you a date on the improvement timeline that no longer holds. This is how things stand now.",
    tasks=(MOVED, replace(MOVED, number=2, title="Hotel", now="no longer needed", was="", why="", url="")),
    closing=("We are sorry if this has cost you work.",),
    shadow_for="",
    ref="«token 0»",
)
HOSTILE = {
    "markdown": "**Bold** _it_ [press](https://evil.example) # h > q ~~s~~ `c` ![i](https://evil.example/i.png)",
    "a list": "1. one\n- two\n# three\n> four",
    "HTML": '<at>Everybody</at> <img src="https://evil.example/i.png"> &amp; <b>bold</b>',
    "a date function": "{{{DATE(2017-02-14T06:00:00Z, SHORT)}}} {{TIME(x)}}",
    "right to left": "\u202eforged\u202c \u2066isolated\u2069 \u200fmark",
    "controls": "nul\x00 bell\x07 line\u2028end \ud800 surrogate",
    "5,000 characters": "unbroken" * 625,
    "5,000 emoji": "🚸" * 5_000,
    "template": '${title} @{triggerBody()} \\u0022, "} ]',
    "nothing": "",
}


def several_tasks(n: int, **changes: Any) -> MailView:
    tasks = (
        replace(TASK, **{"title": f"Task number {each} of the list", **changes}, number=each, url=url(each))
        for each in range(1, n + 1)
    )
    return replace(MAIL, tasks=tuple(tasks))


def url(number: int) -> str:
    return f"https://daymark.council.example/r/«token {number}»"


@cache
def validator() -> jsonschema.Draft6Validator:
    return jsonschema.Draft6Validator(json.loads(SCHEMA.read_text("utf-8")))


def faults(card: dict[str, Any]) -> list[str]:
    """Tell what the published schema refuses; it does not know Teams' own key, and is strict about everything else."""
    bare = {key: value for key, value in card.items() if key != "msteams"}
    return [error.message for error in validator().iter_errors(bare)]


def parts(given: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(given, dict):
        if given.get("type") == kind:
            yield given
        for value in given.values():
            yield from parts(value, kind)
    elif isinstance(given, list):
        for value in given:
            yield from parts(value, kind)


def words(card: dict[str, Any]) -> str:
    return "\n".join(run["text"] for run in parts(card, "TextRun"))


def links(card: dict[str, Any]) -> list[str]:
    return [action["url"] for action in parts(card, "Action.OpenUrl")]
