"""What the programme lead reads about somebody who cannot be reached."""

from datetime import date

from timeline.council import Council, CouncilTimeline
from timeline.people import Person


def subject(council: Council) -> str:
    return f"{council.programme}: Somebody cannot be reached"


def text(timeline: CouncilTimeline, person: Person, lead: Person, *, reached_by: str, on: date) -> str:
    """Who, under which posts, and what helps; never about what: it may be under embargo. `reached_by` is the channel
    that is left, or empty.
    """
    directory = timeline.directory
    posts = [directory.posts[post].title for post in directory.posts_of(person.key, on=on)]
    held = f" ({', '.join(posts)})" if posts else ""
    deputy = directory.deputy_of(person.key, on=on)
    otherwise = f"goes to the {deputy.post.title}" if deputy else "climbs to the line manager"
    goes_to = f"leaves by {reached_by} instead" if reached_by else otherwise
    return (
        f"Dear {lead.name},\n\n"
        f"We could not reach {person.name}{held}: a message for them came back or was refused.\n"
        f"What is for them {goes_to} until their address is put right in the timeline.\n\n"
        f"{timeline.council.programme}\n{timeline.council.name}\n"
    )
