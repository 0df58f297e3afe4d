"""Say why something cannot be added to a record, before it is."""

from datetime import date

from timeline.calendar.wording import long_date
from timeline.programme.actions import Progress, Rebase, Update
from timeline.programme.bodies import Session, Training
from timeline.programme.papers import Evidence
from timeline.programme.programme import Programme
from timeline.programme.updates import TRAINING, Part

_OWES_WORDS = {
    Progress.SLIPPING: "Say why it slips.",
    Progress.NEEDS_HELP: "Say which help is needed.",
    Progress.DONE: "Say what shows that it is done: a link or a reference.",
}


def refusal(programme: Programme, record: str, part: Part, *, on: date) -> str:
    """Give the reason as a sentence; empty where the part can be added today, on that day."""
    kind, _, key = record.partition(".")
    if record == TRAINING:
        known = programme.training is not None
    else:
        known = isinstance(part, Evidence) or key in getattr(programme, kind, {})
    if not known:
        return f"The programme has no record “{record}” any more: choose another."
    if part.on > on:
        return f"{long_date(part.on)} is to come: expected today, or an earlier day."
    return _of_its_kind(programme, part)


def _of_its_kind(programme: Programme, part: Part) -> str:
    match part:
        case Update(progress=progress, why=""):
            return _OWES_WORDS.get(progress, "")
        case Rebase() if part.due_on <= part.on:
            return "A new date that was agreed lies after the day on which it was agreed."
        case Evidence() if part.expires_on and part.expires_on < part.on:
            return "It expires before its own day: expected a later day, or none."
        case Session():
            return _crowd(programme.training, part)
    return ""


def _crowd(training: Training | None, session: Session) -> str:
    """Tell where more are said to have come, or to have been away, than a team has."""
    teams, managers = (training.teams, training.managers) if training else ({}, {})
    for team, came in session.attended.items():
        away = sum(managers.get(post) == team for post in session.absent)
        if team in teams and came + away > teams[team]:
            beside = f", and {away} to have been away" if away else ""
            return f"{team} has {teams[team]} Practice Managers; {came} are said to have come{beside}."
    return ""
