"""The mail that reminds or escalates: in plain English, without threats, and never naming who has not responded."""

from collections.abc import Mapping, Sequence

from timeline.answers.responses import Answer, State
from timeline.calendar.london import london_date
from timeline.calendar.wording import awaited, count, days_left, near_date
from timeline.definitions.people import Person
from timeline.escalation.prompts import CLIMB, CONFIRM, DELEGATED, RETURNED, SHADOW, Prompt, PromptKind
from timeline.escalation.task_context import TaskContext
from timeline.letters.mail_views import MailKind, MailTask, MailView
from timeline.letters.phrases import NO_NAMES, owner_title, their_words, trial_run
from timeline.planning.explanation import brief
from timeline.planning.occurrences import Milestone
from timeline.sign_off import summary as sign_off

# Lines of a checklist that a mail can hold without burying what it asks.
LONGEST_CHECKLIST = 12

ANSWERED: Mapping[Answer, str] = {
    Answer.ACKNOWLEDGED: "has this",
    Answer.DONE: "says it is done",
    Answer.HELP: "needs help",
    Answer.DECLINED: "says this is not theirs",
    Answer.DELEGATED: "has passed this on",
    Answer.CONFIRMED: "has confirmed that it is done",
    Answer.RETURNED: "says that it is not done yet",
}


def mail_view(
    tasks: Sequence[tuple[Prompt, TaskContext]], person: Person, urls: Sequence[str], *, ref: str
) -> MailView:
    """Build the mail about one or several tasks; `urls` are their links in the same order."""
    _, task = tasks[0]
    council = task.council
    numbered = enumerate(zip(tasks, urls, strict=True), start=1)
    return MailView(
        programme_name=council.programme,
        council_name=council.name,
        greeting_name=person.name,
        kind=mail_kind([prompt for prompt, _ in tasks]),
        intro=_intro([prompt for prompt, _ in tasks]),
        tasks=tuple(_mail_task(number, prompt, task, url) for number, ((prompt, task), url) in numbered),
        closing=(NO_NAMES,),
        shadow_for=_shadow(tasks),
        ref=ref,
    )


def mail_kind(prompts: Sequence[Prompt]) -> MailKind:
    if any(prompt.key.rung == CLIMB for prompt in prompts):
        return "help"
    if all(prompt.key.rung == CONFIRM for prompt in prompts):
        return "confirmation"
    escalations = [prompt for prompt in prompts if prompt.kind is PromptKind.ESCALATION]
    return "escalation" if len(escalations) == len(prompts) else "reminder"


def subject(tasks: Sequence[tuple[Prompt, TaskContext]]) -> str:
    """Such as "Improvement programme: First draft of the action plan, due in 3 working days (…)"."""
    prompt, task = tasks[0]
    title = task.milestone.title if len(tasks) == 1 else f"{count(len(tasks), 'task')} on your timeline"
    kind = mail_kind([prompt for prompt, _ in tasks])
    if kind == "confirmation":
        return f"{task.council.programme}: Please confirm: {title}"
    helped = "This needs help: " if kind != "reminder" else ""
    due = f", due {near_date(prompt.key.due_on, on=task.on)}" if len(tasks) == 1 else ""
    return f"{task.council.programme}: {helped}{title}{due}"


def _intro(prompts: Sequence[Prompt]) -> str:
    many = len(prompts) > 1
    if mail_kind(prompts) == "confirmation":
        return f"{'These are' if many else 'This is'} recorded as done. A second person confirms it, and we ask you."
    if mail_kind(prompts) == "reminder":
        return (
            "These tasks on the improvement timeline are with you."
            if many
            else ("This task on the improvement timeline is with you.")
        )
    return f"{'These' if many else 'This'} need{'' if many else 's'} help, and you can decide how."


def _shadow(tasks: Sequence[tuple[Prompt, TaskContext]]) -> str:
    prompt, task = tasks[0]
    if prompt.deliver_to == prompt.meant_for and not prompt.key.person.startswith(SHADOW):
        return ""
    names = dict.fromkeys(task.timeline.directory.people[prompt.meant_for].name for prompt, _ in tasks)
    return trial_run(task.council, meant_for=" and ".join(names))


def _mail_task(number: int, prompt: Prompt, task: TaskContext, url: str) -> MailTask:
    milestone = task.milestone
    return MailTask(
        number=number,
        title=milestone.title,
        obligation_title=milestone.duty,
        asks=_standing_in(prompt, task) + (_situation(prompt, task) or milestone.asks),
        due_phrase=due_phrase(task),
        ask_sentence=_ask(prompt, task),
        why=why_line(task),
        checklist=_checklist(milestone),
        sign_off=sign_off.in_short(task.timeline, task.milestone, at=task.at),
        url=url,
        confirms=prompt.key.rung == CONFIRM,
    )


def due_phrase(task: TaskContext) -> str:
    milestone = task.milestone
    if milestone.due_on is None:
        return f"waits for {awaited(milestone.waits_for)}"
    response = task.status.response
    if task.status.state is State.UNCONFIRMED and response:
        done_on = near_date(london_date(response.at), on=task.on)
        return f"done on {done_on}, for {near_date(milestone.due_on, on=task.on)}, and not confirmed yet"
    return days_left(milestone.due_on, on=task.on, calendar=task.office, legal_on=milestone.legal_on)


