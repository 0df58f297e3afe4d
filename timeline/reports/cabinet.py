"""Fill the report to Cabinet: the structure of the report of 3 September 2019, from the records as known on a day."""

from timeline.reports.document import Report
from timeline.reports.sections import decision, findings, progress
from timeline.reports.sections.ending import drafted
from timeline.reports.situation import Situation, plain_date

KIND = "cabinet"


def cabinet(now: Situation) -> Report:
    """Fill the report for the next meeting of Cabinet, or of a committee where there is no Cabinet."""
    council = now.timeline.council
    duty, portfolio = (
        ("cabinet-report", "Portfolio Holder") if council.executive else ("committee-report", "Lead Member")
    )
    sections = (
        decision.summary(now),
        decision.policy_framework(now),
        findings.background(now),
        findings.key_findings(now),
        findings.direction(now),
        progress.intervention(now),
        progress.progress(now),
        progress.risks(now),
        decision.financial(now),
        decision.legal(now),
        decision.recommendations(now),
        decision.reasons(now),
        *decision.ending(now),
    )
    head = (
        (portfolio, now.post(council.lead_member)),
        ("Report from", now.post(council.director)),
        ("Author", now.owner(duty) or now.post(council.programme_lead)),
    )
    return drafted(
        now,
        kind=KIND,
        meeting=f"{now.body}, {plain_date(now.meets_on[0])}" if now.meets_on else now.body,
        title=f"Ofsted inspection of the children's services of {council.name}",
        head=head,
        sections=sections,
    )
