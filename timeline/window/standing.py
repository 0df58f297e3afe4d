"""Say in a line how a council stands, for who may see all of them: never in an order of how well they do."""

from dataclasses import dataclass
from datetime import datetime

from timeline.assurance.run import AssuranceRun
from timeline.calendar.wording import count, date_and_time
from timeline.picture.contents import Contents
from timeline.picture.items import Mark
from timeline.window.overview import OverviewRow, overview

_DATES = 2


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Show a council in the list of all: its worst colour, how much is red and amber, and its next dates of law.

    `assurance` sums up the last run, which was at `last_run`; both are empty before the first. `trouble` says why a
    council could not be read. `ended` says who has the duties of a council that is no more.
    """

    council: str
    name: str
    colour: str
    red: int = 0
    amber: int = 0
    law: tuple[OverviewRow, ...] = ()
    assurance: str = ""
    assurance_is_red: bool = False
    last_run: str = ""
    last_run_at: datetime | None = None
    trouble: str = ""
    ended: str = ""

    @property
    def counted(self) -> str:
        """Count what is red and amber in words."""
        return f"{count(self.red, 'item')} red, {self.amber} amber" if self.red or self.amber else ""

    def as_object(self) -> dict[str, object]:
        """Give the same to programs."""
        return {
            "council": self.council,
            "name": self.name,
            "colour": self.colour,
            "red": self.red,
            "amber": self.amber,
            "law": [{"day": row.day, "title": row.title, "ref": row.ref} for row in self.law],
            "assurance": self.assurance,
            "assurance_is_red": self.assurance_is_red,
            "last_run_at": self.last_run_at.isoformat() if self.last_run_at else None,
            "trouble": self.trouble,
            "ended": self.ended,
        }


def standing(of: Contents, last: AssuranceRun | None, *, council: str) -> Standing:
    """Sum up what a picture shows, with the last assurance; a red assurance makes the council red."""
    shown = overview(of)
    counts = dict(shown.counts)
    red, amber = counts[Mark.RED.value], counts[Mark.AMBER.value]
    is_red = last is not None and last.is_red
    colour = Mark.RED if red or is_red else Mark.AMBER if amber else Mark.GREEN
    return Standing(
        council=council,
        name=of.council_name,
        colour=colour.value,
        red=red,
        amber=amber,
        law=shown.law[:_DATES],
        assurance=last.figures.sentence if last else "",
        assurance_is_red=is_red,
        last_run=date_and_time(last.at) if last else "",
        last_run_at=last.at if last else None,
        ended=of.ended,
    )


def unreadable(council: str, trouble: Exception) -> Standing:
    """Show a council that cannot be read: nothing about it is known, which is red."""
    said = f"This council cannot be read ({type(trouble).__name__}); the log says more."
    return Standing(council=council, name=council, colour=Mark.RED.value, trouble=said)


def headline(standings: tuple[Standing, ...]) -> str:
    """Count the councils of each colour, and say that they stand by name."""
    colours = [each.colour for each in standings]
    parts = [f"{colours.count(mark)} {mark}" for mark in (Mark.RED, Mark.AMBER, Mark.GREEN) if mark in colours]
    return f"{count(len(standings), 'council')}, by name: {', '.join(parts)}." if parts else "No council is stored yet."
