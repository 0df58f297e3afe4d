"""Tell what comes in: answers by page and by mail, machines that answer, scanners, forgeries, and what comes back."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tasks.council.each import CouncilsFailed
from tasks.links.secure_link import Links
from tasks.receiving.receive import IntakeResult, afterwards, handle
from tests.simulation import post
from tests.simulation.account import Letter
from tests.simulation.answering import Reaction, tokens
from tests.simulation.notes import keep, keep_if_new, ref_of
from tests.simulation.post import AUTHSERV
from tests.simulation.promises import BAD_INPUT, WRONG_ANSWER, Broken
from tests.simulation.town import KEY
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer, AnswerRefused
from timeline.definitions.absences import Absence
from timeline.letters.page_views import Recorded, Reply
from timeline.replies.reading import ReplyMailbox

if TYPE_CHECKING:
    from tests.simulation.world import World

_ANSWERS_OF_OURS = "SELECT count(*) FROM response WHERE council = :key"
_CHAIN = "SELECT audit_sequence, audit_head FROM council WHERE key = :key"
EVIDENCE = "https://files.medway.example/minutes"


def reacts(world: "World", reaction: Reaction) -> None:
    """See that somebody does something about a letter."""
    world.given.append(reaction.id)
    if reaction.how == "scanner":
        _scanned(world, reaction)
    elif reaction.how in ("ack-mail", "done-mail", "help-mail"):
        _mailed(world, reaction)
    elif reaction.how in ("automatic-reply", "colleague-replies", "forged"):
        _for_somebody_else(world, reaction)
    elif reaction.how in ("nonsense", "done-without-evidence"):
        _refused(world, reaction)
    else:
        _pressed(world, reaction)


def comes_back(world: "World", letter: Letter) -> None:
    """Have a mail server report hours later that a mailbox is not there."""
    letter.bounced = True
    people = world.known.directory.people
    raw = post.bounce(letter, address=_address_then(world, letter), number=f"{letter.message_id.strip('<>')}")
    taken = world.attempt("answer", lambda: handle(world.settings, raw, at=world.clock.now, mailbox=_mailbox(world)))
    if taken is None:
        taken = handle(world.settings, raw, at=world.clock.now, mailbox=_mailbox(world))
    world.say(f"What was sent to {letter.person} comes back.")
    afterwards(world.settings, [taken], at=world.clock.now)
    assert people


def _address_then(world: "World", letter: Letter) -> str:
    for line in letter.content.decode(errors="replace").splitlines():
        if line.startswith("To: "):
            return line.rpartition("<")[2].rstrip(">").removeprefix("To: ")
    return world.known.directory.people[letter.person].address


def _mailbox(world: "World") -> ReplyMailbox:
    return ReplyMailbox(address=world.settings.mail_address, authserv=AUTHSERV)


def _scanned(world: "World", reaction: Reaction) -> None:
    """See that a scanner of links visits every address in a mail before anybody reads it."""
    links = Links(world.settings)
    with world.machine.counting():
        for token in tokens(reaction.letter):
            links.open_link(token, at=world.clock.now)
    if world.machine.writes:
        raise Broken(WRONG_ANSWER, f"A scanner opened a link of {reaction.letter.person} and something was written.")


_ANSWERS = {
    "ack": Answer.ACKNOWLEDGED,
    "done": Answer.DONE,
    "help": Answer.HELP,
    "declined": Answer.DECLINED,
    "delegated": Answer.DELEGATED,
    "confirmed": Answer.CONFIRMED,
    "returned": Answer.RETURNED,
}


def _pressed(world: "World", reaction: Reaction) -> None:
    """Take an answer by the page behind the link."""
    outcome = tokens(reaction.letter)
    if len(outcome) < reaction.number:
        return
    answer = _ANSWERS[reaction.how.partition("-")[0]]
    to = _colleague(world, reaction) if answer is Answer.DELEGATED else ""
    reply = Reply(
        answer=answer,
        evidence=EVIDENCE if answer is Answer.DONE else "",
        text="Something is missing still." if answer in (Answer.HELP, Answer.RETURNED) else "",
        delegate=world.known.directory.people[to].address if to else "",
    )

    def give() -> object:
        return _answer(world, outcome[reaction.number - 1], reply)

    said, ended = world.attempt("answer", give), False
    if said is None:
        said, ended = give(), True
    if isinstance(said, Recorded):
        _is_there(world, reaction.letter.person)
    if isinstance(said, Recorded) and ended:
        keep_if_new(world, reaction, answer, to)
    elif isinstance(said, Recorded) and not said.already:
        keep(world, reaction, answer, to)
    else:
        world.say(f"{reaction.letter.person} presses “{answer.value}” for {ref_of(reaction)}: {said}.")


def _answer(world: "World", token: str, reply: Reply) -> object:
    """Tell what the page shows; a sentence when it refuses."""
    try:
        return Links(world.settings).answer(token, reply, at=world.clock.now)
    except AnswerRefused as refused:
        return str(refused)


def _colleague(world: "World", reaction: Reaction) -> str:
    """Find somebody in post who is neither the reader, nor whom the letter was for, nor stands in for them: the first
    by name.
    """
    folk = world.scene().folk
    asked = {reaction.letter.person, *(told.person for told in reaction.letter.told)}
    near = asked.union(*(folk.deputies(person) for person in asked))
    for post_ in (post_ for person in asked for post_ in folk.posts(person)):
        assistant = folk.directory.posts[post_].assistant
        near |= {folk.holder(assistant)} if assistant else set()
    officers = (key for key, post in folk.directory.posts.items() if post.level.value == "officer")
    return next((who for key in sorted(officers) if (who := folk.holder(key)) and who not in near), "")


def _mailed(world: "World", reaction: Reaction) -> None:
    """Take an answer by mail, from the address that was written to."""
    word = {"ack-mail": "ack", "done-mail": "done", "help-mail": "help"}[reaction.how]
    several = len(reaction.letter.refs) > 1
    words = f"{word} {reaction.number}" if several else word
    words += f" {EVIDENCE}" if word == "done" else ""
    result = _take(world, reaction, words, by=_own_address(world, reaction))
    if result.state is InboundState.RECORDED:
        _is_there(world, reaction.letter.person)
    if result.state is InboundState.RECORDED and result.new:
        keep_if_new(world, reaction, _ANSWERS[word])
    else:
        world.say(f"{reaction.letter.person} mails “{words}” for {ref_of(reaction)}: {result.why}")


def _own_address(world: "World", reaction: Reaction) -> str:
    return world.known.directory.people[reaction.letter.person].address


def _take(world: "World", reaction: Reaction, words: str, *, by: str, **how: bool) -> IntakeResult:
    number = reaction.id.replace("/", ".").replace(" ", ".")
    raw = post.reply(reaction.letter, words, by=by, number=number, at=world.now, **how)

    def act() -> IntakeResult:
        return handle(world.settings, raw, at=world.clock.now, mailbox=_mailbox(world))

    result: IntakeResult | None = world.attempt("answer", act)
    if result is None:
        result = act()
        result = result if result.new else IntakeResult(kind=result.kind, state=InboundState.RECORDED, why=result.why)
    try:
        afterwards(world.settings, [result], at=world.clock.now)
    except CouncilsFailed as failed:
        # One council's fault takes no other with it, not even a broken promise.
        raise world.carrier.broken or failed from None
    return result


def _for_somebody_else(world: "World", reaction: Reaction) -> None:
    """See that a machine, a colleague or a forger answers: whatever it says, nothing is recorded."""
    if reaction.letter.channel != "mail":
        return
    before = world.machine.rows(_ANSWERS_OF_OURS, key=KEY)[0][0]
    own = _own_address(world, reaction)
    if reaction.how == "automatic-reply":
        _is_away(world, reaction, own)
    elif reaction.how == "forged":
        _take(world, reaction, f"done {EVIDENCE}", by=own, proved=False)
    elif colleague := _colleague(world, reaction):
        _take(world, reaction, f"done {EVIDENCE}", by=world.known.directory.people[colleague].address)
    world.say(f"About a letter to {reaction.letter.person}: {reaction.how}.")
    if world.machine.rows(_ANSWERS_OF_OURS, key=KEY)[0][0] != before:
        raise Broken(WRONG_ANSWER, f"{reaction.how} to a letter for {reaction.letter.person} was taken for an answer.")


def _is_away(world: "World", reaction: Reaction, own: str) -> None:
    """See that the days of an absence are taken from a machine's word, and nothing else of it."""
    today = world.today
    until = today + timedelta(days=12)
    result = _take(world, reaction, f"done. I am out of the office until {until:%d %B %Y}.", by=own, automatic=True)
    if result.state is InboundState.RECORDED:
        directory = world.known.directory
        absence = Absence(person=reaction.letter.person, from_on=today, until_on=until)
        world.heard.append(absence)
        world.known = replace(world.known, directory=replace(directory, absences=(*directory.absences, absence)))


