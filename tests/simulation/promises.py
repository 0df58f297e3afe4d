"""Hold the promises of the design and the ceilings of the classes, asked of every letter that leaves.

Everything here is worked out from the world's own account and reckoning: nothing of the ledger, nothing of `decide`.
"""

from datetime import date, datetime

from tests.simulation.account import Letter, Told
from tests.simulation.days import london
from tests.simulation.meant import by_selector, meant, step_of
from tests.simulation.reckoning import Task
from tests.simulation.scene import Scene
from timeline.definitions.refs import duty_of

ANSWERS = ("receipt", "notice")
"""Kinds of letters that answer somebody, and so leave at any hour."""
CORRECTIONS = ("moved", "ended")
AT_ONCE = ("answer", "delegated", "returned", *CORRECTIONS)
"""Rungs of no ladder: they leave when something happens."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class Broken(Exception):
    """Report a promise that was not kept: which, and how, in a sentence."""

    def __init__(self, promise: str, sentence: str) -> None:
        super().__init__(f"{promise}: {sentence}")
        self.promise, self.sentence = promise, sentence


LOST = "1. No reminder is lost"
TWICE = "2. Nothing is said twice, and nothing untrue"
WRONG_ANSWER = "3. Nobody answers for the person asked, and looking changes nothing"
BAD_INPUT = "5. Bad input changes nothing"
EMBARGO = "6. What is under embargo reaches only its circulation"
CEILING = "Ceilings: nobody hears who should not"
HOURS = "Hours: nobody is written to outside working time"
LOAD = "Load: one scheduled mail a person a working day"
CLOCK = "Time is not borrowed, and a clock that jumped is told"
STOPPED = "Nothing leaves after a stop, nor about what is paused"
UNDONE = "What is taken back leaves everything as it was before"
ISOLATED = "A council that cannot be read takes nothing from another"
AUDIT = "Audit: the chain of events is whole"
NUMBERS = "Every number of a report is what was lived"


def ask(letter: Letter, scene: Scene) -> None:
    """Raise Broken for a letter that should not leave now. It is not in the account yet."""
    before = scene.account.by_message[letter.message]
    _embargo(letter, scene)
    if letter.told and not scene.days.in_hours(letter.at):
        raise Broken(HOURS, f"{letter.person} is written to at {said(letter.at)}: {letter.subject}")
    if before:
        _repeated(letter, before)
        return
    _one_a_day(letter, scene)
    _said_once_here(letter)
    for told in letter.told:
        _once(told, letter, scene)
        _true(told, letter, scene)
        if told.rung not in CORRECTIONS:
            _not_paused(told, letter, scene)
            _not_answered(told, letter, scene)
            _may_hear(told, letter, scene)
    if letter.told and letter.channel == "mail":
        _dates(letter, scene)


def said(at: datetime) -> str:
    """Give words such as "Mon 11 Nov 2019 08:30", in London."""
    local = london(at)
    return f"{short(local.date())} {local:%H:%M}"


def short(on: date) -> str:
    return f"{_WEEKDAYS[on.weekday()][:3]} {on.day} {_MONTHS[on.month - 1][:3]} {on.year}"


def spoken(on: date) -> str:
    """Give as a mail says it, without the year."""
    return f"{_WEEKDAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"


def _repeated(letter: Letter, before: list[Letter]) -> None:
    """See that only what is uncertain is sent again, byte for byte under the same Message-ID."""
    for each in before:
        if each.outcome != "uncertain":
            raise Broken(TWICE, f"{letter.person} gets “{letter.subject}” twice: the first was {each.outcome}.")
        if each.message_id != letter.message_id:
            raise Broken(TWICE, f"“{letter.subject}” is repeated for {letter.person} under another Message-ID.")
        if each.content != letter.content:
            raise Broken(TWICE, f"“{letter.subject}” is repeated for {letter.person} in other words.")


def _one_a_day(letter: Letter, scene: Scene) -> None:
    scheduled = [told for told in letter.told if told.rung not in AT_ONCE and not told.tried]
    if not scheduled:
        return
    # A mail of a clock that was ahead bears a day that is still to come, and has its own mail then.
    daily, today = scene.account.daily, (letter.person, letter.on, letter.ahead)
    other = daily.setdefault(today, letter.message)
    if other == letter.message:
        return
    before = scene.account.by_message[other]
    back = {told.key for each in before if each.bounced for told in each.told}
    # What came back from an address that was put right since is said at the new one the same day, and nothing else is.
    if all(each.bounced for each in before) and {told.key for told in scheduled} <= back:
        daily[today] = letter.message
    else:
        raise Broken(LOAD, f"{letter.person} gets a second scheduled mail on {short(letter.on)}: {letter.subject}")


def _said_once_here(letter: Letter) -> None:
    """See that one letter speaks of a task once, however many steps were missed; a call for help has words of
    its own.
    """
    spoken_of = [(told.ref, told.person) for told in letter.told if told.rung != "answer"]
    for each in spoken_of:
        if spoken_of.count(each) > 1:
            raise Broken(LOAD, f"One letter to {letter.person} speaks of {each[0]} several times: {letter.subject}")


def _once(told: Told, letter: Letter, scene: Scene) -> None:
    for each in scene.account.by_key[told.key]:
        # What came back, or was refused after it was uncertain, may leave by another way.
        if not each.bounced and not (told.tried and each.outcome == "uncertain"):
            raise Broken(TWICE, f"{letter.person} is told of {told.ref}, {told.rung} {told.repeat}, a second time.")


def _true(told: Told, letter: Letter, scene: Scene) -> None:
    task = scene.task(told.ref)
    off = task is None or task.closed or task.due_on is None
    if told.rung == "ended":
        if not off:
            raise Broken(TWICE, f"{letter.person} hears that {told.ref} is off, and it is not.")
        return
    if off or task is None:
        raise Broken(TWICE, f"{letter.person} is told of {told.ref} for {short(told.due_on)}, and it is off.")
    if task.due_on != told.due_on:
        held = short(task.due_on) if task.due_on else "no date"
        raise Broken(TWICE, f"{letter.person} is told that {told.ref} is due {short(told.due_on)}; it is {held}.")


def _dates(letter: Letter, scene: Scene) -> None:
    """Ask the words themselves: beside each title stands a date that holds."""
    for told in letter.told:
        task = scene.task(told.ref)
        if told.rung == "ended" or task is None or task.due_on is None or task.legal_on is None:
            continue
        words = " ".join(letter.text.split())
        if task.title not in words:
            raise Broken(TWICE, f"A letter to {letter.person} should speak of “{task.title}” and does not.")
        if not any(spoken(on) in words for on in (task.due_on, task.legal_on)):
            raise Broken(TWICE, f"A letter to {letter.person} does not say {short(task.due_on)} for {told.ref}.")


def _not_paused(told: Told, letter: Letter, scene: Scene) -> None:
    """See that who asks for help is helped, in a pause too, and who is given a task hears of it."""
    if told.rung not in AT_ONCE and duty_of(told.ref) in scene.paused:
        raise Broken(STOPPED, f"{letter.person} is asked about {told.ref} ({told.rung}), which is paused.")


def _not_answered(told: Told, letter: Letter, scene: Scene) -> None:
    task = scene.task(told.ref)
    waits = scene.account.done(told.ref) and not scene.account.confirmed(told.ref)
    if (told.rung == "confirm") != waits and (waits or scene.account.done(told.ref) or told.rung == "confirm"):
        raise Broken(TWICE, f"{letter.person} is asked about {told.ref} ({told.rung}) after it was done.")
    step = step_of(told, task)
    if task and step and step.unless_acknowledged and scene.is_silent(task):
        raise Broken(TWICE, f"{letter.person} is asked about {told.ref} ({told.rung}) though it was answered.")


def _may_hear(told: Told, letter: Letter, scene: Scene) -> None:
    """Tell whom the step means today, within the class; in a trial run nobody but the programme lead."""
    task, folk = scene.task(told.ref), scene.folk
    if task is None:
        return
    if not folk.posts(letter.person):
        raise Broken(CEILING, f"{letter.person} holds no post any more and is told of {told.ref}.")
    if scene.in_shadow:
        if letter.person != folk.holder("improvement_programme_lead"):
            raise Broken(CEILING, f"{letter.person} is written to in the trial run, about {told.ref}.")
        return
    theirs = meant(told, task, scene)
    stands_in = letter.person in folk.deputies(told.person)
    stands_in |= told.tried and letter.person in by_selector("line manager of owner", task, scene)
    if told.person not in theirs and _was_for(told, task, letter, scene):
        return
    if told.person not in theirs or not (letter.person == told.person or stands_in):
        raise Broken(CEILING, f"{letter.person} is told of {told.ref} ({told.rung}), and it is not theirs to hear.")
    _in_time(told, task, letter, scene)


def _was_for(told: Told, task: Task, letter: Letter, scene: Scene) -> bool:
    """See that an embargo that is lifted at noon is seen by the next morning's flow: what was written before for whom
    it left, within the class, may still be on its way when the mail server is back.
    """
    posts = scene.folk.posts(told.person)
    below = any(scene.folk.may_hear(task.duty_class.value, task.owner, post) for post in posts)
    return letter.composed_at < letter.at and letter.composed_at.date() == letter.at.date() and below


def _in_time(told: Told, task: Task, letter: Letter, scene: Scene) -> None:
    """See that no step speaks before its day, more often than it may, or on the wrong side of the due date."""
    step = step_of(told, task)
    if step is None or task.due_on is None:
        return
    if told.repeat > step.times:
        raise Broken(LOAD, f"{letter.person} is told of {told.ref} ({told.rung}) for the {told.repeat + 1}th time.")
    moments = step.moments(task.due_on, scene.days)
    if moments and letter.on < moments[told.repeat]:
        raise Broken(LOAD, f"{letter.person} is told of {told.ref} ({told.rung}) before {short(moments[told.repeat])}.")
    if step.mark == "before" and letter.on > task.due_on:
        raise Broken(TWICE, f"{letter.person} is reminded of {told.ref} ({told.rung}) after its due date.")


def _embargo(letter: Letter, scene: Scene) -> None:
    words = " ".join(letter.text.split())
    for ref in {*(told.ref for told in letter.told), *letter.refs}:
        task = scene.task(ref)
        named = task is not None and (task.title in words or any(told.ref == ref for told in letter.told))
        for embargo, name in task.embargoes if task and named else ():
            if not embargo.circulation & set(scene.folk.posts(letter.person)):
                raise Broken(EMBARGO, f"{letter.person} hears of {ref}, which rests on {name} and is under embargo.")
