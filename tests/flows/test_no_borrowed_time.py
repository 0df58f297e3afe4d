"""Test that no form offers an instant: a run for a future day wrote down all until then as said later, and silenced a
council.
"""

from importlib import import_module
from typing import Any

import pytest
import yaml
from prefect.exceptions import ParameterBindError
from prefect.utilities.callables import get_call_parameters, parameter_schema

from config.settings import ROOT

ENTRYPOINTS = [each["entrypoint"] for each in yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]]


def flow_at(entrypoint: str) -> Any:
    module, _, name = entrypoint.rpartition(".")
    return getattr(import_module(module), name)


@pytest.mark.parametrize("entrypoint", ENTRYPOINTS)
def test_no_form_offers_an_instant_and_a_run_made_by_hand_with_one_is_refused(entrypoint: str) -> None:
    flow = flow_at(entrypoint)
    asked = str(parameter_schema(flow.fn).model_dump())
    assert "date-time" not in asked
    with pytest.raises(ParameterBindError, match="at"):
        get_call_parameters(flow.fn, (), {"at": "2026-12-23T07:30Z"})
