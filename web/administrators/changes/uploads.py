"""Offer the forms that take a file: people, a plan, a timeline. The file goes with the page until it is confirmed."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from config.rendering.texts import Texts
from tasks.council.run import CouncilRun
from tasks.proposals import people, timeline
from tasks.proposals.proposal import Proposal
from web.administrators.changes.fields import LARGEST_FILE, Field, Upload, Values
from web.administrators.changes.form import Form
from web.forms import fields as typed_fields
from web.http import body_of

# The file as base64, and the fields of the form beside it.
_MOST_OCTETS = LARGEST_FILE * 4 // 3 + 64 * 1024
_MOST_FIELDS = 30


def forms(t: Texts) -> Iterator[Form]:
    """Give the forms of this subject, in the order of the page."""
    yield Form(name="import", title=t("changes.csv"), hint=t("changes.csv_hint"), fields=_of_people, propose=_people)
    yield Form(name="plan", title=t("changes.plan"), hint=t("changes.plan_hint"), fields=_of_a_plan, propose=_plan)
    title = t("changes.file")
    yield Form(name="timeline", title=title, hint=t("changes.file_hint"), fields=_of_a_timeline, propose=_timeline)


async def typed(request: Request) -> Mapping[str, str] | None:
    """Read what a form sends: its fields, and its file where it takes a file; None when that is too much."""
    body = await body_of(request, most=_MOST_OCTETS)
    if body is None:
        return None
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return typed_fields(body)

    async def again() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async with Request(request.scope, again).form(max_files=1, max_fields=_MOST_FIELDS) as form:
        given = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        for name, file in form.multi_items():
            # A file that is chosen now counts before the file that the page has kept.
            if isinstance(file, UploadFile) and file.filename:
                given[f"{name}-name"] = file.filename.replace("\\", "/").rpartition("/")[2][:100]
                given[f"{name}-content"] = urlsafe_b64encode(await file.read()).decode()
    return given


def _of_people(_run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (Field(kind="file", name="file", label=t("changes.csv_file"), hint=t("changes.csv_file_hint")),)


def _people(run: CouncilRun, given: Values) -> Proposal:
    upload = _upload(given)
    return people.file(run, upload.name, upload.content)


def _of_a_plan(_run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (Field(kind="file", name="file", label=t("changes.plan_file"), hint=t("changes.plan_file_hint")),)


def _plan(run: CouncilRun, given: Values) -> Proposal:
    from tasks.proposals import plan  # reads Excel: heavy to import

    upload = _upload(given)
    return plan.workbook(run, upload.name, upload.content)


def _of_a_timeline(_run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (
        Field(kind="file", name="file", label=t("changes.yaml_file"), hint=t("changes.yaml_file_hint")),
        Field(kind="tick", name="ladders", label=t("changes.ladders"), needed=False),
    )


def _timeline(run: CouncilRun, given: Values) -> Proposal:
    upload = _upload(given)
    return timeline.applying(run, upload.name, upload.content, ladders_too=given["ladders"] == "yes")


def _upload(given: Values) -> Upload:
    upload = given["file"]
    if not isinstance(upload, Upload):
        raise HTTPException(400)
    return upload
