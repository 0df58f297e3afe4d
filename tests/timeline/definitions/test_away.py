"""Test the sentence about an absence: who has the tasks from when until when, and never why."""

from tests.timeline.literals import day
from timeline.definitions.absences import Absence, AbsenceEnd, known_absences
from timeline.definitions.away import away_sentence, meant, not_over
from timeline.definitions.people import Directory, Holder, Person, Post

TUE, FRI = day("Tue 1 Apr 2025"), day("Fri 11 Apr 2025")
NOTE = Absence(person="pat", from_on=TUE, until_on=FRI)
POSTS = {
    "lead": Post(key="lead", title="Performance lead", line_manager="head", deputy="deputy"),
    "deputy": Post(key="deputy", title="Training lead"),
    "head": Post(key="head", title="Head of Safeguarding"),
}
PEOPLE = {key: Person(key=key, name=key.title(), address=f"{key}@council.example") for key in ("pat", "tom", "kim")}


def directory(*absences: Absence, held: str = "lead:pat deputy:tom head:kim") -> Directory:
    pairs = [pair.split(":") for pair in held.split()]
    holders = tuple(Holder(post=post, person=person) for post, person in pairs)
    return Directory(posts=POSTS, people=PEOPLE, holders=holders, absences=absences)


def sentence(*ends: AbsenceEnd, who: Directory | None = None, absence: Absence = NOTE) -> str:
    (known,) = known_absences([], [absence], ends)
    return away_sentence(who or directory(absence), known, on=TUE)


def test_the_deputy_has_the_tasks_until_the_last_day() -> None:
    assert sentence() == ("The Performance lead is away: the tasks go to the Training lead until Friday 11 April 2025.")


def test_a_later_absence_says_from_when() -> None:
    later = Absence(person="pat", from_on=day("Mon 7 Apr 2025"), until_on=FRI)
    assert "go to the Training lead from Monday 7 April 2025 until Friday 11 April 2025" in sentence(absence=later)


def test_without_a_deputy_who_is_there_the_line_manager_has_them_and_without_either_it_is_said() -> None:
    both = directory(NOTE, Absence(person="tom", from_on=TUE, until_on=FRI))
    assert "go to the Head of Safeguarding" in sentence(who=both)
    alone = directory(NOTE, held="lead:pat")
    assert sentence(who=alone).endswith("and neither a deputy nor a line manager is there.")


def test_what_waits_and_what_was_taken_back_leave_the_tasks_with_the_person() -> None:
    long = Absence(person="pat", from_on=TUE, until_on=day("Fri 30 May 2025"))
    assert "does not count until somebody confirms it: the tasks stay with the Performance lead" in sentence(
        absence=long, who=directory()
    )
    back = AbsenceEnd(person="pat", until_on=FRI, last_on=day("Mon 31 Mar 2025"))
    assert sentence(back, who=directory()).endswith("That was taken back: the tasks stay with the Performance lead.")


def test_a_corrected_absence_says_its_new_day() -> None:
    longer = AbsenceEnd(person="pat", until_on=FRI, last_on=day("Mon 14 Apr 2025"))
    assert "until Monday 14 April 2025" in sentence(longer)


def test_who_speaks_of_an_absence_means_the_present_one_else_one_that_waits_else_the_next() -> None:
    next_one = Absence(person="pat", from_on=day("Mon 21 Apr 2025"), until_on=day("Fri 25 Apr 2025"))
    long = Absence(person="pat", from_on=TUE, until_on=day("Fri 30 May 2025"))
    over = Absence(person="pat", from_on=day("Mon 24 Mar 2025"), until_on=day("Fri 28 Mar 2025"))
    known = known_absences([NOTE, next_one, over], [NOTE, long], [])
    assert [each.said for each in meant(known, "pat", on=TUE)] == [NOTE, NOTE]
    assert [each.said for each in meant(known_absences([next_one, over], [long], []), "pat", on=TUE)] == [long]
    assert [each.said for each in meant(known_absences([next_one, over], [], []), "pat", on=TUE)] == [next_one]
    assert meant(known_absences([over], [], []), "pat", on=TUE) == ()
    assert meant(known, "tom", on=TUE) == ()
    assert over not in [each.said for each in not_over(known, on=TUE)]
