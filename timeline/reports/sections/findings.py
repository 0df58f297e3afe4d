"""Write what the inspection found and what the Secretary of State asks: background, key findings, direction."""

from collections.abc import Iterator

from timeline.calendar.wording import count
from timeline.reports.document import Missing, Paragraph, Part, Points, Section, Table
from timeline.reports.situation import Situation, plain_date, sentence, span


def background(now: Situation) -> Section:
    """Tell when the inspection was, who came, and how they judged."""
    inspection = now.programme.inspection
    came = (
        f"The {inspection.framework} took place from {span(inspection.from_on, inspection.until_on)}. The inspection "
        f"team: {inspection.inspectors}. The report was published on {plain_date(inspection.published_on)}."
    )
    judgements = now.programme.judgements.values()
    if not judgements:
        return Section("Background", (Paragraph(came), Missing("No judgement is recorded.")))
    ruled = "Ofsted judges each area by itself, and then the overall effectiveness. The table shows each judgement."
    earlier = any(judgement.earlier for judgement in judgements)
    columns = ("Judgement", "Grade", "Earlier grade") if earlier else ("Judgement", "Grade")
    rows = tuple(
        (each.area, each.grade.value.capitalize(), each.earlier.value.capitalize() if each.earlier else "not known")
        for each in judgements
    )
    cells = tuple(tuple((cell,) for cell in row[: len(columns)]) for row in rows)
    table = Table("Judgements", columns, cells, (3, 2, 2)[: len(columns)])
    return Section("Background", (Paragraph(came), Paragraph(ruled), table))


def key_findings(now: Situation) -> Section:
    """Tell the areas for improvement and the strengths, in the words of the report."""
    return Section("Key findings", tuple(_key_findings(now)))


def _key_findings(now: Situation) -> Iterator[Part]:
    areas, strengths = now.programme.areas.values(), now.programme.strengths.values()
    yield Paragraph("The published report highlights areas for improvement and strengths.")
    if areas:
        yield Paragraph(f"It identified {count(len(areas), 'area')} for improvement:")
        yield Points(tuple(area.title for area in areas))
    if strengths:
        yield Paragraph("The strengths that it highlights include:")
        yield Points(tuple(strength.title for strength in strengths))
    if now.programme.documents:
        yield Paragraph("The documents are listed under Appendices.")


def direction(now: Situation) -> Section:
    """Tell the direction or notice, what it requires, and the steps of the commissioner."""
    intervention = now.programme.intervention
    if intervention is None:
        return Section("Direction", (Missing("No direction or notice is recorded as at this date."),))
    return Section(intervention.kind.capitalize(), tuple(_direction(now)))


def _direction(now: Situation) -> Iterator[Part]:
    given = now.programme.intervention
    if given is None:
        return
    yield Paragraph(
        f"The {given.issued_by} issued a {given.kind} to {now.timeline.council.name} on {plain_date(given.issued_on)}. "
        f"The reason: {_lower(sentence(given.because))}"
    )
    yield Paragraph(f"Appointed by it: the {now.post(given.adviser)}.")
    if given.requires:
        yield Paragraph("The Council is required:")
        yield Points(given.requires)
    if now.programme.steps:
        yield Paragraph(f"The {now.post(given.adviser)} is expected to take the following steps:")
        yield Points(tuple(step.title for step in now.programme.steps.values()), ordered=True)
    yield from _instructions(now)


def _instructions(now: Situation) -> Iterator[Part]:
    rows = [
        ((plain_date(each.given_on),), (each.text,), (each.complied or "Not complied with yet.",))
        for step in now.programme.steps.values()
        for each in step.instructions
    ]
    if rows:
        yield Paragraph("Instructions were given under these steps; the table shows how each was complied with.")
        yield Table("Instructions", ("Given on", "Instruction", "How it was complied with"), tuple(rows), (2, 5, 5))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
