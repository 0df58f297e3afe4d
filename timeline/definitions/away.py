"""Say of an absence in a sentence who has the tasks meanwhile, for the programme team and the person; never why."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from timeline.calendar.wording import long_date
from timeline.definitions.absences import KnownAbsence
from timeline.definitions.people import Directory


def not_over(known: Iterable[KnownAbsence], *, on: date) -> Iterator[KnownAbsence]:
    """Give the absences whose last day, as it was first said or as it is now, is still to come, by their first day."""
    left = (each for each in known if max(each.said.until_on, each.last_on) >= on)
    yield from sorted(left, key=lambda each: (each.said.from_on, each.said.until_on, each.said.person))


def meant(known: Iterable[KnownAbsence], person: str, *, on: date) -> tuple[KnownAbsence, ...]:
    """Give a person's absence that somebody means who speaks of its end: the present one, else one that waits, else the
    next, else one that was ended. A note and the timeline may both state it.
    """
    theirs = [each for each in not_over(known, on=on) if each.said.person == person]
    for now in (
        [each for each in theirs if each.in_force and each.said.from_on <= on <= each.last_on],
        [each for each in theirs if each.waits],
        [each for each in theirs if each.in_force][:1],
    ):
        if now:
            return tuple(now)
    return tuple(theirs[:1])


def away_sentence(directory: Directory, known: KnownAbsence, *, on: date) -> str:
    """Say when the person is away, and to whom the tasks go or would go."""
    whom = f"the {_title(directory, known.said.person, on)}"
    return _sentence(directory, known, on, [whom, "is", "the tasks", f"stay with {whom}", "somebody confirms"])


def own_sentence(directory: Directory, known: KnownAbsence, *, on: date) -> str:
    """Say the same to the person."""
    words = ["you", "are", "your tasks", "stay with you", "you or the programme team confirm"]
    return _sentence(directory, known, on, words)


def _sentence(directory: Directory, known: KnownAbsence, on: date, words: list[str]) -> str:
    whom, is_, tasks, stay, confirm = words
    said, begin = known.said, f"{whom[0].upper()}{whom[1:]}"
    if known.waits:
        days = f"{long_date(said.from_on)} to {long_date(said.until_on)}"
        return (
            f"A note says that {whom} {is_} away from {days}. That is more than six weeks, so it does not count until "
            f"{confirm} it: {tasks} {stay}."
        )
    if not known.in_force or known.last_on < on:
        was = "was" if is_ == "is" else "were"
        return f"{begin} {was} said to be away until {long_date(said.until_on)}. That was taken back: {tasks} {stay}."
    begins = f"from {long_date(said.from_on)} " if said.from_on > on else ""
    until = f"{begins}until {long_date(known.last_on)}"
    to = stand_in(directory, known, on=on)
    if not to:
        return f"{begin} {is_} away {until}, and neither a deputy nor a line manager is there."
    return f"{begin} {is_} away: {tasks} go to the {to} {until}."


def stand_in(directory: Directory, known: KnownAbsence, *, on: date) -> str:
    """Give the title of the post that has the tasks meanwhile: the deputy, else the next manager who is there."""
    day = max(on, known.said.from_on)
    away = replace(known.said, until_on=max(known.last_on, day))
    with_it = replace(directory, absences=(*directory.absences, away))
    for post in with_it.posts_of(known.said.person, on=day):
        there = with_it.present(with_it.line(post), on=day)
        if recipient := next((each for each in there if each.person.key != known.said.person), None):
            return recipient.post.title
    return ""


def _title(directory: Directory, person: str, on: date) -> str:
    posts = directory.posts_of(person, on=on)
    return directory.posts[posts[0]].title if posts else "person without a post"
