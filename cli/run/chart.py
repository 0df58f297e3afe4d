"""Draw the picture of a rehearsal: mails for each post and week, with the bound of the post drawn in."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

from timeline.calendar.london import start_of_week
from timeline.calendar.wording import long_date
from timeline.definitions.council import CouncilTimeline
from timeline.forecast.mail_load import bound_of, mails_a_week
from timeline.forecast.rehearsal import Rehearsed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".svg", ".png")

_WEEK = timedelta(days=7)
# GOV.UK colours that a person who cannot tell red from green can still tell apart.
_WITHIN, _ABOVE, _BOUND, _TEXT = "#1d70b8", "#d4351c", "#505a5f", "#0b0c0c"
_ROW_INCHES, _MARGIN_INCHES, _WIDTH_INCHES = 0.55, 1.4, 12.0
_TITLE_LETTERS = 38


class Row(NamedTuple):
    """Hold a post: its title, its bound, and its mails in each week of the period."""

    title: str
    bound: int
    mails: tuple[int, ...]


def rows(rehearsed: Sequence[Rehearsed], timeline: CouncilTimeline, mondays: Sequence[date]) -> tuple[Row, ...]:
    """Return the posts that get any mail, those with the most first."""
    counts = mails_a_week(rehearsed, timeline)
    posts = {post for post, _ in counts}
    unsorted = (
        Row(
            timeline.directory.posts[post].title,
            bound_of(post, timeline),
            tuple(counts.get((post, monday_on), 0) for monday_on in mondays),
        )
        for post in posts
    )
    return tuple(sorted(unsorted, key=lambda row: (-sum(row.mails), row.title)))


def weeks(from_on: date, to_on: date) -> tuple[date, ...]:
    """Return the Mondays of the period, with the Monday of the week in which it begins."""
    first = start_of_week(from_on)
    return tuple(first + n * _WEEK for n in range((to_on - first).days // 7 + 1))


def draw(path: Path, rehearsed: Sequence[Rehearsed], timeline: CouncilTimeline, *, from_on: date, to_on: date) -> None:
    """Write the picture as SVG or PNG, by the name of the file; the same rehearsal gives the same picture."""
    import matplotlib as mpl

    mondays = weeks(from_on, to_on)
    drawn = rows(rehearsed, timeline, mondays)
    title = f"{timeline.council.name}: mails a week, {long_date(from_on)} to {long_date(to_on)}"
    # Text stays text in an SVG, for screen readers and for searching.
    with mpl.rc_context({"svg.hashsalt": "daymark", "svg.fonttype": "none", "font.size": 9, "text.color": _TEXT}):
        figure = _figure(title, drawn, mondays)
        figure.savefig(path, format=path.suffix[1:], dpi=120, metadata=_metadata(path, title))


def _metadata(path: Path, title: str) -> Mapping[str, str | None]:
    return {"Title": title, "Date": None} if path.suffix == ".svg" else {"Title": title}


def _figure(title: str, drawn: Sequence[Row], mondays: Sequence[date]) -> "Figure":
    from matplotlib.figure import Figure

    height = _MARGIN_INCHES + _ROW_INCHES * max(1, len(drawn))
    figure = Figure(figsize=(_WIDTH_INCHES, height))
    figure.suptitle(title, x=0.02, y=1 - 0.3 / height, ha="left", fontsize=13, fontweight="bold")
    if not drawn:
        figure.text(0.02, 0.5, "Nobody gets any mail in this period.")
        return figure
    axes = figure.subplots(len(drawn), 1, sharex=True, squeeze=False)[:, 0]
    for axis, row in zip(axes, drawn, strict=True):
        _draw_row(axis, row)
    _label_weeks(axes[-1], mondays)
    figure.text(0.02, 1 - 0.65 / height, _LEGEND, color=_BOUND)
    figure.subplots_adjust(left=0.24, right=0.98, top=1 - 0.85 / height, bottom=0.4 / height, hspace=0.35)
    return figure


_LEGEND = "Dashed: the bound of the post. Red: a week above it. Class A does not count for the chief executive."


def _draw_row(axis: "Axes", row: Row) -> None:
    colours = [_ABOVE if mails > row.bound else _WITHIN for mails in row.mails]
    axis.bar(range(len(row.mails)), row.mails, color=colours, width=0.8)
    axis.axhline(row.bound, color=_BOUND, linestyle="--", linewidth=0.8)
    axis.set_ylabel(fill(f"{row.title} ({row.bound})", _TITLE_LETTERS), rotation=0, ha="right", va="center")
    axis.set_ylim(0, max(row.bound + 1, *row.mails) + 0.3)
    axis.set_yticks([])
    axis.tick_params(axis="x", length=0, labelbottom=False)
    for side in ("top", "right", "left"):
        axis.spines[side].set_visible(False)
    for week, mails in enumerate(row.mails):
        if mails:
            axis.annotate(str(mails), (week, mails), ha="center", va="bottom", fontsize=6, color=_BOUND)


def _label_weeks(axis: "Axes", mondays: Sequence[date]) -> None:
    """Label at most about sixteen weeks, however long the period is."""
    step = max(1, -(-len(mondays) // 16))
    axis.set_xticks(range(0, len(mondays), step), [f"{on:%d %b %y}" for on in mondays[::step]])
    axis.tick_params(axis="x", labelbottom=True, rotation=0, labelsize=7)
