"""Count the training a second time: sessions, coverage by team, and who missed two, for the training lead alone."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.simulation.programme.diary import Entry, month_after, number, words
from tests.simulation.programme.reading import rows, text
from tests.support.lived_programme import MANAGERS, TEAMS
from timeline.reports.document import Report

if TYPE_CHECKING:
    from tests.simulation.programme.recount import Lived, Told

KIND = "training"


def _year(lived: "Lived", on: date | None = None) -> list[Entry]:
    first = month_after(lived.on, -12) + timedelta(days=1)
    return [each for each in lived.diary.of("session", lived.on, lived.until) if each.on >= first]


def sessions(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Count who came to each session of the year."""
    lived_through = [(words(each.on), each.said["theme"], _came(each.said["attended"])) for each in _year(lived)]
    yield "sessions held", rows(report, "Sessions held"), lived_through


def _came(attended: dict[str, int]) -> str:
    """Count those who came; where no team wrote its number down, nobody knows."""
    return number(sum(attended.values())) if attended else "not recorded"


def coverage(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Count the places that each team took."""
    held = [each.said["attended"] for each in _year(lived)]
    expected = []
    for team, managers in TEAMS.items():
        came = [attended[team] for attended in held if team in attended]
        expected.append((team, number(managers), str(len(came)), _taken(sum(came), managers * len(came), managers)))
    all_came = sum(sum(attended.values()) for attended in held)
    places = sum(TEAMS[team] for attended in held for team in attended)
    most = max(sum(team in attended for attended in held) for team in TEAMS)
    expected.append(("All teams", number(sum(TEAMS.values())), str(most), _taken(all_came, places, 99)))
    yield "coverage by team", rows(report, "Coverage by team"), expected


def _taken(came: int, places: int, managers: int) -> str:
    if managers < 5:
        return "not told"
    if not places:
        return "no session is recorded"
    return f"{number(came)} of {places}" + (f" ({round(100 * came / places)} %)" if came >= 5 else "")


def missed(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Count who missed two sessions of the year."""
    days = {post: [each.on for each in _year(lived) if post in each.said["absent"]] for post in MANAGERS}
    expected = [
        (post.replace("_", " ").capitalize(), MANAGERS[post], "\n".join(map(words, on)))
        for post, on in days.items()
        if len(on) >= 2
    ]
    yield "who missed two sessions", rows(report, "Missed two sessions or more"), expected


def held(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Count every session, and every meeting of each board and panel."""
    n = len(lived.diary.of("session", lived.on, lived.until))
    said = [line for line in text(report) if "Recorded by this day: " in line]
    yield "sessions by this day", [line.rpartition(": ")[2] for line in said], [f"{n} session{'' if n == 1 else 's'}."]
    meetings = {
        each.title: len(lived.diary.of("meeting", lived.on, lived.until, f"bodies.{key}"))
        for key, each in lived.diary.programme.bodies.items()
    }
    told = {row[0]: row[2] for row in rows(report, "Boards and panels")}
    yield "meetings held", told, {title: str(n) if n else "none recorded" for title, n in meetings.items()}
