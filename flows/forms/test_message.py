"""Send a mail to our own address by a form, and say how far it came."""

from prefect import flow
from prefect.client.schemas.objects import State

from config.settings import settings
from flows.duty import run_name
from flows.forms.form import Form, Planned, fill_in
from models.store import Store
from tasks import clock
from tasks.assurance.probes import try_mail
from tasks.council.run import CouncilRun


class TestMessage(Form):
    """Ask with the administrator's form."""

    __test__ = False


@flow(name="test-message", flow_run_name=run_name, validate_parameters=False)
async def test_message(form: TestMessage) -> State:
    """Send a mail to our own address: first without a code, for the plan, then with the code of that plan.

    Args:
        form: who asks for it.

    """
    return await fill_in(TestMessage, form, _plan)


def _plan(store: Store, form: TestMessage) -> Planned:  # noqa: ARG001 (every plan gets its form)
    def carry_out() -> str:
        seen = try_mail(CouncilRun(store, settings(), clock.now()))
        return f"{seen.name}: {seen.told}"

    return Planned(("One mail goes to Daymark's own address, and to nobody else.",), carry_out)
