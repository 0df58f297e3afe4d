"""Hold the fields of forms that state a fact, and propose to record it."""

from dataclasses import replace
from datetime import date, datetime

from flows.forms.fields import entry
from flows.forms.form import Form
from models.store import RevisionKind
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals.dates import recording
from tasks.proposals.proposal import Done, Proposal
from timeline.calendar.london import london_date
from timeline.definitions.facts import Fact
from timeline.definitions.refs import occurrence_of
from timeline.planning.occurrences import refs_under_embargo
from timeline.window.choices import key_of, title_of


class FactForm(Form):
    """Hold the fields of a form that states a fact."""

    until: date | None = entry("Its last day, if it has several", position=3, default=None)

    def as_fact(self, name: str, *, on: date | None, occurrence: str, source: str, at: datetime) -> Fact:
        """Give the fact, known since `at`; without a day it is of that day."""
        return Fact(
            name=name,
            on=on or london_date(at),
            until=self.until,
            known_at=at,
            who=title_of(self.who),
            source=source,
            occurrence=key_of(occurrence) or None,
        )


def openly(run: CouncilRun, fact: Fact, *, kind: RevisionKind) -> Proposal:
    """Propose to record a fact without a word in confidence: everybody at Prefect reads the plan. Raises Refused."""
    hidden = refs_under_embargo(run.store.plan.occurrences(), at=run.at)
    if fact.name in dict(run.timeline.council.embargoes) or fact.occurrence in hidden:
        raise Refused("That is in confidence, and Prefect has one login for everybody: use the pages or a command.")
    proposal = recording(run, fact, kind=kind)
    shown = tuple(change for change in proposal.changes if occurrence_of(change.ref) not in hidden)

    def make(who: str, at: datetime) -> Done:
        done = proposal.make(who, at)
        return done if done.already else Done(("Recorded.", *done.sentences))

    return replace(proposal, changes=shown, make=make)
