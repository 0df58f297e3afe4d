"""Do a morning's work again by a form: what is due and stands in no ledger yet is shown first, then written."""

from datetime import datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import run_name
from flows.forms.fields import choice
from flows.forms.form import Form, fill_in
from tasks.changes.record import Refused
from tasks.council.ledger import gather, write
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Done, Proposal
from timeline.calendar.wording import count, near
from timeline.escalation.day import decide_day
from timeline.window.choices import DUTY, key_of
from timeline.window.morning import SAID, morning, said

# Longer mornings are read in the sheet of the flow itself.
_MOST = 30


class Replaying(Form):
    """Ask with the administrator's form."""

    duty: str = choice("Which duty: all of them, if it is empty", DUTY, position=0, default="")


@flow(name="replay-morning", flow_run_name=run_name, validate_parameters=False)
async def replay_morning(form: Replaying) -> State:
    """Do the morning's work again: first without a code, for the plan, then with the code of that plan.

    It writes what is due by the end of today and was not written, of earlier mornings too, and nothing twice. It leaves
    with the next run of notify.

    Args:
        form: the duty, or nothing for all of them.

    """
    return await fill_in(Replaying, form, _propose)


def _propose(run: CouncilRun, form: Replaying) -> Proposal:
    every = {duty.key: duty.title for duty in run.timeline.obligations}
    key = key_of(form.duty)
    if key and key not in every:
        raise Refused(f"There is no duty “{key}”; expected what the form offers.{near(key, every)}")
    duties = frozenset({key} if key else every)
    decision = decide_day(gather(run.store, duties, at=run.at), obligations=duties, at=run.at)
    shown = morning(run.timeline, decision)
    spoken = [row for row in shown.rows if row.outcome == SAID]
    prompts = sum(len(each.prompts) for each in decision.decisions)

    def make(_who: str, _at: datetime) -> Done:
        written = write(run.store, decision)
        return Done((said(decision, written),))

    lines = tuple(f"{row.to}: {row.task}, due {row.due} ({row.ref}, {row.step})." for row in spoken[:_MOST])
    more = (f"And {prompts - len(lines)} more.",) if prompts > len(lines) else ()
    return Proposal(
        says=(f"{count(prompts, 'prompt')} due by the end of today and not written yet.", *lines, *more),
        already="" if prompts else "Everything that is due by the end of today is written already: nothing changes.",
        make=make,
    )
