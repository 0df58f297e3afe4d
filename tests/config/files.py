"""Hold a small rule pack and timeline, whole and correct, for tests that break one thing in them."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from config.load import examine
from config.timeline_files.faults import Fault
from timeline.definitions.council import CouncilTimeline

TODAY = date(2019, 8, 27)

PACK = """
pack: small
version: 1
facts:
  report_received: The report received
  meeting: A meeting
  visit_confirmed: The days of a visit
  moved: An occurrence moved
  held: An occurrence took place
  cancelled: An occurrence cancelled
posts:
  chief_executive: {title: Chief executive, level: chief_executive}
  director: {title: Director, level: director, line_manager: chief_executive}
  manager: {title: Manager, level: head_of_service, line_manager: director}
  officer: {title: Officer, line_manager: manager}
  lead_member: {title: Lead member, level: member}
ladders:
  usual:
    rungs:
    - {rung: first, when: 5 working days before, to: owner, unless: acknowledged}
    - {rung: no-answer, when: 3 working days after first prompt, to: line manager of owner, unless: acknowledged}
    - {rung: overdue, when: 1 working day after, to: [owner, line manager of owner], every: 2 working days, times: 3}
obligations:
  plan:
    title: The plan
    class: A
    kind: submission
    rule: 70 working days after report_received
    basis: Regulation 3
    status: secondary
    owner: officer
    ladder: usual
    milestones:
      draft: {title: A draft, when: 10 working days before due, asks: Draft it.}
      sent: {title: Sent, when: by legal, asks: Send it.}
  visit:
    title: A visit
    class: B
    kind: visit
    rule: quarterly from plan
    confirmed_by: visit_confirmed
    basis: Handbook
    status: observed
    owner: officer
    ladder: usual
    milestones:
      data: {title: Data, when: 10 working days before start, asks: List it.}
  panel:
    title: The panel
    class: C
    kind: meeting
    rule: monthly on the 2nd tuesday from meeting
    basis: Council practice
    status: local
    owner: officer
    ladder: usual
    milestones:
      papers: {title: Papers, when: 3 working days before due, asks: Send them.}
"""

TIMELINE = """
council: {key: council, name: The Council, programme_lead: manager}
pack: small
people:
  anna: {name: Anna, address: anna@council.example, holds: officer}
  ben: {name: Ben, address: ben@council.example, holds: manager}
  carol: {name: Carol, address: carol@council.example, holds: director}
facts:
- {fact: report_received, on: 2019-08-21, known: 2019-08-21, by: Officer, source: paragraph 6.1}
- {fact: meeting, on: 2019-09-03, known: 2019-08-27, by: Officer, source: paragraph 1.3}
"""

# The first rung of the ladder above.
FIRST_RUNG = "{rung: first, when: 5 working days before, to: owner, unless: acknowledged}"


class Examined(NamedTuple):
    timeline: CouncilTimeline | None
    faults: tuple[Fault, ...]

    @property
    def told(self) -> list[str]:
        return [str(fault) for fault in self.faults]


def broken(text: str, *changes: tuple[str, str]) -> str:
    """Give the text with each change made once; a change that finds nothing to change is a slip of the test."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def examined(folder: Path, *, timeline: str | bytes = TIMELINE, pack: str | bytes = PACK) -> Examined:
    """Tell what `daymark check` finds in both files."""
    for name, text in (("small.yaml", pack), ("council.yaml", timeline)):
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode(errors="replace"))
    return Examined(*examine(folder / "council.yaml", on=TODAY, rules=folder))