def why_line(task: TaskContext) -> str:
    """Give rule, basis and status in a line, with the arithmetic that gave the date."""
    return " ".join(brief(task.milestone))


def _checklist(milestone: Milestone) -> tuple[str, ...]:
    """Give the checklist; a long list is shown only on the task's page."""
    return milestone.checklist if len(milestone.checklist) <= LONGEST_CHECKLIST else ()


def _situation(prompt: Prompt, task: TaskContext) -> str:
    """Word the situation for anybody but the owner: the duty and the help it needs, never who is late."""
    if prompt.key.rung == DELEGATED:
        return _delegated(task)
    if prompt.key.rung == CONFIRM:
        return _done(task)
    if prompt.key.rung == RETURNED:
        return _returned(task)
    if prompt.kind is PromptKind.REMINDER:
        return ""
    post = owner_title(task)
    if _is_fallback(prompt, task):
        return f"Nobody is there for this task of the {post}, so it comes to you. The task: {task.milestone.asks}"
    response = task.status.response
    if prompt.key.rung == CLIMB and response:
        who = _post_on_line(task, response.person) or post
        return f"The {who} {ANSWERED[response.answer]}.{their_words(response)} The task: {task.milestone.asks}"
    return f"This task of the {post} needs help: it is not done yet. The task: {task.milestone.asks}"


def _is_fallback(prompt: Prompt, task: TaskContext) -> bool:
    """Tell whether the rung names another post, for which nobody is there."""
    rung = next((rung for rung in task.milestone.ladder.rungs if rung.key == prompt.key.rung), None)
    return rung is not None and prompt.selector not in rung.to


def _standing_in(prompt: Prompt, task: TaskContext) -> str:
    """Say to a stand-in that the post holder is away, and never why."""
    if not prompt.stands_in_for:
        return ""
    meant = task.audience.recipient(prompt.selector)
    away = meant.meant.title if meant and meant.stands_in_for == prompt.stands_in_for else "post holder"
    return f"The {away} is away, so this comes to you. "


def _delegated(task: TaskContext) -> str:
    response = task.status.response
    before = task.audience.stands_for(response.person) if response else None
    asks = f"{f'The {before.post.title}' if before else 'Whoever had it before'} asks you to do this."
    return f"{asks}{their_words(response)} The task: {task.milestone.asks}"


def _done(task: TaskContext) -> str:
    """Say which post recorded the task as done, and the evidence."""
    response = task.status.response
    if response is None:
        return f"The task: {task.milestone.asks}"
    who = _post_on_line(task, response.person) or _any_post(task, response.person)
    recorded = f"The {who} recorded on {near_date(london_date(response.at), on=task.on)} that this is done."
    # The evidence comes last, so that no full stop becomes part of a link.
    return f"{recorded} The task: {task.milestone.asks} Evidence: {response.evidence or 'erased since.'}"


def _any_post(task: TaskContext, person: str) -> str:
    recipient = task.audience.stands_for(person)
    return recipient.post.title if recipient else "post holder"


def _returned(task: TaskContext) -> str:
    response = task.status.response
    if response is None or response.answer is not Answer.RETURNED:
        return f"This was recorded as done and is not done yet. The task: {task.milestone.asks}"
    who = _any_post(task, response.person)
    return f"The {who} says that this is not done yet. Their words: {response.text} The task: {task.milestone.asks}"


def _post_on_line(task: TaskContext, person: str) -> str:
    """Give the title of a person's post on the owner's line of managers, who may ask for help too; or empty."""
    directory = task.timeline.directory
    line = (directory.holder(post, on=task.on) for post in directory.line(task.milestone.owner))
    return next((held.post.title for held in line if held and held.person.key == person), "")


def _ask(prompt: Prompt, task: TaskContext) -> str:
    """Ask for an answer: the first mail says how, later mails say who will be asked to help, and when."""
    if prompt.key.rung == CONFIRM:
        return "Please look at the evidence and confirm it, or say what is missing: use the link."
    if prompt.kind is PromptKind.ESCALATION:
        return "Please talk with the post holder, or take it on yourself: use the link to say so."
    if prompt.key.due_on <= task.on:
        return f"Please tell us that it is done, or what would help: use the link.{_then(task)}"
    by_on = near_date(min(prompt.key.due_on, task.office.add(task.on, 2)), on=task.on)
    response = task.status.response
    if response and response.answer is Answer.ACKNOWLEDGED:
        answered_on = near_date(london_date(response.at), on=task.on)
        return (
            f"You told us on {answered_on} that you have this. Please tell us by {by_on} where it stands.{_then(task)}"
        )
    if task.asked_before:
        return f"Please tell us you have this by {by_on}.{_then(task)}"
    return f"Please tell us you have this by {by_on}. Need help, or not yours? Use the same link."


def _then(task: TaskContext) -> str:
    """Announce the next rung that asks another post; empty when none does."""
    for rung_time in task.rung_times():
        for selector in rung_time.rung.to:
            recipient = task.audience.recipient(selector) if rung_time.at > task.at else None
            if recipient and recipient.post.key != task.milestone.owner:
                day = near_date(rung_time.at.date(), on=task.on)
                return f" If it is still open on {day} we will ask the {recipient.post.title} how to help."
    return ""
