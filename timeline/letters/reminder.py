"""Word the mail that reminds or escalates: in plain English, without threats, and never naming who has not
responded.
"""

from collections.abc import Sequence
from dataclasses import replace

from timeline.answers.responses import Answer, State
from timeline.calendar.london import london_date
from timeline.calendar.wording import awaited, count, days_left, near_date, without_year
from timeline.definitions.people import Person
from timeline.escalation.prompts import CLIMB, CONFIRM, SHADOW, Prompt, PromptKind
from timeline.escalation.task_context import TaskContext
from timeline.letters.asking import stands
from timeline.letters.asking.figures import figure_lines, how_to_send
from timeline.letters.asking.how_to_answer import reply_words
from timeline.letters.asking.situation import situation
from timeline.letters.asking.stands import action_lines
from timeline.letters.asking.subject import subject as subject_of
from timeline.letters.mail_views import MailKind, MailTask, MailView
from timeline.letters.phrases import NO_NAMES, act_of, heading_of, listed_as, trial_run
from timeline.planning.explanation import basis_in_short
from timeline.planning.occurrences import Milestone
from timeline.sign_off import summary as sign_off

# Lines of a checklist that a mail can hold without burying what it asks.
LONGEST_CHECKLIST = 12

BY_LAW = "Required by law."
_BY_DIRECTION = "Required by the statutory direction."


def mail_view(
    tasks: Sequence[tuple[Prompt, TaskContext]], person: Person, urls: Sequence[str], *, ref: str, replies: bool = False
) -> MailView:
    """Build the mail about a task or several; `urls` are their links in the same order.

    `replies`: it is a mail, and answers to it are read; then it says with which words to answer.
    """
    _, task = tasks[0]
    council, prompts = task.council, [prompt for prompt, _ in tasks]
    numbered = enumerate(zip(tasks, urls, strict=True), start=1)
    several = len(tasks) > 1
    told = tuple(
        _with_figures(_mail_task(number, prompt, task, url), prompt, task, several=several, replies=replies)
        for number, ((prompt, task), url) in numbered
    )
    return MailView(
        programme_name=council.programme,
        council_name=council.name,
        greeting_name=person.name,
        kind=mail_kind(prompts),
        preheader=_preheader(tasks, told),
        intro=_intro(prompts, told),
        reply=_reply(prompts, tasks) if replies else "",
        tasks=told,
        closing=(NO_NAMES,),
        shadow_for=_shadow(tasks),
        ref=ref,
    )


def _reply(prompts: Sequence[Prompt], tasks: Sequence[tuple[Prompt, TaskContext]]) -> str:
    """Say with which words to answer: with a digit, where the owner of actions is asked about them."""
    prompt, task = tasks[0]
    lines = action_lines(task) if len(tasks) == 1 and prompt.kind is PromptKind.REMINDER else ()
    return stands.reply_words(lines) if lines else reply_words(prompts)


def mail_kind(prompts: Sequence[Prompt]) -> MailKind:
    if any(prompt.key.rung == CLIMB for prompt in prompts):
        return "help"
    if all(prompt.key.rung == CONFIRM for prompt in prompts):
        return "confirmation"
    escalations = [prompt for prompt in prompts if prompt.kind is PromptKind.ESCALATION]
    return "escalation" if len(escalations) == len(prompts) else "reminder"


def subject(tasks: Sequence[tuple[Prompt, TaskContext]]) -> str:
    """Give words such as "To do by Thu 28 Nov: draft the action plan"."""
    return subject_of(tasks, mail_kind([prompt for prompt, _ in tasks]))


def _intro(prompts: Sequence[Prompt], tasks: Sequence[MailTask]) -> str:
    many, kind = len(prompts) > 1, mail_kind(prompts)
    these = f"These {count(len(prompts), 'task')}" if many else "This task"
    if kind == "confirmation":
        opening = f"{'These are' if many else 'This is'} recorded as done. A second person confirms it, and we ask you."
    elif kind == "reminder":
        opening = f"{these} {'are' if many else 'is'} with you."
    else:
        opening = f"{'These' if many else 'This'} need{'' if many else 's'} help, and you can decide how."
    return f"{opening}{_by_law(tasks) if many else ''}"


def _by_law(tasks: Sequence[MailTask]) -> str:
    """Name the numbers that the law requires, so that nobody takes them for ordinary tasks."""
    numbers = [str(task.number) for task in tasks if task.law == BY_LAW]
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f" Number {numbers[0]} is required by law."
    return f" Numbers {', '.join(numbers[:-1])} and {numbers[-1]} are required by law."


def _preheader(tasks: Sequence[tuple[Prompt, TaskContext]], told: Sequence[MailTask]) -> str:
    """Write what a list of mails shows after the subject: the days left and why, or the other tasks."""
    if len(told) == 1:
        (task,) = told
        due = f"{task.due_phrase[:1].upper()}{task.due_phrase[1:]}."
        return " ".join(filter(None, (task.law, due, task.why or task.asks)))
    acts = "; ".join(
        f"{task.number}. {act_of(context.milestone)}" for task, (_, context) in zip(told, tasks, strict=True)
    )
    return f"{acts}.{_by_law(told)}"


