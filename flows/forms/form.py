"""Take a form in two steps: without the code of a plan it shows the plan; with it, it carries the plan out."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from typing import TypeVar
from urllib.parse import quote

from prefect.artifacts import acreate_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.runtime import deployment, flow_run
from prefect.states import Completed
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.settings import settings
from flows.forms.fields import choice
from models.store import Store
from tasks import clock
from tasks.changes.record import Refused
from tasks.council.ledger import stores
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Proposal
from timeline.calendar.wording import shortened
from timeline.forecast.changes import DATES, Change
from timeline.window.choices import COUNCIL, POST, key_of, title_of

# Everybody at Prefect has the same login: it is nobody's signature.
ONE_LOGIN = (
    "Prefect has one login for everybody. So nothing is done, confirmed or released here, and nothing in confidence is "
    "typed here: use the pages."
)
_PLAN_LETTERS = 6
_SHORT = 600
# Longer plans are read on our pages.
_MOST = 30
_REASONS = 5


class Asked(BaseModel):
    """Hold the field that every form has."""

    model_config = ConfigDict(extra="forbid")

    council: str = choice("The council, when there are several", COUNCIL, position=91, default="")


class Form(Asked):
    """Hold the fields of a form that changes something."""

    who: str = choice("Your post", POST, position=90)
    plan: str = Field(
        "",
        title="The code of the plan that you have seen. Leave it empty first: you see the plan, and nothing changes",
        max_length=20,
        json_schema_extra={"position": 99},
    )


Filled = TypeVar("Filled", bound=BaseModel)
FilledForm = TypeVar("FilledForm", bound=Form)


Propose = Callable[[CouncilRun, FilledForm], Proposal]
"""Gives what a form would do, in sentences that anybody at Prefect may read. Raises Refused."""


async def fill_in(kind: type[FilledForm], given: object, propose: Propose[FilledForm]) -> State:
    """Show what a form would do, or do it when the form names the plan. What is wrong with it ends in a sentence.

    A form that cannot be used is no fault of ours: its run is completed, and changes nothing.
    """
    try:
        form = read(kind, given)
        store, at = meant(form.council), clock.now()
        proposal = propose(CouncilRun(store, settings(), at), form)
        if proposal.already:
            return Completed(message=f"{name_of(store)}: {proposal.already}")
        code = _code(store, form, proposal)
        if form.plan.strip().lower() == code:
            done = proposal.make(title_of(form.who), at)
            return Completed(message=f"{name_of(store)}: {' '.join(done.sentences)}")
        return await _show(store, form, proposal, code)
    except Refused as trouble:
        return refusal(str(trouble))


def refusal(sentence: str) -> State:
    """End a run whose form could not be used."""
    return Completed(name="Refused", message=f"Nothing was changed. {sentence}")


def read(kind: type[Filled], given: object) -> Filled:
    """Read what was filled in. Raises Refused with a sentence for each fault."""
    if isinstance(given, kind):
        return given
    try:
        return kind.model_validate(given)
    except ValidationError as faults:
        told = (_fault(kind, fault["loc"], fault["type"], fault["input"]) for fault in faults.errors())
        raise Refused(" ".join(told)) from None


def _fault(kind: type[BaseModel], where: tuple[int | str, ...], why: str, given: object) -> str:
    field = kind.model_fields.get(str(where[0])) if where else None
    named = f"“{(field.title or where[0]) if field else (where[0] if where else 'The form')}”"
    if why == "extra_forbidden":
        return f"The form has no field {named}."
    if why == "missing" or given in ("", None):
        return f"{named} is empty: it must be filled in."
    expected = "a day such as 2019-11-28" if field and _is_date(field.annotation) else "what the form offers"
    return f"{named} is “{str(given)[:60]}”: expected {expected}."


def _is_date(annotation: object) -> bool:
    return annotation is date or date in getattr(annotation, "__args__", ())


def meant(council: str) -> Store:
    """Give the store of the council that a form means. Raises Refused."""
    each = list(stores())
    named = [store for store in each if key_of(council) in ("", store.council)]
    if not each:
        raise Refused("No council's timeline has been applied yet.")
    if len(named) != 1:
        raise Refused(f"Say which council is meant: {', '.join(store.council for store in each)}.")
    return named[0]


def name_of(store: Store) -> str:
    """Give the council's name, as the states of all runs begin with it."""
    return store.definitions.timeline(settings().working_hours).council.name


def _code(store: Store, form: Form, proposal: Proposal) -> str:
    """Give the code of a plan: another form, or another effect of the same form, has another code."""
    typed = form.model_dump_json(exclude={"plan"})
    text = "\n".join((store.council, type(form).__name__, typed, proposal.seen))
    return sha256(text.encode()).hexdigest()[:_PLAN_LETTERS]


async def _show(store: Store, form: Form, proposal: Proposal, code: str) -> State:
    changed = "It is another plan than the one whose code you gave. " if form.plan.strip() else ""
    sentences = (*proposal.says, *proposal.risks, *_lines(proposal.changes), *proposal.notes)
    parts = [
        f"# {name_of(store)}: a plan, and nothing is changed yet",
        "\n".join(f"- {sentence}" for sentence in sentences),
        f"{changed}To carry it out, send the form again with the code **{code}**.{_link(form, code)}",
        ONE_LOGIN,
    ]
    await acreate_markdown_artifact(key=f"plan-{store.council}".replace("_", "-"), markdown="\n\n".join(parts))
    # The message stands in lists; a long plan is read in the artifact.
    told = shortened(" ".join(sentences), _SHORT)
    return Completed(
        name="Plan",
        message=f"{name_of(store)}: {changed}Nothing is changed yet. {told} To carry it out, send the form again with "
        f"the code {code}.",
    )


def _lines(changes: Sequence[Change]) -> list[str]:
    """Word the dates that would change; who was told the old ones is only counted."""
    dates = [change for change in changes if change.change in DATES]
    lines = [f"{change.ref} {change.change}: {_days(change)}" for change in dates[:_MOST]]
    whys = dict.fromkeys(change.why for change in dates if change.why)
    return [*lines, *([f"And {len(dates) - _MOST} more."] if len(dates) > _MOST else []), *list(whys)[:_REASONS]]


def _days(change: Change) -> str:
    return " → ".join(filter(None, (change.from_, change.to)))


def _link(form: Form, code: str) -> str:
    """Link to the form filled in as before and with the code, where a deployment and so a page for it exists."""
    if not deployment.id:
        return ""
    (parameter,) = flow_run.parameters
    filled = {parameter: {**form.model_dump(mode="json", exclude_defaults=True), "plan": code}}
    page = f"{settings().prefect_api_url.removesuffix('/api')}/v2/deployments/deployment/{deployment.id}/run"
    return f" [Open it, filled in]({page}?parameters={quote(json.dumps(filled))})"
