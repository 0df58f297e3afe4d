"""Write what members decide and by which notice: the policy framework, implications, recommendations, and the end."""

from collections.abc import Iterator
from datetime import date

from timeline.calendar.working_days import BeyondCalendar
from timeline.reports.document import Missing, Paragraph, Part, Points, Section
from timeline.reports.sections.ending import missing_for_author
from timeline.reports.situation import Situation, plain_date, span
from timeline.sign_off.committee_routes import committee_routes
from timeline.sign_off.notice_routes import SPECIAL_URGENCY, notice_routes
from timeline.sign_off.notice_routes_wording import remaining


def policy_framework(now: Situation) -> Section:
    """Tell the framework, and by which notice the report comes to this meeting."""
    return Section("Budget and Policy Framework", tuple(_policy_framework(now)))


def _policy_framework(now: Situation) -> Iterator[Part]:
    inspection = now.programme.inspection
    plan = "The author writes here which priority and outcome of the Council Plan this report supports."
    yield Missing(plan, to_write=True)
    yield Paragraph(f"The framework is the {inspection.framework}, edition {inspection.edition}.")
    if not now.meets_on:
        yield Missing(f"No coming meeting of {now.body} is recorded, so the route of notice cannot be worked out.")
        return
    meeting_on, *later = now.meets_on
    yield from _urgency(now, meeting_on, later[0] if later else None)
    yield from _routes(now, meeting_on)


def _routes(now: Situation, meeting_on: date) -> Iterator[Part]:
    try:
        calendars = now.timeline.calendars
        open_routes = (
            notice_routes(meeting_on, on=now.on, key_decision=None, private=False, calendars=calendars)
            if now.timeline.council.executive
            else committee_routes(meeting_on, on=now.on, calendars=calendars)
        )
    except BeyondCalendar as beyond:
        yield Missing(str(beyond))
        return
    seen = f"The notice routes for the meeting of {plain_date(meeting_on)}, worked out on {plain_date(now.on)}:"
    yield Paragraph(seen)
    yield Points(remaining(open_routes))


def _urgency(now: Situation, meeting_on: date, later_on: date | None) -> Iterator[Part]:
    agreed = now.of_meeting("special_urgency_agreed", meeting_on)
    if agreed is None:
        return
    next_one = f" on {plain_date(later_on)}" if later_on else ""
    day = f"{plain_date(agreed.on)}{' (the day was inferred)' if agreed.inferred else ''}"
    yield Paragraph(
        "The notice of 28 clear days was not given, nor that of 5. "
        f"The {now.post('scrutiny_chair')} agreed on {day} that this "
        f"report is urgent and cannot reasonably be deferred until the next meeting of Cabinet{next_one} "
        f"({SPECIAL_URGENCY.basis}, {SPECIAL_URGENCY.title.lower()})."
    )
    yield Paragraph("Therefore, the Cabinet is asked to accept this item as urgent for the reasons set out above.")


def financial(now: Situation) -> Section:
    """Leave the place of the financial implications to their author, beside the costs that are recorded."""
    words = f"The {now.post('section_151_officer')} writes the financial implications: Daymark keeps no budget."
    costs = tuple(
        f"{action.title}: {action.cost}{f', paid from {action.funding}' if action.funding else ''}"
        for action in now.programme.actions.values()
        if action.cost
    )
    known = (Paragraph("Costs that the plan states:"), Points(costs)) if costs else ()
    return Section("Financial implications", (Missing(words, to_write=True), *known))


def legal(now: Situation) -> Section:
    """Leave the place of the legal implications to their author."""
    words = f"The {now.post('monitoring_officer')} has the legal implications written: Daymark gives no legal advice."
    return Section("Legal implications", (Missing(words, to_write=True),))


def recommendations(now: Situation) -> Section:
    """Ask the body to note the report, and the next report where its date is known."""
    asked = [Paragraph(f"{_the(now)} is asked to note the content of this report and improvement steps taken so far.")]
    later = now.fact("cabinet_feedback_report_due")
    if later and later.on >= now.on and now.programme.intervention:
        adviser = now.post(now.programme.intervention.adviser)
        asked.append(
            Paragraph(
                f"{_the(now)} is asked to note that a further report will be submitted to {now.body} by "
                f"{plain_date(later.on)}, subject to the receipt of the feedback from the {adviser} to the Secretary "
                "of State."
            )
        )
    return Section("Recommendations", tuple(asked))


def _the(now: Situation) -> str:
    """Name the body as a sentence begins with it: the Cabinet, and a committee by its title."""
    return f"The {now.body}" if now.timeline.council.executive else now.body[:1].upper() + now.body[1:]


def _small(name: str) -> str:
    return f"the{name[3:]}" if name.startswith("The ") else name


def reasons(now: Situation) -> Section:
    """Give the reasons for what is asked."""
    the = _small(_the(now))
    given = [Paragraph(f"To formally notify {the} of the outcome of the inspection.")]
    if now.programme.intervention:
        adviser = now.post(now.programme.intervention.adviser)
        given.append(Paragraph(f"To ensure {the} is informed of the feedback from the {adviser}."))
    return Section("Suggested reasons for decision", tuple(given))


def ending(now: Situation) -> Iterator[Section]:
    """Give what stands after the numbered sections: lead officers by post, appendices, and background papers."""
    owner = now.owner("cabinet-report") or now.owner("committee-report")
    posts = tuple(dict.fromkeys((owner, *(now.post(post) for post in now.programme.team))))
    yield Section("Lead officers contact", (Points(tuple(filter(None, posts))),), numbered=False)
    documents = now.programme.documents.values()
    listed = tuple(f"Appendix {number} – {each.title}" for number, each in enumerate(documents, start=1))
    yield Section("Appendices", (Points(listed) if listed else Paragraph("None"),), numbered=False)
    yield Section("Background papers", (Paragraph("None"),), numbered=False)
    yield missing_for_author(now)


def summary(now: Situation) -> Section:
    """Say in two sentences what the report is about."""
    inspection, given = now.programme.inspection, now.programme.intervention
    took_place = f"the {inspection.framework} took place in {now.timeline.council.name}"
    about = f", provides information relating to the {given.kind} issued by the {given.issued_by}" if given else ""
    words = (
        f"From {span(inspection.from_on, inspection.until_on)} {took_place}.",
        f"This report sets out details of the outcome of the inspection{about}, and gives an overview of the completed "
        "and planned actions.",
    )
    return Section("Summary", tuple(map(Paragraph, words)), numbered=False)