def _shadow(tasks: Sequence[tuple[Prompt, TaskContext]]) -> str:
    prompt, task = tasks[0]
    if prompt.deliver_to == prompt.meant_for and not prompt.key.person.startswith(SHADOW):
        return ""
    names = dict.fromkeys(task.timeline.directory.people[prompt.meant_for].name for prompt, _ in tasks)
    return trial_run(task.council, meant_for=" and ".join(names))


def _mail_task(number: int, prompt: Prompt, task: TaskContext, url: str) -> MailTask:
    milestone, before = task.milestone, situation(prompt, task)
    return MailTask(
        number=number,
        title=heading_of(milestone),
        obligation_title=milestone.duty,
        told=before.told,
        words=before.words,
        evidence=before.evidence,
        asks=milestone.asks,
        due_phrase=due_phrase(task),
        law=required(milestone),
        ask_sentence=_ask(prompt, task),
        why=why_sentence(task),
        basis=" ".join(filter(None, (listed_as(milestone), basis_in_short(milestone)))),
        checklist=_checklist(milestone),
        sign_off=sign_off.in_short(task.timeline, task.milestone, at=task.at),
        url=url,
        confirms=prompt.key.rung == CONFIRM,
    )


def _with_figures(told: MailTask, prompt: Prompt, task: TaskContext, *, several: bool, replies: bool) -> MailTask:
    """Add the figures that the task asks for: its owner gives them, and nobody else is asked."""
    if prompt.kind is not PromptKind.REMINDER or prompt.key.rung == CONFIRM:
        return told
    if actions := action_lines(task):
        return replace(told, actions=tuple(line.whole for line in actions))
    lines = figure_lines(task)
    how = how_to_send(lines, told.number if several else None, replies=replies)
    return replace(told, figures=tuple(line.whole for line in lines), figures_how=how)


def required(milestone: Milestone) -> str:
    """Say that law or a direction requires this task by its day; empty where neither does."""
    if milestone.by_law:
        return BY_LAW
    return _BY_DIRECTION if milestone.by_direction else ""


def due_phrase(task: TaskContext) -> str:
    milestone = task.milestone
    if milestone.due_on is None:
        return f"waits for {awaited(milestone.waits_for)}"
    response = task.status.response
    if task.status.state is State.UNCONFIRMED and response:
        done_on = near_date(response.done_on, on=task.on)
        return f"done on {done_on}, for {near_date(milestone.due_on, on=task.on)}, and not confirmed yet"
    return days_left(milestone.due_on, on=task.on, calendar=task.office, legal_on=milestone.legal_on)


def why_sentence(task: TaskContext) -> str:
    """Say in a plain sentence why the date is that day; empty when nothing plain can be said of it any more."""
    milestone = task.milestone
    if milestone.because_until and milestone.because_until < task.on:
        return ""
    return without_year(milestone.because, on=task.on)


def _checklist(milestone: Milestone) -> tuple[str, ...]:
    """Give the checklist; a long list is shown only on the task's page."""
    return milestone.checklist if len(milestone.checklist) <= LONGEST_CHECKLIST else ()


def _ask(prompt: Prompt, task: TaskContext) -> str:
    """Ask for an answer; later mails say who will be asked to help, and when."""
    if prompt.key.rung == CONFIRM:
        return "Please look at the evidence and confirm it, or say what is missing."
    if prompt.kind is PromptKind.ESCALATION:
        return "Please talk with the post holder, or take it on yourself."
    if task.milestone.asks_owner:
        return f"{stands.answer_by(task)}{_then(prompt, task) if task.asked_before else ''}"
    if prompt.key.due_on <= task.on:
        return f"Please tell us that it is done, or what would help.{_then(prompt, task)}"
    by_on = near_date(min(prompt.key.due_on, task.office.ahead(task.on, 2)), on=task.on)
    response = task.status.response
    if response and response.answer is Answer.ACKNOWLEDGED:
        answered_on = near_date(london_date(response.at), on=task.on)
        where = f"Please tell us by {by_on} where it stands."
        return f"You told us on {answered_on} that you have this. {where}{_then(prompt, task)}"
    return f"Please tell us you have this by {by_on}.{_then(prompt, task) if task.asked_before else ''}"


def _then(prompt: Prompt, task: TaskContext) -> str:
    """Announce the next rung that asks somebody else; empty when none does.

    A delegate or a stand-in may hold that very post: nobody is told that they themselves will be asked.
    """
    for rung_time in task.rung_times():
        for selector in rung_time.rung.to:
            recipient = task.audience.recipient(selector) if rung_time.at > task.at else None
            if recipient and recipient.post.key != task.milestone.owner and recipient.person.key != prompt.meant_for:
                day = near_date(rung_time.at.date(), on=task.on)
                return f" If it is still open on {day} we will ask the {recipient.post.title} how to help."
    return ""
