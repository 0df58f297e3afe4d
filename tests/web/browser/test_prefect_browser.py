"""Test Prefect's door as a browser meets it: a page of another origin gets nothing, the login opens the UI."""

from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from playwright.sync_api import Browser

from tests.support import browsing
from tests.support.prefect_login import AUTH, LOGIN, to_prefect

pytestmark = [pytest.mark.requires("chromium"), pytest.mark.slow("opens a real Prefect server's pages in Chromium")]

# A POST that the browser asks leave for, one that it sends without asking, and a form.
ATTACK = """
async ([address, body]) => {
  const heard = []
  const told = {method: "POST", headers: {"Content-Type": "application/json"}, body}
  for (const how of [told, {...told, mode: "no-cors"}, {method: "POST", mode: "no-cors", body}]) {
    try { heard.push((await fetch(address, how)).status) } catch (refused) { heard.push("refused") }
  }
  const frame = document.createElement("iframe"), form = document.createElement("form")
  frame.name = form.target = "hidden"
  Object.assign(form, {action: address, method: "post", enctype: "text/plain"})
  const field = document.createElement("input")
  Object.assign(field, {name: body.slice(0, -1) + ',"x":"', value: '"}'})
  form.append(field)
  document.body.append(frame, form)
  const answered = new Promise((loaded) => (frame.onload = loaded))
  form.submit()
  await answered
  return heard
}
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """Give a page of another origin."""

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *connection: object) -> None:
            super().__init__(*connection, directory=str(tmp_path))  # type: ignore[arg-type]  # as the server calls it

        def log_message(self, *_: object) -> None: ...

    (tmp_path / "index.html").write_text("<h1>A page of somebody else</h1>")
    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def deployment(prefect_api: str) -> Iterator[str]:
    """Give the address at which a run of a deployment is asked for."""
    with httpx.Client(base_url=prefect_api, auth=AUTH, timeout=60) as prefect:
        flow = prefect.post("/flows/", json={"name": "attacked"}).json()["id"]
        made = prefect.post("/deployments/", json={"name": "attacked", "flow_id": flow}).raise_for_status().json()
        yield f"{prefect_api}/deployments/{made['id']}/create_flow_run"
        prefect.delete(f"/deployments/{made['id']}").raise_for_status()


def _runs(prefect_api: str) -> int:
    named = {"flows": {"name": {"any_": ["attacked"]}}}
    count: int = to_prefect.post(f"{prefect_api}/flow_runs/count", json=named, auth=AUTH).raise_for_status().json()
    return count


def test_a_page_of_another_origin_starts_no_run(
    browser: Browser, prefect_api: str, elsewhere: str, deployment: str
) -> None:
    page = browser.new_page()
    page.set_default_timeout(browsing.PATIENCE)
    # The victim is logged in, in the same browser.
    page.goto(prefect_api.removesuffix("/api"))
    page.get_by_placeholder("admin:pass").fill(LOGIN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard**")
    page.get_by_role("link", name="Deployments").wait_for()
    page.goto(elsewhere)
    body = '{"job_variables":{"command":"id"}}'
    heard = page.evaluate(ATTACK, [deployment, body])
    page.close()
    # What a page may send without asking is answered with nothing that it can read, and does nothing.
    assert heard == ["refused", 0, 0]
    assert _runs(prefect_api) == 0
    # The same words from somebody who has the login do start one: the address was right.
    assert to_prefect.post(deployment, content=body, auth=AUTH).is_success
    assert _runs(prefect_api) == 1
