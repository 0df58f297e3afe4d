"""Walk Prefect's pages as an administrator: the overview with its picture, a form with choices, its plan, the deed."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.cli.run.place import Administrator, Place
from tests.support.browsing import PATIENCE
from tests.support.soon import soon
from tests.timeline.literals import day


def walk(chromium: Path, prefect: str, place: Place) -> None:
    """Look at the overview, and move the last panel a week by the form, its plan and the link in the plan."""
    administrator = place.administrator()
    administrator.outcome_of_a_run("assurance")
    fields = administrator.get("/deployments/name/move/move")["parameter_openapi_schema"]["definitions"]["Moving"]
    offered = {name: field.get("enum", []) for name, field in fields["properties"].items()}
    panel = [choice for choice in offered["occurrence"] if "(plo-panel/" in choice][-1]
    form = {"who": offered["who"][0], "occurrence": panel, "to": _a_week_before(panel), "reason": "The room is taken"}
    assert administrator.outcome_of_a_run("move", parameters={"form": form}) == "COMPLETED"
    link = re.search(r"\((http\S+\?parameters=\S+)\)", _artifact(administrator, "plan-demo")["data"])
    assert link
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(prefect)
        page.get_by_placeholder("admin:pass").fill(place.login)
        page.keyboard.press("Enter")
        page.wait_for_url("**/dashboard**")
        page.goto(f"{prefect}/v2/artifacts/artifact/{_artifact(administrator, 'overview-demo')['id']}")
        picture = page.locator("img[src^='data:image/svg']")
        picture.wait_for()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
        page.goto(link[1])
        page.get_by_text(panel).first.wait_for()
        page.get_by_role("button", name="Submit").click()
        assert soon(lambda: "Recorded." in _last_message(administrator), 180)
        browser.close()


def _a_week_before(panel: str) -> str:
    on = re.search(r"· (\w+ \d+ \w+ \d+) \(", panel)
    assert on, panel
    return f"{day(on[1]) - timedelta(days=7)}"


def _artifact(administrator: Administrator, key: str) -> Any:
    asked = {"artifacts": {"key": {"any_": [key]}}, "sort": "CREATED_DESC", "limit": 1}
    (artifact,) = administrator.post("/artifacts/filter", asked)
    return artifact


def _last_message(administrator: Administrator) -> str:
    asked = {"deployments": {"name": {"any_": ["move"]}}, "sort": "START_TIME_DESC", "limit": 1}
    (run,) = administrator.post("/flow_runs/filter", asked)
    return str(run["state"]["message"])
