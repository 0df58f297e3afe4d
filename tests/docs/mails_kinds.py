"""Hold each kind of mail once, as the letters make it for the Medway case: what officers read, on a day of that
year.
"""

from collections.abc import Iterator
from dataclasses import replace

from tasks.director.picture import drawn
from tests.config.medway import medway
from tests.docs.mails_told import (
    PROGRAMME,
    REF,
    URL,
    Kind,
    answer,
    correction,
    holder,
    kind_of,
    mail,
    milestone,
    receipt,
    shadow_of,
    told,
)
from tests.docs.picture_page import as_shown
from tests.timeline.literals import at, day
from tests.timeline.lives import sent
from timeline.answers.responses import Answer, Response
from timeline.escalation.prompts import CLIMB, CONFIRM, DELEGATED, ENDED, MOVED, RETURNED, PromptKind
from timeline.letters import receipt as receipts
from timeline.letters.absence import StoodIn, unreached_subject, unreached_text
from timeline.letters.absence import subject as back_subject
from timeline.letters.absence import text as back_text
from timeline.letters.asking.recorded import recorded
from timeline.letters.mail_views import MailLine, MailLines
from timeline.letters.page_views import MessageTask


def kinds() -> Iterator[Kind]:
    """Give every kind, in the order in which a task meets them."""
    yield from _reminders()
    yield from _to_others()
    yield from _corrections()
    yield from _receipts()
    yield from _lists()


def _reminders() -> Iterator[Kind]:
    forum, plan, panel = "engagement-forum/1/invitation", "action-plan/1/submitted", "plo-panel/3/papers"
    invitation = told(forum, "Fri 27 Sep 2019")
    yield mail("reminder", "A reminder", "The first mail about a task.", invitation)
    law = told(plan, "Thu 14 Nov 2019")
    yield mail("law", "A reminder of what the law requires", "It says so in the subject and beside the date.", law)
    several = [told(plan, "Mon 4 Nov 2019"), told("risk-register/2/review", "Mon 4 Nov 2019")]
    several += [told("improvement-board/2/agenda", "Mon 4 Nov 2019")]
    yield mail("several", "Several tasks in one mail", "One scheduled mail a person a day.", *several)
    first = told(panel, "Fri 1 Nov 2019")[0]
    again = told(panel, "Tue 5 Nov 2019", entries=[sent(replace(first, key=first.key._replace(rung="earlier")))])
    yield mail("again", "A second reminder", "It says who is asked to help if the task stays open, and when.", again)
    has_it = answer(panel, Answer.ACKNOWLEDGED, "Thu 31 Oct 2019 10:05")
    yield mail(
        "has-it", "To somebody who has it", "When “I have this” has run out.", told(panel, "Wed 6 Nov 2019", has_it)
    )
    yield mail("overdue", "A date that has passed", "Until it is done.", told(panel, "Tue 12 Nov 2019"))
    silent = told(forum, "Fri 27 Sep 2019")
    yield mail("link-only", "Where no answers by mail are read", "Only the link is offered.", silent, replies=False)
    trial = told(forum, "Fri 27 Sep 2019")
    lead = replace(trial[0], deliver_to=holder("improvement_programme_lead"), key=shadow_of(trial[0].key))
    yield mail(
        "trial", "In a trial run", "The programme lead gets every mail, and reads for whom it was.", (lead, trial[1])
    )


def _to_others() -> Iterator[Kind]:
    ref, draft = "plo-panel/3/papers", "action-plan/1/submitted"
    late = told(ref, "Fri 8 Nov 2019", rung="overdue", to="improvement_programme_lead")
    yield mail("escalation", "To a manager", "It needs help; nobody is named or blamed.", late)
    helps = answer(
        ref, Answer.HELP, "Tue 5 Nov 2019 10:05", text="The chair has not sent the list.\nTwo of us are away"
    )
    asked = told(ref, "Tue 5 Nov 2019", helps, rung=CLIMB, to="improvement_programme_lead")
    yield mail("help", "Somebody asked for help", "The manager reads their words.", asked)
    passed = answer(
        ref, Answer.DELEGATED, "Tue 5 Nov 2019 10:05", text="as agreed", delegated_to=holder("training_lead")
    )
    given = told(ref, "Tue 5 Nov 2019", passed, rung=DELEGATED, to="training_lead", kind=PromptKind.REMINDER)
    yield mail("delegated", "Somebody passed a task on", "The new owner reads who asks, and their words.", given)
    done = answer(draft, Answer.DONE, "Wed 27 Nov 2019 16:20", evidence="https://files.council.example/plan/sent")
    waits = told(draft, "Thu 28 Nov 2019", done, rung=CONFIRM, to="head_of_improvement", kind=PromptKind.REMINDER)
    yield mail("confirm", "A second person is asked to confirm", "For class A.", waits)
    returned = answer(
        draft, Answer.RETURNED, "Thu 28 Nov 2019 09:40", by="head_of_improvement", text="The receipt is missing."
    )
    back = told(draft, "Thu 28 Nov 2019", done, returned, rung=RETURNED)
    yield mail("returned", "A second person says that it is not done", "With what is missing.", back)
    away = told(ref, "Fri 1 Nov 2019")
    stand_in = replace(away[0], stands_in_for=away[0].meant_for)
    yield mail("stand-in", "To a stand-in", "The post holder is away; nobody is told why.", (stand_in, away[1]))


