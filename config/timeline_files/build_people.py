"""Build posts, people, holders and absences from the files."""

from config.timeline_files.pack_shapes import PackShape, PostShape
from config.timeline_files.timeline_shapes import PersonShape, TimelineShape
from timeline.definitions.absences import Absence
from timeline.definitions.duties import Level
from timeline.definitions.people import Directory, Holder, Person, Post


def posts(pack: PackShape, timeline: TimelineShape) -> dict[str, Post]:
    """Build the pack's posts with the council's titles, and the council's own posts."""
    keys = [*pack.posts, *(key for key in timeline.posts if key not in pack.posts)]
    return {key: _post(key, timeline.posts.get(key, PostShape()), pack.posts.get(key, PostShape())) for key in keys}


def _post(key: str, own: PostShape, given: PostShape) -> Post:
    return Post(
        key=key,
        title=own.title or given.title or key.replace("_", " ").capitalize(),
        level=own.level or given.level or Level.OFFICER,
        line_manager=own.line_manager or given.line_manager,
        deputy=own.deputy or given.deputy,
        assistant=own.assistant or given.assistant,
    )


def directory(pack: PackShape, timeline: TimelineShape) -> Directory:
    people = {key: _person(key, person) for key, person in timeline.people.items()}
    holders = (
        Holder(
            post=holding.post,
            person=key,
            from_on=holding.from_on,
            until_on=holding.until_on,
            acting=holding.acting,
        )
        for key, person in timeline.people.items()
        for holding in person.holds
    )
    absences = (
        Absence(person=key, from_on=away.from_on, until_on=away.until_on)
        for key, person in timeline.people.items()
        for away in person.absent
    )
    return Directory(posts=posts(pack, timeline), people=people, holders=tuple(holders), absences=tuple(absences))


def _person(key: str, shape: PersonShape) -> Person:
    return Person(
        key=key,
        name=shape.name,
        address=shape.address,
        channels=shape.channels,
        teams=shape.teams.lower(),
        phone=shape.phone,
        works=shape.works,
        shared=shape.shared,
    )
