"""Hold the papers that a picture is laid out for: a telephone, a mail, a page, a wide window and a sheet of A4."""

from dataclasses import dataclass
from datetime import date, timedelta

from timeline.calendar.london import start_of_week
from timeline.picture.contents import Span, year_round


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Hold a paper and its measures in pixels. Without `names` (0) the names of the duties stand above their lanes.

    `fits` is the height to stay within, where there is any.
    """

    key: str
    width: int
    margin: int
    names: int
    lane: int
    text: float = 12
    small: float = 10
    fits: int = 0
    weeks: int = 0

    @property
    def left(self) -> float:
        """Tell where the lanes begin."""
        return self.margin + self.names

    @property
    def right(self) -> float:
        return self.width - self.margin

    def span(self, on: date) -> Span:
        """Give the days that it shows round a day, when nobody says which: so many weeks, or a year."""
        if not self.weeks:
            return year_round(on)
        from_on = start_of_week(on) - timedelta(weeks=2)
        return Span(from_on, from_on + timedelta(weeks=self.weeks, days=-1))


NARROW = Paper(key="narrow", width=320, margin=10, names=0, lane=24, weeks=16)
# A telephone shows it two thirds as large, which its letters allow for.
MAIL = Paper(key="mail", width=480, margin=12, names=0, lane=26, text=14, small=11.5, weeks=16)
PAGE = Paper(key="page", width=960, margin=12, names=250, lane=24)
WIDE = Paper(key="wide", width=1280, margin=20, names=330, lane=24, text=13, small=11)
# A4 upright at 96 pixels an inch.
A4 = Paper(key="a4", width=794, margin=36, names=210, lane=24, text=11.5, small=9.5, fits=1123)
# The width of the text on a sheet of A4 of a report, as high as fits under a heading.
REPORT = Paper(key="report", width=640, margin=2, names=232, lane=22, text=10.5, small=9, fits=860)
PAPERS = {paper.key: paper for paper in (NARROW, MAIL, PAGE, WIDE, A4)}
