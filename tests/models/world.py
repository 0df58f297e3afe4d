"""Hold a small council in literals: one duty, one milestone, two posts. What the store is given in its tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from models.store import DeliveryReceipt, Store
from tests.timeline.literals import at, day
from tests.timeline.occurrences import occurrence as planned
from timeline.answers.responses import Answer, Response, State, TaskStatus
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.council import Council, CouncilTimeline
from timeline.definitions.duties import (
    OWNER,
    DutyClass,
    Ladder,
    Level,
    Mark,
    MilestoneRule,
    Obligation,
    OccurrenceKind,
    Rung,
)
from timeline.definitions.facts import Embargo, Fact
from timeline.definitions.people import Directory, Holder, Person, Post
from timeline.definitions.standing import LAW, PRACTICE
from timeline.delivery.messages import Message, TokenClaims
from timeline.escalation.ladder import Decision
from timeline.escalation.prompts import Prompt, PromptKey, PromptKind
from timeline.planning.occurrences import Milestone, Occurrence

HOURS = WorkingHours(time(8), time(18))
LEASE = timedelta(minutes=10)
APPLIED_AT = at("Tue 27 Aug 2019 09:00")
MORNING = at("Thu 14 Nov 2019 07:31")
MAIL_AT = at("Thu 14 Nov 2019 08:30")
DUTIES = frozenset({"action-plan"})
REF = "action-plan/1/first-draft"
DUE = day("Thu 28 Nov 2019")

LADDER = Ladder(
    key="calm",
    rungs=(
        Rung(key="first", working_days=10, mark=Mark.BEFORE_DUE, to=(OWNER,), every=5, times=1),
        Rung(key="last", working_days=0, mark=Mark.BEFORE_DUE, to=(OWNER,), at=time(14), channels=("mail", "teams")),
    ),
)
DRAFT = MilestoneRule(
    key="first-draft", title="First draft", when="by 2019-11-28", asks="Write it.", ladder=LADDER, owner="officer"
)
DUTY = Obligation(
    key="action-plan",
    title="Action plan",
    duty_class=DutyClass.A,
    kind=OccurrenceKind.SUBMISSION,
    rule="70 working days after report_received",
    basis="SI 2018/794",
    standing=LAW,
    owner="officer",
    milestones=(DRAFT,),
)
RECEIVED = Fact(
    name="report_received",
    on=day("Wed 21 Aug 2019"),
    known_at=at("Wed 21 Aug 2019 12:00"),
    who="lead",
    source="Ofsted's letter",
    embargo=Embargo(circulation=frozenset({"officer", "director", "lead"}), until=at("Tue 27 Aug 2019 00:00")),
)
DIRECTORY = Directory(
    posts={
        "officer": Post(key="officer", title="Officer", line_manager="director"),
        "director": Post(key="director", title="Director of People", level=Level.DIRECTOR),
    },
    people={
        "ann": Person(key="ann", name="Ann O’Brien", address="ann.o'brien@council.example"),
        "bob": Person(key="bob", name="Bob", address="bob@council.example"),
    },
    holders=(
        Holder(post="officer", person="ann", until_on=day("Fri 29 Nov 2019")),
        Holder(post="officer", person="bob", from_on=day("Sat 30 Nov 2019")),
        Holder(post="director", person="bob"),
    ),
)


def timeline(council: str, **changes: Any) -> CouncilTimeline:
    given = CouncilTimeline(
        council=Council(key=council, name="Exampleshire", shadow_by_default=True),
        obligations=(DUTY,),
        facts=(RECEIVED,),
        directory=DIRECTORY,
        proclaimed_bank_holidays={day("Mon 19 Sep 2022"): "State funeral"},
        closure_days={day("Fri 27 Dec 2019"): "Christmas closure"},
        hours=HOURS,
    )
    return replace(given, **changes)


def apply(store: Store, given: CouncilTimeline | None = None, *, at: datetime = APPLIED_AT, digest: str = "d1") -> None:
    store.changes.apply(given or timeline(store.council), at=at, who="lead", source="exampleshire.yaml", digest=digest)


def milestone(**changes: Any) -> Milestone:
    given = Milestone(
        ref=REF,
        obligation="action-plan",
        number=1,
        key="first-draft",
        title="First draft",
        duty="Action plan",
        asks="Write it.",
        owner="officer",
        duty_class=DutyClass.A,
        ladder=LADDER,
        legal_on=DUE,
        due_on=DUE,
        basis="Council practice",
        standing=PRACTICE,
        why=("28 November was agreed.",),
        embargoes=(Embargo(circulation=frozenset({"lead", "director", "officer"}), until_fact="report_published"),),
    )
    return replace(given, **changes)


def occurrence(*milestones: Milestone, **changes: Any) -> Occurrence:
    on = "Fri 29 Nov 2019"
    return replace(planned(on, original_on=day(on), milestones=milestones or (milestone(),)), **changes)


def prompt(person: str = "ann", *, rung: str = "first", repeat: int = 0, due_on: date = DUE, **changes: Any) -> Prompt:
    given = Prompt(
        key=PromptKey(REF, due_on, rung, person, repeat),
        kind=PromptKind.REMINDER,
        selector=OWNER,
        post="officer",
        meant_for=person,
        deliver_to=person,
        rung_at=MAIL_AT,
        send_at=MAIL_AT,
        why="The rung first.",
    )
    return replace(given, **changes)


def decision(*prompts: Prompt, superseded: Sequence[Prompt] = (), next_rung_at: datetime | None = None) -> Decision:
    return Decision(milestone(), TaskStatus(), prompts, tuple(superseded), next_rung_at)


def message(store: Store, *prompts: int, key: str = "mail/ann/1", **changes: Any) -> Message:
    given = Message(
        key=key,
        channel="mail",
        deliver_to="ann",
        kind="reminder",
        subject="Improvement programme: First draft",
        text="«token 0»",
        html="<p>«token 0»</p>",
        tokens=(TokenClaims(person="ann", milestone=REF, due_on=DUE, generation=store_generation(store)),),
        prompts=prompts,
        composed_at=MAIL_AT,
        next_attempt_at=MAIL_AT,
    )
    return replace(given, **changes)


def store_generation(store: Store) -> int:
    stored = store.plan.milestone(REF)
    return stored.generation if stored else 0


def response(answer: Answer = Answer.ACKNOWLEDGED, **changes: Any) -> Response:
    given = Response(
        milestone=REF,
        due_on=DUE,
        person="ann",
        answer=answer,
        at=at("Thu 14 Nov 2019 10:00"),
        via="page",
    )
    return replace(given, **changes)


def answer(store: Store, given: Response | None = None, *, expected: int = 0, **changes: Any) -> bool:
    parts: dict[str, Any] = {"next_rung_at": None, "state": State.ACKNOWLEDGED} | changes
    return store.inbound.record_response(given or response(), expected=expected, **parts)


def sent(store: Store, key: str, *, at: datetime = MAIL_AT, **changes: Any) -> None:
    """Claim a message and finish it, accepted unless the changes say otherwise."""
    assert store.outbox.claim(key, at=at, lease=LEASE)
    parts: dict[str, Any] = {"outcome": "accepted", "stage": "data", "code": 250, "enhanced": "2.0.0"}
    parts |= {"text": "queued", "message_id": "<r.1@council.example>"}
    parts |= {name: changes.pop(name) for name in DeliveryReceipt.__dataclass_fields__ if name in changes}
    store.outbox.finish(key, DeliveryReceipt(**parts), at=at, **changes)
