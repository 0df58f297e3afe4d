"""A briefing for the lead member in words: what is due, why this date, what stands, what is being done.

Neutral and short: no threat, no person, no child or family, and nothing that asks for an answer.
"""

from timeline.answers.responses import State
from timeline.calendar.wording import long_date
from timeline.definitions.people import AnswersAs
from timeline.escalation.task_context import TaskContext
from timeline.letters.mail_views import MailLine, MailLines
from timeline.planning.explanation import brief

_FOR_INFORMATION = "This is for your information. Nothing is asked of you."


def subject(task: TaskContext) -> str:
    """Such as "Improvement programme: briefing, Action plan submitted to Ofsted"."""
    return f"{task.council.programme}: briefing, {task.milestone.title}"


def briefing_lines(task: TaskContext) -> tuple[MailLine, ...]:
    """The briefing as it is true on the day of the ground."""
    return (
        MailLine("What is due", _due(task)),
        MailLine("Why this date", _why(task)),
        MailLine("How it stands", f"{_stands(task)} (on {long_date(task.on)})."),
        MailLine("What is being done", _being_done(task)),
    )


def briefing_mail(task: TaskContext, *, released_as: AnswersAs, ref: str) -> MailLines:
    """The mail that a released draft becomes."""
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
    """What stands below a briefing."""
    return (_FOR_INFORMATION,)


def _released(task: TaskContext, stand: AnswersAs) -> str:
    posts, director = task.timeline.directory.posts, task.timeline.directory.posts[task.council.director]
    title = f"the {director.title}"
    by = {AnswersAs.ASSISTANT: director.assistant, AnswersAs.DEPUTY: director.deputy}.get(stand)
    return f"released by the {posts[by].title} for {title}" if by and by in posts else f"released by {title}"


def shadow_for(task: TaskContext) -> str:
    """For whom a copy to the programme lead is, while everything goes there; else empty."""
    council = task.council
    if not council.in_shadow(on=task.on):
        return ""
    until = long_date(council.shadow_until) if council.shadow_until else "further notice"
    return f"Trial run until {until}: this would have gone to the {_title(task, council.lead_member)}."


def _title(task: TaskContext, post: str) -> str:
    return task.timeline.directory.posts[post].title


def _due(task: TaskContext) -> str:
    """The legal date, for the working date is the office's own."""
    milestone = task.milestone
    legal_on = milestone.legal_on or milestone.due_on
    if legal_on is None:
        raise ValueError(f"{milestone.ref} has no date, so there is nothing to brief about.")
    was = "was due on" if legal_on < task.on else "is due on"
    title = milestone.title if milestone.completes else f"{milestone.duty}: {milestone.title}"
    return f"{title}. It {was} {long_date(legal_on)}."


def _why(task: TaskContext) -> str:
    """The short explanation, without who recorded a date, which may be a name, and without what officers are to do."""
    text = " ".join(one for one in brief(task.milestone) if "daymark " not in one)
    for who in sorted({fact.who for fact in task.timeline.facts if fact.who}, key=len, reverse=True):
        for said in (f"; recorded by {who}", f" (recorded by {who})", f"recorded by {who}"):
            text = text.replace(said, "")
    return text


def _stands(task: TaskContext) -> str:
    owner = _title(task, task.milestone.owner)
    return {
        State.ACKNOWLEDGED: f"The {owner} is working on it",
        State.BLOCKED: "It is being worked on, and help has been asked for",
        State.DECLINED: "It is being decided who takes it on",
        State.UNCONFIRMED: "It is recorded as done, and a second person has yet to confirm it",
    }.get(task.status.state, "It is not recorded as done yet")


def _being_done(task: TaskContext) -> str:
    owner, director = _title(task, task.milestone.owner), _title(task, task.council.director)
    if owner == director:
        return f"The {director} is responsible for it."
    return f"The {owner} is responsible for it, and it is before the {director}."
