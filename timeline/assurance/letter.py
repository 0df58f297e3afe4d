"""What the programme lead reads of an assurance: one mail a day, by posts and duties, and nothing under embargo."""

from collections.abc import Iterator
from datetime import datetime

from timeline.assurance.findings import Finding, FindingKind
from timeline.assurance.run import AssuranceRun, Unowned
from timeline.calendar import LONDON
from timeline.council import Council, CouncilTimeline
from timeline.wording import count, long_date

# The rest stands on the page.
_MOST = 20


def subject(council: Council) -> str:
    return f"{council.programme}: Assurance needs you"


def text(timeline: CouncilTimeline, run: AssuranceRun, new: tuple[Unowned, ...], *, greeting: str, page: str) -> str:
    """The whole mail. `new` are the unowned duties that were not told before; `page` is the address of the page."""
    parts = [
        f"Dear {greeting},",
        f"On {_day(run.at)} we compared what should have been said with what was: {run.figures.sentence}",
        _part("This could not be explained:", [line(timeline, one) for one in run.findings]),
        _again(run),
        _part("These channels did not work:", [f"{one.name}: {one.told}" for one in run.dead_channels]),
        _part("What runs the reminders stands still in part:", list(run.machine)),
        _part("In the weeks to come this would reach nobody, or not as meant:", [ahead(timeline, one) for one in new]),
        f"Everything stands on the page: {page}",
        f"{timeline.council.programme}\n{timeline.council.name}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def line(timeline: CouncilTimeline, one: Finding) -> str:
    """One finding, such as "PLO panel (plo-panel/2/papers), Head of Service: It was written, and …"."""
    if one.restricted:
        return f"A task under embargo: {_KINDS[one.kind]}"
    post = timeline.directory.posts.get(one.post)
    whom = f", {post.title}" if post else ""
    return f"{duty_title(timeline, one.duty)} ({one.ref}){whom}: {one.why}"


def ahead(timeline: CouncilTimeline, one: Unowned) -> str:
    """One unowned duty: post, duty, day and what would help."""
    post = timeline.directory.posts.get(one.post)
    duty = "a duty under embargo" if one.restricted else duty_title(timeline, one.duty)
    whom = post.title if post else one.post.replace("_", " ")
    return f"{whom}, for {duty}, from {long_date(one.first_on)}: {one.why} {one.helps}"


def duty_title(timeline: CouncilTimeline, key: str) -> str:
    return next((one.title for one in timeline.obligations if one.key == key), key)


def _part(heading: str, lines: list[str]) -> str:
    more = [f"… and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    return "\n".join([heading, *(f"- {one}" for one in [*lines[:_MOST], *more])]) if lines else ""


def _again(run: AssuranceRun) -> str:
    return f"{count(run.said_again, 'reminder')} of it {_is(run)} on the way now." if run.said_again else ""


def _is(run: AssuranceRun) -> str:
    return "is" if run.said_again == 1 else "are"


def _day(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{long_date(local.date())} at {local:%H:%M}"


_KINDS = {
    FindingKind.UNSAID: "it was due, and neither said nor refused.",
    FindingKind.MISSED: "nothing said it in time.",
    FindingKind.ROW_GONE: "its row is no longer in the ledger.",
    FindingKind.OVERDUE: "it waits, and nothing says why.",
    FindingKind.STUCK: "its message does not end.",
    FindingKind.DIFFERS: "the database holds another date than the rules give.",
}


def silent_subject(council: Council) -> str:
    return f"{council.programme}: Assurance has not run"


def silent_text(timeline: CouncilTimeline, *, greeting: str, last_at: datetime | None) -> Iterator[str]:
    """What is said when no assurance has run: it speaks of the machine, and of no duty."""
    last = f"The last one was on {_day(last_at)}." if last_at else "There has been none yet."
    yield f"Dear {greeting},"
    yield f"The daily assurance that every reminder was sent has not run when it should have. {last}"
    yield "Please ask whoever looks after Daymark to look at it today: reminders may not be leaving."
    yield f"{timeline.council.programme}\n{timeline.council.name}\n"
