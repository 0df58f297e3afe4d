"""The one door for answers: whatever an officer says, by whatever way, is recorded here, once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from config.settings import Settings
from models.store import Letter, Store
from timeline.answers.inbound import Inbound
from timeline.answers.responses import SECOND_PERSONS, Answer, AnswerRefused, Response, State, accept
from timeline.definitions.duties import OWNER
from timeline.delivery.messages import TokenOf
from timeline.escalation import confirmation
from timeline.escalation.answer_prompts import climb, handed_on, sent_back
from timeline.escalation.ladder import decide, owed
from timeline.escalation.next_check import asks_again_at, next_rung_at
from timeline.escalation.prompts import Prompt
from timeline.escalation.task_context import Ground, ground
from timeline.letters.page_views import Recorded
from timeline.letters.task_page import recorded

# More than can race for one milestone: each loser sees what the winner wrote.
_TRIES = 100


@dataclass(frozen=True, kw_only=True)
class Given:
    """What somebody answered for `person` (a key of the directory); `answered_by` when it was another, `by` the key of
    that one where it is known.

    `delegated_to` is the key of the person who is to do it from now on.
    """

    person: str
    answer: Answer
    via: str
    evidence: str = ""
    text: str = ""
    answered_by: str = ""
    delegated_to: str = ""
    by: str = ""


Receipt = Callable[[Ground, Recorded], Letter]
"""Writes what goes back to the one who answered, from the task as it stands then and what was recorded."""


def record_response(
    store: Store,
    settings: Settings,
    ref: str,
    given: Given,
    *,
    at: datetime,
    inbound: Inbound | None = None,
    receipt: Receipt | None = None,
) -> Recorded:
    """Records an answer about the milestone `ref` and says what follows; the same answer again changes nothing.

    `inbound`, the message that brought it, and the `receipt` for it are kept in the same transaction. Raises
    AnswerRefused with a sentence for the one who answers (then nothing is kept), AlreadyHeard when that message came
    in before.
    """
    for _ in range(_TRIES):
        gathered = store.gathered(ref, settings.working_hours)
        if gathered is None:
            raise AnswerRefused(f"There is no task “{ref}”.")
        timeline, found, said = gathered
        now = ground(timeline, found.milestone, said, found.responses, at=at)
        response = _response(now, given)
        _may_be_given(now, response)
        if accept(found.milestone, response, now.standing) is None:
            recorded = _recorded(now, _stood(now, response), already=True)
            if inbound:
                store.hear(inbound, letter=receipt(now, recorded) if receipt else None)
            return recorded
        after = ground(timeline, found.milestone, said, [*found.responses, response], at=at)
        recorded = _recorded(after, response, already=False)
        if store.record(
            response,
            expected=len(found.responses),
            climb=_climbs(after, response, len(found.responses)),
            next_rung_at=_looked_at_again(after),
            state=after.standing.state,
            inbound=inbound,
            letter=receipt(after, recorded) if inbound and receipt else None,
        ):
            return recorded
    raise AnswerRefused("Many people are answering this at the same moment; please try again.")


def _stood(now: Ground, response: Response) -> Response:
    """What was said before, when the same is said again."""
    said = now.standing.confirmed if response.answer is Answer.CONFIRMED else now.standing.response
    return said or response


def _response(now: Ground, given: Given) -> Response:
    milestone, typed = now.milestone, given.answered_by.strip()
    if milestone.due_on is None:
        raise AnswerRefused(f"This task has no date yet: it waits for {', '.join(milestone.waits_for)}.")
    return Response(
        milestone=milestone.ref,
        due_on=milestone.due_on,
        person=given.person,
        answer=given.answer,
        at=now.at,
        via=given.via,
        evidence=given.evidence.strip(),
        text=given.text.strip(),
        answered_by=typed,
        delegated_to=given.delegated_to,
        by=given.by or now.timeline.directory.called(typed),
        to_confirm=given.answer is Answer.DONE and confirmation.needs_confirming(now),
    )


def _may_be_given(now: Ground, response: Response) -> None:
    """A task is given to somebody else, who holds a post here and may hear of it; and a second person confirms it."""
    if response.answer in SECOND_PERSONS:
        confirmation.refuse_who_may_not(now, response)
    to, council = response.delegated_to, now.council.name
    if response.answer is not Answer.DELEGATED or not to:
        return
    if to == response.person:
        raise AnswerRefused("You cannot pass a task on to yourself: please say who else will do it.")
    if now.stands_for(to) is None:
        raise AnswerRefused(f"This task cannot be passed on to that person: expected somebody in post at {council}.")


def _climbs(after: Ground, response: Response, before: int) -> tuple[Prompt, ...]:
    if after.standing.state is State.UNCONFIRMED:
        return decide(after, until=after.at).prompts
    if response.answer is Answer.DELEGATED:
        return handed_on(after, response, repeat=before)
    if response.answer is Answer.RETURNED:
        return sent_back(after, response, repeat=before)
    if response.answer not in (Answer.HELP, Answer.DECLINED):
        return ()
    return climb(after, response, repeat=before)


def _looked_at_again(after: Ground) -> datetime | None:
    if after.standing.state is State.UNCONFIRMED:
        return decide(after, until=after.at).next_rung_at
    return next_rung_at(after, until=after.at) if owed(after) else None


def _recorded(found: Ground, response: Response, *, already: bool) -> Recorded:
    return recorded(found, response, next_at=asks_again_at(found), already=already)


def whose(of: TokenOf, answer: Answer) -> str:
    """Whose answer it is: that of the person asked, but a second person's word is always the reader's own."""
    return of.reader if answer in SECOND_PERSONS else of.person


def was_reassigned(found: Ground, of: TokenOf) -> bool:
    """Whether a link's holder is no longer asked: the task has another owner, or the person has left."""
    directory = found.timeline.directory
    hold = all(one in directory.people and directory.posts_of(one, on=found.on) for one in (of.person, of.reader))
    asked = {one.selector for one in found.said if one.key.person == of.person}
    return not hold or (asked == {OWNER} and not found.is_with(of.person))
