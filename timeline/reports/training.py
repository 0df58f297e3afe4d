"""Fill the report on training: coverage over the year, by team; who missed sessions is for the training lead alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from timeline.calendar.wording import few
from timeline.programme.bodies import Training
from timeline.programme.coverage import Coverage, coverage, missed_twice, sessions_between, training_lead, year_until
from timeline.reports.document import Missing, Paragraph, Part, Points, Report, Section, Table
from timeline.reports.sections.ending import drafted, missing
from timeline.reports.sections.meetings import next_meetings
from timeline.reports.situation import Situation, plain_date

KIND = "training"
_SMALL = 5
"""A team of fewer has no figure of its own: its people could be known by it."""


def training(now: Situation) -> Report:
    """Fill the report; the training lead's own copy names those who missed two sessions, and goes to nobody else."""
    of, council = now.programme.training, now.timeline.council
    lead = lead_post(now)
    report = drafted(
        now,
        kind=KIND,
        meeting="Training of Practice Managers",
        title=f"{council.name}: training over the year",
        head=(("Report from", now.post(lead)),),
        sections=(*(_sections(of, now) if of else _nothing()), missing(now)),
    )
    return replace(report, status=f"For the {now.post(lead)} alone") if now.reader else report


def lead_post(now: Situation) -> str:
    """Give the key of the post that owns the training."""
    return training_lead(now.programme.training, now.timeline.obligations)


def _nothing() -> tuple[Section, ...]:
    return (Section("Sessions", (Missing("No training is recorded."),)),)


def _sections(of: Training, now: Situation) -> Iterator[Section]:
    from_on = year_until(now.on)
    yield Section("Sessions held", tuple(_sessions(of, now, from_on)))
    yield Section("Coverage by team", tuple(_coverage(of, now, from_on)))
    if now.reader:
        yield Section(f"For the {now.post(now.reader)} alone", tuple(_missed(of, now)))
    yield Section("Not recorded", tuple(_unrecorded(of, now, from_on)))
    yield next_meetings(now, *([of.duty] if of.duty else []))


def _sessions(of: Training, now: Situation, from_on: date) -> Iterator[Part]:
    held = sessions_between(of, from_on=from_on, until_on=now.on)
    yield Paragraph(f"The year from {plain_date(from_on)} to {plain_date(now.on)}.")
    rows = tuple(
        (
            (plain_date(each.on),),
            (each.theme,),
            (few(sum(each.attended.values())) if each.attended else "not recorded",),
        )
        for each in held
    )
    if rows:
        yield Table("Sessions held", ("Day", "Theme", "Practice Managers who came"), rows, (2, 6, 3))
    else:
        yield Missing("No session of this year is recorded.")


def _coverage(of: Training, now: Situation, from_on: date) -> Iterator[Part]:
    teams = tuple(coverage(of, from_on=from_on, until_on=now.on))
    if not teams:
        yield Missing("How many Practice Managers each team has is not recorded, so no coverage can be worked out.")
        return
    hidden = [team for team in teams if team.managers < _SMALL]
    rows = [_team(team) for team in teams]
    # With a single team left out, the total would give it away.
    if len(hidden) != 1:
        rows.append(_total(teams))
    columns = ("Team", "Practice Managers", "Sessions recorded", "Places taken")
    yield Table("Coverage by team", columns, tuple(rows), (4, 3, 3, 4))
    if hidden:
        yield Paragraph("A team of fewer than 5 has no figure of its own, so that nobody can be known by it.")


def _team(team: Coverage) -> tuple[tuple[str, ...], ...]:
    taken = "not told" if team.managers < _SMALL else _taken(team.taken, team.places, team.percent)
    return ((team.team,), (few(team.managers),), (str(team.sessions),), (taken,))


def _total(teams: tuple[Coverage, ...]) -> tuple[tuple[str, ...], ...]:
    attended, places = sum(team.taken for team in teams), sum(team.places for team in teams)
    share = round(100 * attended / places) if places else None
    managers = few(sum(team.managers for team in teams))
    return (
        ("All teams",),
        (managers,),
        (str(max(team.sessions for team in teams)),),
        (_taken(attended, places, share),),
    )


def _taken(attended: int, places: int, percent: int | None) -> str:
    if percent is None:
        return "no session is recorded"
    # A share would give a small number away.
    return f"{few(attended)} of {places}" + (f" ({percent} %)" if attended >= _SMALL else "")


def _missed(of: Training, now: Situation) -> Iterator[Part]:
    """Name the Practice Managers who missed two sessions or more, with the days: support is arranged by their lead."""
    rows = tuple(
        ((_named(post, now),), (of.managers[post],), tuple(plain_date(day) for day in days))
        for post, days in missed_twice(of, on=now.on).items()
    )
    yield Paragraph("It stands in no other copy of this report.")
    if rows:
        yield Table("Missed two sessions or more", ("Practice Manager", "Team", "Missed"), rows, (5, 3, 3))
    else:
        yield Paragraph("Nobody missed two sessions.")


def _named(post: str, now: Situation) -> str:
    held = now.timeline.directory.holder(post, on=now.on)
    return f"{now.post(post)}: {held.person.name}" if held else now.post(post)


def _unrecorded(of: Training, now: Situation, from_on: date) -> Iterator[Part]:
    """List the sessions that were planned for a day that has passed, and of which nothing is recorded."""
    held = {session.on for session in of.sessions}
    days = tuple(
        f"{each.title}, planned for {plain_date(each.starts_on)}: no attendance is recorded."
        for each in now.told.occurrences
        if each.obligation == of.duty and each.starts_on and from_on <= each.starts_on < now.on
        if each.starts_on not in held
    )
    yield Points(days) if days else Paragraph("Of every session that was planned, the attendance is recorded.")
