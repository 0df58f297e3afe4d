"""Hold the views that stand behind a door in memory: tasks, lists, a draft, and mails that wait for review."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from timeline.answers.responses import Answer, State
from timeline.calendar.london import LONDON
from timeline.definitions.duties import DutyClass
from timeline.definitions.standing import PRACTICE
from timeline.director.briefings import Because
from timeline.letters.mail_views import MailLine
from timeline.letters.page_views import (
    AwayView,
    DeadLink,
    DraftLine,
    DraftView,
    MessageTask,
    MessageView,
    MineTask,
    MineView,
    ReviewItem,
    TaskView,
)

OPEN = "abcdefghjkmnpq23"
DONE = "dddddddddddddddd"
MESSAGE = "mmmmmmmmmmmmmmmm"
MOVED = "vvvvvvvvvvvvvvvv"
UNKNOWN = "zzzzzzzzzzzzzzzz"
MINE = "nnnnnnnnnnnnnnnn"
NOTHING = "eeeeeeeeeeeeeeee"
RUN_OUT = "rrrrrrrrrrrrrrrr"
TASK = TaskView(
    title="Director’s sign-off of the action plan",
    asks="Sign off the written statement of action, so that the lead member and the chief executive can be briefed.",
    obligation_title="Action plan to Ofsted and the Secretary of State",
    duty_class=DutyClass.A,
    due_phrase="due in 3 working days (5 calendar days), Thursday 14 November",
    due_on=date(2019, 11, 14),
    legal_on=date(2019, 11, 14),
    why=(
        "10 working days before the action plan is due on Thursday 28 November 2019.",
        "The action plan is due 70 working days after the report was received on Wednesday 21 August 2019.",
    ),
    basis="Council practice, before a duty of the Education and Inspections Act 2006, section 137(3)",
    standing=PRACTICE.sentence,
    post_title="Director of People",
    person_name="Sam Hart",
    state=State.OPEN,
    state_phrase="",
    needs_evidence=True,
    council_name="Medway Council",
    programme_name="Improvement programme",
)
FINISHED = replace(
    TASK, state=State.DONE, choices=(), state_phrase="You told us on Thu 14 Nov at 09:12 that it is done."
)
SEVERAL = MessageView(
    council_name="Medway Council",
    programme_name="Improvement programme",
    person_name="Sam Hart",
    tasks=(
        MessageTask(1, TASK.title, TASK.due_phrase, f"/r/{OPEN}"),
        MessageTask(2, FINISHED.title, FINISHED.due_phrase, f"/r/{DONE}"),
    ),
)
AWAY = AwayView(
    council="medway",
    council_name="Medway Council",
    person="sam-hart",
    name="Sam Hart",
    named="2019-11-22",
    sentence=("The Director of People is away: the tasks go to the Assistant Director until Friday 22 November 2019."),
    last_on=date(2019, 11, 22),
    heard=True,
    waits=False,
    in_force=True,
)
WAITS = AwayView(
    council="medway",
    council_name="Medway Council",
    person="kim-cole",
    name="Kim Cole",
    named="2020-03-31",
    sentence=(
        "A note says that the Performance lead is away from Thursday 14 November 2019 to Tuesday 31 March 2020. That "
        "is more than six weeks, so it does not count until somebody confirms it: the tasks stay with the Performance "
        "lead."
    ),
    last_on=date(2020, 3, 31),
    heard=True,
    waits=True,
    in_force=False,
)
TASKS = MineView(
    away=(AWAY,),
    council_name="Medway Council",
    programme_name="Improvement programme",
    person_name="Sam Hart",
    until="10:30",
    now=(
        MineTask(
            title=TASK.title,
            obligation_title=TASK.obligation_title,
            due_phrase=TASK.due_phrase,
            state=State.OPEN,
            url=f"/r/{OPEN}",
        ),
    ),
    later=(
        MineTask(
            title="Final draft of the action plan",
            obligation_title=TASK.obligation_title,
            due_phrase="due in 8 working days (12 calendar days), Thursday 21 November",
            state=State.ACKNOWLEDGED,
            url="",
        ),
    ),
    calendar_url="https://daymark.council.example/calendar/cccccccccccccccc.ics",
    drafts=(
        DraftLine(ref="action-plan/1/submitted", title="Action plan submitted to Ofsted", because=Because.CLOSE),
        DraftLine(
            ref="focused-visit/1/submitted", title="Plan for the priority action submitted", because=Because.OVERDUE
        ),
        DraftLine(
            ref="commissioner-instruction/1/complied", title="Instruction complied with", because=Because.BLOCKED
        ),
    ),
)
DRAFT = DraftView(
    council_name="Medway Council",
    programme_name="Improvement programme",
    person_name="Sam Hart",
    ref="action-plan/1/submitted",
    to_post="Portfolio Holder for Children's Services",
    subject="Improvement programme: briefing, Action plan submitted to Ofsted",
    lines=(
        MailLine("What is due", "Action plan to Ofsted. It is due on Thursday 28 November 2019."),
        MailLine("Why this date", "70 working days after the report was received. Basis: SI 2007/462 reg 3."),
        MailLine("How it stands", "It is not recorded as done yet (on Tuesday 26 November 2019)."),
        MailLine("What is being done", "The Head of Specialist Projects is responsible for it."),
    ),
    closing=("This is for your information. Nothing is asked of you.",),
    seen="0123456789abcdef",
)
LISTS: Mapping[str, MineView | DeadLink] = {
    MINE: TASKS,
    NOTHING: replace(TASKS, now=(), later=(), calendar_url="", drafts=()),
    RUN_OUT: DeadLink("expired"),
}
HELD = (
    ReviewItem(
        id="1" * 64,
        via="mail",
        received_at=datetime(2019, 11, 14, 9, 12, tzinfo=LONDON),
        council_name="Medway Council",
        why="The sender is not the person who was asked.",
        person_name="Sam Hart",
        post_title="Director of People",
        task_title=f"{TASK.title} (action-plan/1/sign-off)",
        asks=Answer.DONE,
        sender="Lee Park <lee.park@elsewhere.example>",
        text="Done, see the minutes.\n\n  <script>alert(1)</script>",
        command="daymark done action-plan/1/sign-off --as ADDRESS --for sam.hart@council.example --evidence URL",
    ),
    ReviewItem(
        id="2" * 64,
        via="teams",
        received_at=datetime(2019, 11, 14, 9, 20, tzinfo=LONDON),
        council_name="Medway Council",
        why="The words look like a person's or a case's mark.",
        text="About NHS number 943 476 5919",
        held_back=True,
    ),
)
VIEWS: Mapping[str, TaskView | MessageView | DeadLink] = {
    OPEN: TASK,
    DONE: FINISHED,
    MESSAGE: SEVERAL,
    MOVED: DeadLink("moved"),
}
