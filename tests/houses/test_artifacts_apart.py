"""Test that each artifact and each mail that the flows leave belongs to one council: whoever sees Prefect sees all."""

import json

import pytest

from tests.harness import World
from tests.houses.two import OTHER


@pytest.mark.slow("runs three flows through Prefect")
def test_no_artifact_tells_of_two_councils(two: World, prefect_api: str) -> None:
    two.at("Wed 28 Aug 2019 08:45")
    for flow in ("action-plan", "notify", "assurance"):
        artifacts = two.artifacts(prefect_api, two.run(flow))
        for artifact in artifacts:
            said = json.dumps(artifact).lower()
            assert sum(word in said for word in OTHER) == 1, (flow, artifact["key"])
        assert len(artifacts) >= len(OTHER) or flow == "notify"