def _corrections() -> Iterator[Kind]:
    ref = "plo-panel/3/papers"
    first = sent(told(ref, "Fri 1 Nov 2019")[0], "Fri 1 Nov 2019 08:30")
    moved = replace(milestone(ref), due_on=day("Thu 14 Nov 2019"), legal_on=day("Thu 14 Nov 2019"))
    why = "On 5 November 2019 moved to Tuesday 19 November 2019: the chair is away (recorded by the Programme Lead)."
    moved = replace(moved, why=(why,), because="Because the PLO panel meets on Tuesday 19 November 2019.")
    yield correction("moved", "A date that has moved", "One mail to each person who was told.", moved, MOVED, first)
    ended = replace(
        milestone(ref), closed_because="The meeting was cancelled on Tuesday 5 November 2019 (the chair's mail)."
    )
    yield correction("ended", "Something that is no longer needed", "The link closes.", ended, ENDED, first)


def _receipts() -> Iterator[Kind]:
    ref, when = "engagement-forum/1/invitation", "Fri 27 Sep 2019 10:05"
    given: tuple[tuple[str, str, Response], ...] = (
        ("receipt-yes", "“Yes”", answer(ref, Answer.ACKNOWLEDGED, when)),
        (
            "receipt-done",
            "“Done”, with a link",
            answer(ref, Answer.DONE, when, evidence="https://files.council.example/14"),
        ),
        ("receipt-help", "“Help”", answer(ref, Answer.HELP, when, text="Which room may we use?")),
        ("receipt-not-mine", "“Not mine”", answer(ref, Answer.DECLINED, when, text="It is the workforce lead's.")),
    )
    for name, title, response in given:
        task = told(ref, "Fri 27 Sep 2019", response)[1]
        next_at = at("Fri 4 Oct 2019 08:30") if response.answer is Answer.ACKNOWLEDGED else None
        said = recorded(task, response, next_at=next_at, already=False)
        sentences = receipts.recorded_sentences(task, said, to=response.person, more=(receipts.SAME_LINK,))
        line = MessageTask(1, "", "", URL.format(23))
        yield receipt(name, f"A receipt: {title}", receipts.heading(response.answer), sentences, task=line)
    for name, title, about, sentence in (
        ("unclear", "A reply that cannot be read", receipts.ABOUT_NOT_CLEAR, receipts.NOT_CLEAR),
        ("which-task", "A reply that does not say which task", receipts.ABOUT_NOT_CLEAR, receipts.WHICH_TASK),
        ("not-proved", "A reply whose sender is not proved", receipts.ABOUT_NOT_PROVED, receipts.NOT_PROVED),
        ("not-asked", "A reply from somebody else", receipts.ABOUT_NOT_ASKED, receipts.NOT_ASKED),
    ):
        line = MessageTask(1, "", "", URL.format(23))
        yield receipt(name, title, about, (sentence,), task=line, template="unclear")


def _lists() -> Iterator[Kind]:
    week = MailLines(
        programme_name=PROGRAMME,
        council_name=medway().council.name,
        greeting="Director of People",
        intro="The week from Monday 11 November, by duty.",
        lines=(
            MailLine("For you to decide or sign", "Director signs off the action plan, due Thu 14 Nov."),
            MailLine("At risk", "Action plan to Ofsted: 2 tasks (1 red, 1 amber), the first due Tue 12 Nov."),
            MailLine("Met", "Improvement Board, held Wed 6 Nov 2019."),
        ),
        picture=drawn(as_shown(at("Mon 11 Nov 2019 08:25"))),
        closing=("You can forward this mail as it is: nothing in it answers for you, and it names no person.",),
        ref=REF,
    )
    yield kind_of(
        "monday",
        "The director's Monday mail",
        "On the first working day of a week. It has the picture of the timeline, as a board may see it.",
        week,
        "lines",
        f"{PROGRAMME}: the week from Monday 11 November",
    )
    link = {"programme_name": PROGRAMME, "council_name": medway().council.name, "greeting_name": "Sam Hart"}
    link |= {"url": URL.format(24).replace("/r/", "/mine/"), "minutes": "30", "ref": REF}
    yield kind_of(
        "list",
        "The link to somebody's own tasks",
        "When they ask for it on a page.",
        link,
        "confirm",
        f"{PROGRAMME}: the link to your tasks",
    )
    person = medway().directory.people[holder("project_support")]
    lead = medway().directory.people[holder("improvement_programme_lead")]
    task = told("plo-panel/3/papers", "Mon 4 Nov 2019")[1]
    yield Kind(
        name="back",
        title="After an absence",
        when="It lists the reminders that a stand-in got.",
        subject=back_subject(PROGRAMME),
        text=back_text(medway(), person, [StoodIn(task=task, post="Training lead")]),
    )
    words = unreached_text(medway(), person, lead, reached_by="", on=day("Mon 4 Nov 2019"))
    yield Kind(
        name="unreached",
        title="Somebody cannot be reached",
        when="To the programme lead.",
        subject=unreached_subject(medway().council),
        text=words,
    )
