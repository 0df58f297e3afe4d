"""Give the tests of stand-ins a council in which people are away, and whom a rung then means."""

from dataclasses import replace

from tests.timeline.builders import EVERYBODY, council, milestone
from tests.timeline.literals import at, day
from timeline.definitions.absences import Absence
from timeline.definitions.people import Directory
from timeline.escalation.task_context import TaskContext, task_context
from timeline.planning.occurrences import Milestone

# Thursday 14 to Tuesday 19 November 2019, both included, over a weekend.
FIRST, LAST = "Thu 14 Nov 2019", "Tue 19 Nov 2019"
DEPUTY = "programme_lead"


def away(*people: str, deputies: bool = True, who: Directory = EVERYBODY, **works: tuple[int, ...]) -> Directory:
    """Give everybody in post, with these away; with `deputies` the programme lead is the officer's and the
    managers'.
    """
    deputy = DEPUTY if deputies else None
    posts = {key: replace(post, deputy=deputy) if key != DEPUTY else post for key, post in who.posts.items()}
    absences = tuple(Absence(person=person, from_on=day(FIRST), until_on=day(LAST)) for person in people)
    given = {key: replace(person, works=works.get(key.replace("-", "_"), ())) for key, person in who.people.items()}
    return replace(who, posts=posts, absences=absences, people=given)


def seen(who: Directory, *, on: str = FIRST, of: Milestone | None = None) -> TaskContext:
    return task_context(council(directory=who), of or milestone(), at=at(f"{on} 07:30"))