def _heard_away(world: "World", person: str) -> list[Absence]:
    """List what notes of theirs say of today; a pause is an administrator's word, and no answer ends it."""
    said = (each for each in world.heard if each.person == person and not world.silence.made(each))
    return [each for each in said if each.from_on <= world.today <= each.until_on]


def _is_there(world: "World", person: str) -> None:
    """See that whoever answers is there: what a note said of days away ends on the day before."""
    today, directory, ended = world.today, world.known.directory, _heard_away(world, person)
    shorter = {each: replace(each, until_on=today - timedelta(days=1)) for each in ended}
    left = tuple(shorter.get(absence, absence) for absence in directory.absences)
    world.heard = [shorter.get(each, each) for each in world.heard]
    world.known = replace(world.known, directory=replace(directory, absences=left))


def _refused(world: "World", reaction: Reaction) -> None:
    """Try bad input: done without a reference, given to nobody we know, an answer behind a link that never was."""
    outcome = tokens(reaction.letter)
    if len(outcome) < reaction.number:
        return
    before = world.machine.rows(_CHAIN, key=KEY)
    if reaction.how == "nonsense":
        said = [
            _answer(
                world, outcome[reaction.number - 1], Reply(answer=Answer.DELEGATED, delegate="nobody@elsewhere.example")
            )
        ]
        said.append(_answer(world, "a" * 16, Reply(answer=Answer.DONE, evidence=EVIDENCE)))
    else:
        said = [_answer(world, outcome[reaction.number - 1], Reply(answer=Answer.DONE))]
    if any(isinstance(answer, Recorded) and not answer.already for answer in said):
        raise Broken(BAD_INPUT, f"{reaction.how} of {reaction.letter.person} was recorded.")
    if any(isinstance(answer, Recorded) for answer in said) and _heard_away(world, reaction.letter.person):
        # The same answer as before is no bad input: it says that they are there.
        _is_there(world, reaction.letter.person)
    elif world.machine.rows(_CHAIN, key=KEY) != before:
        raise Broken(BAD_INPUT, f"{reaction.how} of {reaction.letter.person} changed something.")
