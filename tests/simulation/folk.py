"""Tell who holds which post, who stands above whom, and who is away: looked up in the world's own directory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from timeline.definitions.people import Directory, Holder

RANKS = ("officer", "head_of_service", "director", "chief_executive")
CEILINGS = {"A": "chief_executive", "B": "director", "C": "head_of_service"}


_NEAR = ("owner", "line manager of owner")


def _holds(holder: Holder, on: date) -> bool:
    return (holder.from_on is None or holder.from_on <= on) and (holder.until_on is None or on <= holder.until_on)


@dataclass(frozen=True)
class Folk:
    """Hold the directory on one day."""

    directory: Directory
    on: date

    def holder(self, post: str) -> str:
        """Give the person in a post, acting cover before the usual holder, or empty."""
        held = [holder for holder in self.directory.holders if holder.post == post and _holds(holder, self.on)]
        covers = [holder.person for holder in held if holder.acting]
        return (covers or [holder.person for holder in held] or [""])[0]

    def posts(self, person: str) -> list[str]:
        every = dict.fromkeys(held.post for held in self.directory.holders)
        return [each for each in every if self.holder(each) == person]

    def line(self, post: str) -> Iterator[str]:
        """Give the post, its line manager, and so on upwards."""
        seen: list[str] = []
        step: str | None = post
        while step and step not in seen:
            seen.append(step)
            yield step
            step = self.directory.posts[step].line_manager

    def first(self, posts: Iterator[str]) -> tuple[str, str]:
        """Give the first post of a line that somebody holds, and who; two empty words when nobody holds any."""
        return next(((post, who) for post in posts if (who := self.holder(post))), ("", ""))

    def meant(self, selector: str, owner: str) -> tuple[str, str]:
        """Tell whose it is by a step of a ladder, there or away: the post and the person."""
        return self.first(self._posts(selector, owner))

    def there(self, selector: str, owner: str, hears: Callable[[str], bool] = lambda _: True) -> tuple[str, str]:
        """Tell who is there for a step: the post that was meant, and its holder or the deputy while the holder is away.
        A deputy who may not hear of it is passed over.
        """
        posts = ((post, self.present(post)) for post in self._posts(selector, owner))
        return next(((post, who) for post, who in posts if who and (who == self.holder(post) or hears(who))), ("", ""))

    def present(self, post: str) -> str:
        """Give the holder of a post, or who stands in while the holder is away; empty when neither is there."""
        who, deputy = self.holder(post), self.directory.posts[post].deputy
        if not who or not self.away(who):
            return who
        stand_in = self.holder(deputy) if deputy else ""
        return "" if stand_in == who or not stand_in or self.away(stand_in) else stand_in

    def _posts(self, selector: str, owner: str) -> Iterator[str]:
        if selector != "line manager of owner":
            return self.line(owner if selector == "owner" else selector)
        line = self.line(owner)
        next(line)
        return line

    def level(self, post: str) -> str:
        return self.directory.posts[post].level.value

    def deputies(self, person: str) -> set[str]:
        """Tell who stands in for somebody by a post's deputy."""
        named = (self.directory.posts[post].deputy for post in self.posts(person))
        return {who for post in named if post and (who := self.holder(post))}

    def away(self, person: str) -> bool:
        return any(
            absence.person == person and absence.from_on <= self.on <= absence.until_on
            for absence in self.directory.absences
        )

    def may_hear(self, duty_class: str, owner: str, post: str) -> bool:
        """Tell whether a ladder of this class may reach a post: its owner, or anybody up to its ceiling."""
        if post == owner:
            return True
        level = self.level(post)
        if level not in RANKS:
            return False
        if duty_class == "D":
            near = (find(selector, owner)[0] for find in (self.meant, self.there) for selector in _NEAR)
            return post in near
        return RANKS.index(level) <= RANKS.index(CEILINGS[duty_class])
