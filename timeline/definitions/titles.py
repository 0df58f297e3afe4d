"""Name posts as people read them."""

from timeline.calendar.wording import plain_name
from timeline.definitions.people import Directory


def post_title(directory: Directory, post: str) -> str:
    """Give the title of a post, or its key in plain words where the timeline has no such post."""
    stated = directory.posts.get(post)
    return stated.title if stated else plain_name(post)
