"""Test what an absence comes to: heard or stated, ended, confirmed, or so long that it waits for a person."""

from datetime import date

from tests.timeline.literals import day
from timeline.definitions.absences import Absence, AbsenceEnd, as_heard, ended_by_answer, in_force, known_absences

TUE, THU, FRI = day("Tue 1 Apr 2025"), day("Thu 3 Apr 2025"), day("Fri 11 Apr 2025")
NOTE = Absence(person="pat", from_on=TUE, until_on=FRI)
BACK = AbsenceEnd(person="pat", until_on=FRI, last_on=day("Wed 2 Apr 2025"))
IN_SIX_WEEKS, LATER = day("Tue 13 May 2025"), day("Wed 14 May 2025")


def away(first: date, last: date) -> Absence:
    return Absence(person="pat", from_on=first, until_on=last)


def test_an_absence_lasts_until_the_day_that_was_said_last() -> None:
    longer = AbsenceEnd(person="pat", until_on=FRI, last_on=day("Mon 14 Apr 2025"))
    assert in_force(known_absences([], [NOTE], [])) == (NOTE,)
    assert in_force(known_absences([], [NOTE], [BACK])) == (away(TUE, BACK.last_on),)
    assert in_force(known_absences([], [NOTE], [BACK, longer])) == (away(TUE, longer.last_on),)
    assert in_force(known_absences([NOTE], [], [BACK])) == (away(TUE, BACK.last_on),)


def test_an_end_before_the_first_day_takes_the_absence_back() -> None:
    never = AbsenceEnd(person="pat", until_on=FRI, last_on=day("Mon 31 Mar 2025"))
    assert in_force(known_absences([], [NOTE], [never])) == ()


def test_later_copies_of_a_note_are_the_same_absence_and_its_end_counts_for_them() -> None:
    copy = away(THU, FRI)
    assert in_force(known_absences([], [copy, NOTE], [])) == (NOTE,)
    assert in_force(known_absences([], [NOTE, copy], [BACK])) == (away(TUE, BACK.last_on),)
    assert as_heard(known_absences([], [NOTE], [BACK]), copy).end == BACK
    other = away(THU, day("Mon 14 Apr 2025"))
    assert as_heard(known_absences([], [NOTE], [BACK]), other).end is None


def test_an_absence_of_more_than_six_weeks_that_was_only_heard_waits_for_a_person() -> None:
    assert in_force(known_absences([], [away(TUE, IN_SIX_WEEKS)], [])) == (away(TUE, IN_SIX_WEEKS),)
    long = away(TUE, LATER)
    (known,) = known_absences([], [long], [])
    assert (known.waits, in_force([known])) == (True, ())
    confirmed = AbsenceEnd(person="pat", until_on=LATER, last_on=LATER)
    assert in_force(known_absences([], [long], [confirmed])) == (long,)
    assert in_force(known_absences([long], [], [])) == (long,)


def test_a_late_copy_of_a_note_that_waits_does_not_count_because_little_is_left_of_it() -> None:
    assert as_heard(known_absences([], [away(TUE, LATER)], []), away(THU, LATER)).waits


def test_an_answer_ends_what_was_heard_and_not_what_is_stated() -> None:
    known = known_absences([away(TUE, THU)], [NOTE], [])
    (end,) = ended_by_answer(known, "pat", on=THU)
    assert (end.until_on, end.last_on, end.by_answer) == (FRI, day("Wed 2 Apr 2025"), True)
    assert ended_by_answer(known, "tom", on=THU) == ()
    assert ended_by_answer(known, "pat", on=day("Mon 31 Mar 2025")) == ()
    assert ended_by_answer(known, "pat", on=day("Sat 12 Apr 2025")) == ()
    both = known_absences([NOTE], [NOTE], [end])
    assert in_force(both) == (NOTE, away(TUE, end.last_on))


def test_an_answer_ends_no_absence_that_waits() -> None:
    assert ended_by_answer(known_absences([], [away(TUE, LATER)], []), "pat", on=THU) == ()
