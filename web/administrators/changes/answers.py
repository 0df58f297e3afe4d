"""Offer the forms that speak for somebody: an answer or a confirmation on behalf, and a test message."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from config.rendering.texts import Texts
from tasks.changes.record import Refused
from tasks.council.answers import ON_BEHALF
from tasks.council.run import CouncilRun
from tasks.proposals import answers, people
from tasks.proposals.proposal import Proposal
from timeline.answers.responses import Answer, Given
from timeline.steering.filters import EVERYTHING, Choice, filters
from timeline.steering.narrowing import Asked, NotOffered
from web.administrators.changes.fields import Field, Values
from web.administrators.changes.form import Filter, Form, Narrowed


def forms(t: Texts) -> Iterator[Form]:
    """Give the forms of this subject, in the order of the page."""
    answer = t("changes.answer")
    hint = t("changes.answer_hint")
    yield Form(name="answer", title=answer, hint=hint, fields=_of_an_answer, propose=_answer, narrow=_by_caller)
    test = t("changes.test")
    yield Form(name="test", title=test, hint=t("changes.test_hint"), fields=_of_a_test, propose=_test)


def _of_an_answer(run: CouncilRun, t: Texts) -> Sequence[Field]:
    everybody = people.people(run)
    return (
        # The list is narrowed down; the answer itself says whether there is such a task.
        Field(kind="select", name="ref", label=t("changes.which_task"), judged_later=True),
        Field(kind="radios", name="answer", label=t("changes.what_said"), choices=_choices(t)),
        Field(kind="select", name="by", label=t("changes.who_says"), choices=everybody),
        Field(
            kind="select",
            name="for",
            label=t("changes.for_whom"),
            hint=t("changes.for_hint"),
            choices=everybody,
            needed=False,
        ),
        Field(kind="line", name="evidence", label=t("changes.evidence"), hint=t("form.done_hint"), needed=False),
        Field(kind="select", name="to", label=t("changes.passed_to"), choices=everybody, needed=False),
        Field(kind="words", name="text", label=t("changes.words"), hint=t("form.warning"), needed=False),
    )


def _by_caller(run: CouncilRun, t: Texts, typed: Mapping[str, str], fields: Sequence[Field]) -> Narrowed:
    """List the tasks of whoever calls, of a post or of a duty: with two years of history a whole list is too long."""
    caller, post, duty, until = (typed.get(name, "").strip() for name in ("caller", "post", "duty", "until"))
    everything = until == EVERYTHING
    asked = Asked(duty=duty, post=post, until="" if everything else until, mine=caller, all_=everything)
    offered = filters(run.timeline, asked)
    above = (
        Filter("caller", t("changes.caller"), t("changes.any_caller"), people.people(run), caller),
        Filter("post", t("timeline.post"), t("timeline.every_post"), offered.post, post),
        Filter("duty", t("timeline.duty"), t("timeline.every_duty"), offered.duty, duty),
        Filter("until", t("timeline.until"), t("timeline.usual"), offered.until, until),
    )
    try:
        tasks, fault = answers.tasks(run, asked, also=typed.get("ref", "")), ""
    except NotOffered as refused:
        tasks, fault = (), str(refused)
    now: dict[str, dict[str, Any]] = {"ref": {"choices": tasks}, "by": {"usual": caller}}
    return Narrowed(above, tuple(replace(field, **now.get(field.name, {})) for field in fields), fault)


def _choices(t: Texts) -> tuple[Choice, ...]:
    return (
        Choice(Answer.ACKNOWLEDGED, t("form.acknowledged")),
        Choice(Answer.DONE, t("form.done")),
        Choice(Answer.HELP, t("form.help")),
        Choice(Answer.DECLINED, t("form.declined")),
        Choice(Answer.DELEGATED, t("form.delegated")),
        Choice(Answer.CONFIRMED, t("form.confirmed")),
        Choice(Answer.RETURNED, t("form.returned")),
    )


def _answer(run: CouncilRun, given: Values) -> Proposal:
    by, for_whom, to = (_key(run, given[name]) for name in ("by", "for", "to"))
    answer = Answer(str(given["answer"]))
    if answer is Answer.RETURNED and not given["text"]:
        raise Refused("Say what is missing, so that the task can be done.")
    said = Given(
        person=for_whom or by,
        answer=answer,
        via=ON_BEHALF,
        evidence=str(given["evidence"] or ""),
        text=str(given["text"] or ""),
        delegated_to=to,
        by=by,
    )
    return answers.answering(run, str(given["ref"]), said, entered_by=str(given["who"]))


def _key(run: CouncilRun, address: object) -> str:
    person = run.timeline.directory.at_address(str(address)) if address else None
    return person.key if person else ""


def _of_a_test(_run: CouncilRun, _t: Texts) -> Sequence[Field]:
    return ()


def _test(run: CouncilRun, _given: Values) -> Proposal:
    return answers.trying_mail(run)
