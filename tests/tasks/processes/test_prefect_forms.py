"""Ask what a form offers: today's names in the fields that want one, and no field that it does not have."""

from prefect.utilities.callables import parameter_schema

from flows.forms.record import record
from tasks.processes.prefect_forms import with_choices

OFFERED = {"fact": ("visit_confirmed",), "post": ("Head (head)",), "occurrence": ("Visit · no date yet (visit/1)",)}
SCHEMA = parameter_schema(record).model_dump()


def test_a_field_offers_what_there_is_today_and_may_stay_empty_where_it_may() -> None:
    fields = with_choices(SCHEMA, OFFERED)["definitions"]["Recording"]["properties"]
    assert fields["fact"]["enum"] == ["visit_confirmed"]
    assert fields["who"]["enum"] == ["Head (head)"]
    assert fields["occurrence"]["enum"] == ["", "Visit · no date yet (visit/1)"]
    assert "enum" not in fields["council"], "Without a council there is nothing to choose."


def test_a_form_refuses_a_field_that_it_does_not_have() -> None:
    assert with_choices(SCHEMA, OFFERED)["additionalProperties"] is False


def test_offering_the_same_again_changes_nothing() -> None:
    first = with_choices(SCHEMA, OFFERED)
    assert with_choices(first, OFFERED) == first
    assert "enum" not in SCHEMA["definitions"]["Recording"]["properties"]["fact"], "It was changed in place."
