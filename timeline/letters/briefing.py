"""A briefing for the lead member in words: what is due, why this date, what stands, what is being done.

Neutral and short: no threat, no person, no child or family, and nothing that asks for an answer.
"""

from timeline.answers.responses import State
from timeline.calendar.wording import long_date
from timeline.definitions.people import Stand
from timeline.escalation.task_context import Ground
from timeline.letters.mail_views import MailLine, MailLines
from timeline.planning.explanation import brief

_FOR_INFORMATION = "This is for your information. Nothing is asked of you."


def subject(found: Ground) -> str:
    """Such as "Improvement programme: briefing, Action plan submitted to Ofsted"."""
    return f"{found.council.programme}: briefing, {found.milestone.title}"


def briefing_lines(found: Ground) -> tuple[MailLine, ...]:
    """The briefing as it is true on the day of the ground."""
    return (
        MailLine("What is due", _due(found)),
        MailLine("Why this date", _why(found)),
        MailLine("How it stands", f"{_stands(found)} (on {long_date(found.on)})."),
        MailLine("What is being done", _being_done(found)),
    )


def briefing_mail(found: Ground, *, released_as: Stand, ref: str) -> MailLines:
    """The mail that a released draft becomes."""
    council, posts = found.council, found.timeline.directory.posts
    return MailLines(
        programme_name=council.programme,
        council_name=council.name,
        greeting=posts[council.lead_member].title,
        intro=f"A briefing about one duty of the council, {_released(found, released_as)}.",
        lines=briefing_lines(found),
        closing=(_FOR_INFORMATION,),
        shadow_for=shadow_for(found),
        ref=ref,
    )


def closing() -> tuple[str, ...]:
    """What stands below a briefing."""
    return (_FOR_INFORMATION,)


def _released(found: Ground, stand: Stand) -> str:
    posts, director = found.timeline.directory.posts, found.timeline.directory.posts[found.council.director]
    title = f"the {director.title}"
    by = {Stand.ASSISTANT: director.assistant, Stand.DEPUTY: director.deputy}.get(stand)
    return f"released by the {posts[by].title} for {title}" if by and by in posts else f"released by {title}"


def shadow_for(found: Ground) -> str:
    """For whom a copy to the programme lead is, while everything goes there; else empty."""
    council = found.council
    if not council.in_shadow(on=found.on):
        return ""
    until = long_date(council.shadow_until) if council.shadow_until else "further notice"
    return f"Trial run until {until}: this would have gone to the {_title(found, council.lead_member)}."


def _title(found: Ground, post: str) -> str:
    return found.timeline.directory.posts[post].title


def _due(found: Ground) -> str:
    """The legal date, for the working date is the office's own."""
    milestone = found.milestone
    legal_on = milestone.legal_on or milestone.due_on
    if legal_on is None:
        raise ValueError(f"{milestone.ref} has no date, so there is nothing to brief about.")
    was = "was due on" if legal_on < found.on else "is due on"
    title = milestone.title if milestone.completes else f"{milestone.duty}: {milestone.title}"
    return f"{title}. It {was} {long_date(legal_on)}."


def _why(found: Ground) -> str:
    """The short explanation, without who recorded a date, which may be a name, and without what officers are to do."""
    text = " ".join(one for one in brief(found.milestone) if "daymark " not in one)
    for who in sorted({fact.who for fact in found.timeline.facts if fact.who}, key=len, reverse=True):
        for said in (f"; recorded by {who}", f" (recorded by {who})", f"recorded by {who}"):
            text = text.replace(said, "")
    return text


def _stands(found: Ground) -> str:
    owner = _title(found, found.milestone.owner)
    return {
        State.ACKNOWLEDGED: f"The {owner} is working on it",
        State.BLOCKED: "It is being worked on, and help has been asked for",
        State.DECLINED: "It is being decided who takes it on",
        State.UNCONFIRMED: "It is recorded as done, and a second person has yet to confirm it",
    }.get(found.standing.state, "It is not recorded as done yet")


def _being_done(found: Ground) -> str:
    owner, director = _title(found, found.milestone.owner), _title(found, found.council.director)
    if owner == director:
        return f"The {director} is responsible for it."
    return f"The {owner} is responsible for it, and it is before the {director}."
