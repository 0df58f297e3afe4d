"""Bring the evidence against the commissioner's four steps: instructions, evidence, capacity, and views on delivery."""

from collections.abc import Iterator

from timeline.calendar.wording import count
from timeline.programme.inspection import Instruction, Step
from timeline.programme.programme import Programme
from timeline.reports.document import Missing, Paragraph, Part, Points, Section, Table
from timeline.reports.situation import Situation, plain_date, sentence


def steps(now: Situation) -> Section:
    """Show each step with what was asked under it, how it was complied with, and the evidence brought for it."""
    if not now.programme.steps:
        return Section("The steps", (Missing("No step of a commissioner is recorded as at this date."),))
    each = enumerate(now.programme.steps.values(), start=1)
    return Section("The steps", tuple(part for number, step in each for part in _step(number, step, now)))


def _step(number: int, step: Step, now: Situation) -> Iterator[Part]:
    due = f" Due on {plain_date(step.due_on)}." if step.due_on else ""
    yield Paragraph(f"Step {number}. {sentence(step.title)}{due}")
    rows = tuple(instruction_row(each) for each in step.instructions)
    if rows:
        yield Table(f"Instructions under step {number}", INSTRUCTION, rows, (2, 5, 5))
    brought = [now.programme.evidence[key] for key in step.evidence if key in now.programme.evidence]
    if brought:
        yield Points(
            tuple(f"{each.title}, of {plain_date(each.on)}{_expired(each.has_expired(now.on))}." for each in brought)
        )
    else:
        yield Missing(f"No evidence is recorded for step {number}.")


INSTRUCTION = ("Given on", "Instruction", "How it was complied with")


def instruction_row(each: Instruction) -> tuple[tuple[str, ...], ...]:
    """Show an instruction with its day and how it was complied with."""
    on = (f"On {plain_date(each.complied_on)}.",) if each.complied_on else ()
    return ((plain_date(each.given_on),), (each.text,), (each.complied or "Not complied with yet.", *on))


def _expired(has_expired: bool) -> str:
    return " (it has expired)" if has_expired else ""


def capacity(now: Situation) -> Section:
    """Say who leads and does the work, who helps, what training was held, and what it costs."""
    parts = tuple(_capacity(now))
    return Section("Capacity and capability", parts or (Missing("Nothing is recorded."),))


def _capacity(now: Situation) -> Iterator[Part]:
    programme = now.programme
    if programme.team:
        yield Paragraph(f"The Improvement Team, by post: {'; '.join(now.post(post) for post in programme.team)}.")
    if programme.priorities:
        yield Paragraph("The plan rests on these priorities:")
        yield Points(tuple(f"{each.title}: {each.aim}" for each in programme.priorities.values()), ordered=True)
    if programme.partners:
        yield Paragraph("Partners and support arrangements:")
        yield Points(tuple(f"{each.title}: {each.brings}" for each in programme.partners.values()))
    yield from _governance(programme)
    costs = tuple(_cost(each.title, each.cost, each.funding) for each in programme.actions.values() if each.cost)
    if costs:
        yield Paragraph("What actions cost, and who pays:")
        yield Points(costs)


def _governance(programme: Programme) -> Iterator[Part]:
    if programme.bodies:
        rows = tuple(
            ((each.title,), (each.purpose,), (str(len(each.meetings)) if each.meetings else "none recorded",))
            for each in programme.bodies.values()
        )
        yield Table("Boards and panels", ("Board or panel", "Purpose", "Meetings held"), rows, (3, 6, 2))
    if programme.training:
        held = count(len(programme.training.sessions), "session")
        yield Paragraph(f"Training: {sentence(programme.training.title)} Recorded by this day: {held}.")


def _cost(title: str, cost: str, funding: str) -> str:
    return f"{title}: {cost}{f', paid from {funding}' if funding else ''}."


def views(now: Situation) -> Section:
    """Give the views of the council and its partners on delivery, which the commissioner takes into account."""
    told = tuple(view for step in now.programme.steps.values() for view in step.views)
    missing = Missing("No view of the council or of a partner on delivery and governance is recorded.")
    return Section("Views on delivery", (Points(told),) if told else (missing,))
