"""Tell one task of the Medway case to one reader, as a mail, a correction or a receipt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from config.rendering.templates import render
from tests.config.medway import medway, planned
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer, Response
from timeline.escalation.prompts import MOVED, Prompt, PromptKey, PromptKind
from timeline.escalation.task_context import TaskContext, task_context
from timeline.letters import receipt as receipts
from timeline.letters.correction import correction_subject, correction_view
from timeline.letters.page_views import MessageTask
from timeline.letters.reminder import mail_view, subject
from timeline.planning.occurrences import Milestone

URL, REF = "https://daymark.council.example/r/abcdefghjkmnpq{}", "abcdefghjkmnpq23"


PROGRAMME = "Improvement programme"


Told = tuple[Prompt, TaskContext]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Hold a kind of mail: `html` is empty where there is only text."""

    name: str
    title: str
    when: str
    subject: str
    text: str
    html: str = ""


def kind_of(name: str, title: str, when: str, view: object, template: str, about: str) -> Kind:
    text, html = (render(f"mail/{template}.{form}.jinja", mail=view) for form in ("txt", "html"))
    return Kind(name=name, title=title, when=when, subject=f"{about} [ref:{REF}]", text=text, html=html)


def mail(name: str, title: str, when: str, *tasks: Told, replies: bool = True) -> Kind:
    urls = [URL.format(number + 22) for number, _ in enumerate(tasks, start=1)]
    person = medway().directory.people[tasks[0][0].deliver_to]
    view = mail_view(tasks, person, urls, ref=REF, replies=replies)
    return kind_of(name, title, when, view, "reminder", subject(tasks))


def correction(name: str, title: str, when: str, of: Milestone, rung: str, first: Any) -> Kind:
    task = task_context(medway(), of, [first], at=at("Tue 5 Nov 2019 11:00"))
    key = PromptKey(of.ref, of.due_on if rung == MOVED and of.due_on else first.key.due_on, rung, first.key.person, 0)
    prompt = replace(told(of.ref, "Fri 1 Nov 2019")[0], key=key, kind=PromptKind.CORRECTION)
    view = correction_view(
        [(prompt, task)],
        medway().directory.people[first.key.person],
        [URL.format(23)] if rung == MOVED else [],
        ref=REF,
        replies=True,
    )
    return kind_of(name, title, when, view, "correction", correction_subject([(prompt, task)]))


def receipt(
    name: str,
    title: str,
    about: str,
    sentences: Sequence[str],
    *,
    task: MessageTask,
    template: str = "receipt",
) -> Kind:
    view = receipts.ReceiptView(
        programme_name=PROGRAMME,
        council_name=medway().council.name,
        greeting_name=medway().directory.people[holder("communications_lead")].name,
        sentences=tuple(sentences),
        tasks=(task,),
        ref=REF,
    )
    return kind_of(name, title, "It answers in the same thread.", view, template, f"{PROGRAMME}: {about}")


def told(
    ref: str,
    when: str,
    *responses: Response,
    rung: str = "",
    to: str = "",
    kind: PromptKind | None = None,
    entries: Sequence[Any] = (),
) -> Told:
    """Give what the holder of a post is told of a task at 08:30 on a day; `to` is its owner unless stated."""
    of, post = milestone(ref), to or milestone(ref).owner
    assert of.due_on
    moment = at(f"{when} 08:30")
    prompt = Prompt(
        key=PromptKey(ref, of.due_on, rung or of.ladder.rungs[0].key, holder(post), 0),
        kind=kind or (PromptKind.ESCALATION if to else PromptKind.REMINDER),
        selector="line manager of owner" if to else "owner",
        post=post,
        meant_for=holder(post),
        deliver_to=holder(post),
        rung_at=moment,
        send_at=moment,
    )
    return prompt, task_context(medway(), of, entries, responses, at=at(f"{when} 10:30") if responses else moment)


def milestone(ref: str) -> Milestone:
    return next(task for task in planned()[ref.rpartition("/")[0]].milestones if task.ref == ref)


def answer(ref: str, what: Answer, when: str, *, by: str = "", **words: Any) -> Response:
    of = milestone(ref)
    assert of.due_on
    person = holder(by or of.owner)
    return Response(
        milestone=ref,
        due_on=of.due_on,
        person=person,
        answer=what,
        at=at(when),
        via="mail",
        to_confirm=what is Answer.DONE and of.needs_second_person,
        **words,
    )


def holder(post: str) -> str:
    recipient = medway().directory.holder(post, on=day("Mon 4 Nov 2019"))
    assert recipient
    return recipient.person.key


def shadow_of(key: PromptKey) -> PromptKey:
    return key._replace(person=f"shadow/{key.person}")
