"""Send a mail to our own address by a form, and say how far it came."""

from dataclasses import replace

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import run_name
from flows.forms.form import Form, fill_in
from tasks.council.run import CouncilRun
from tasks.proposals.answers import trying_mail
from tasks.proposals.proposal import Proposal


class TestMessage(Form):
    """Ask with the administrator's form."""

    __test__ = False


@flow(name="test-message", flow_run_name=run_name, validate_parameters=False)
async def test_message(form: TestMessage) -> State:
    """Send a mail to our own address: first without a code, for the plan, then with the code of that plan.

    Args:
        form: who asks for it.

    """
    return await fill_in(TestMessage, form, _propose)


def _propose(run: CouncilRun, form: TestMessage) -> Proposal:  # noqa: ARG001 (every proposal gets its form)
    return replace(trying_mail(run), says=("One mail goes to Daymark's own address, and to nobody else.",))
