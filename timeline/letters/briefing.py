"""Word a briefing for the lead member: what is due, why this date, how it stands, and what is being done.

It is neutral and short: no threat, no person, no child or family, and nothing that asks for an answer.
"""

from timeline.answers.responses import State
from timeline.calendar.wording import long_date
from timeline.definitions.people import AnswersAs
from timeline.escalation.task_context import TaskContext
from timeline.letters.mail_views import MailLine, MailLines
from timeline.letters.phrases import owner_title, title_of, trial_run
from timeline.planning.explanation import brief

_FOR_INFORMATION = "This is for your information. Nothing is asked of you."


def subject(task: TaskContext) -> str:
    """Give words such as "Improvement programme: briefing, Action plan submitted to Ofsted"."""
    return f"{task.council.programme}: briefing, {task.milestone.title}"


def briefing_lines(task: TaskContext) -> tuple[MailLine, ...]:
    """Write the briefing as it is true on the day of the task context."""
    return (
        MailLine("What is due", _due(task)),
        MailLine("Why this date", _why(task)),
        MailLine("How it stands", f"{_stands(task)} (on {long_date(task.on)})."),
        MailLine("What is being done", _being_done(task)),
    )


def briefing_mail(task: TaskContext, *, released_as: AnswersAs, ref: str) -> MailLines:
    """Write the mail for a released draft."""
    council, posts = task.council, task.timeline.directory.posts
    return MailLines(
        programme_name=council.programme,
        council_name=council.name,
        greeting=posts[council.lead_member].title,
        intro=f"A briefing about one duty of the council, {_released(task, released_as)}.",
        lines=briefing_lines(task),
        closing=(_FOR_INFORMATION,),
        shadow_for=shadow_for(task),
        ref=ref,
    )


def closing() -> tuple[str, ...]:
    """Give the closing lines of a briefing."""
    return (_FOR_INFORMATION,)


def _released(task: TaskContext, released_as: AnswersAs) -> str:
    posts, director = task.timeline.directory.posts, task.timeline.directory.posts[task.council.director]
    title = f"the {director.title}"
    by = {AnswersAs.ASSISTANT: director.assistant, AnswersAs.DEPUTY: director.deputy}.get(released_as)
    return f"released by the {posts[by].title} for {title}" if by and by in posts else f"released by {title}"


def shadow_for(task: TaskContext) -> str:
    """Say that the mail was meant for the lead member, while everything goes to the programme lead; else empty."""
    council = task.council
    if not council.in_shadow(on=task.on):
        return ""
    return trial_run(council, meant_for=f"the {title_of(task, council.lead_member)}")


def _due(task: TaskContext) -> str:
    """Name the legal date: the working date is the office's own."""
    milestone = task.milestone
    legal_on = milestone.legal_on or milestone.due_on
    if legal_on is None:
        raise ValueError(f"{milestone.ref} has no date, so there is nothing to brief about.")
    was = "was due on" if legal_on < task.on else "is due on"
    title = milestone.title if milestone.completes else f"{milestone.duty}: {milestone.title}"
    return f"{title}. It {was} {long_date(legal_on)}."


def _why(task: TaskContext) -> str:
    """Explain the date briefly, without who recorded a fact (it may be a name) and without commands for officers."""
    text = " ".join(sentence for sentence in brief(task.milestone) if "daymark " not in sentence)
    for who in sorted({fact.who for fact in task.timeline.facts if fact.who}, key=len, reverse=True):
        for phrase in (f"; recorded by {who}", f" (recorded by {who})", f"recorded by {who}"):
            text = text.replace(phrase, "")
    return text


def _stands(task: TaskContext) -> str:
    return {
        State.ACKNOWLEDGED: f"The {owner_title(task)} is working on it",
        State.BLOCKED: "It is being worked on, and help has been asked for",
        State.DECLINED: "It is being decided who takes it on",
        State.UNCONFIRMED: "It is recorded as done, and a second person has yet to confirm it",
    }.get(task.status.state, "It is not recorded as done yet")


def _being_done(task: TaskContext) -> str:
    owner, director = owner_title(task), title_of(task, task.council.director)
    if owner == director:
        return f"The {director} is responsible for it."
    return f"The {owner} is responsible for it, and it is before the {director}."
