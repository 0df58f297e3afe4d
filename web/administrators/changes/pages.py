"""Serve the changes that the programme team can make: a form, what it would change, and the confirmation of that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from models.store import StoreError
from tasks import clock
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals.councils import CouncilRuns
from tasks.proposals.proposal import Done, Faulty, Proposal, confirm
from timeline.answers.responses import AnswerRefused
from web.administrators.changes import actions, answers, dates, meetings, people, quiet, registers, releases, uploads
from web.administrators.changes.fields import LARGEST_FILE, Field, faults, opened, values
from web.administrators.changes.form import Filter, Form, Forms, Narrowed
from web.administrators.changes.overview import overview
from web.administrators.identity import from_our_own_page, known_administrator
from web.pages import Pages

# A new timeline may change a thousand dates; the sentence above the table counts them all.
_MOST_ROWS = 200


@dataclass(frozen=True)
class _Visit:
    """Hold a request of a form: who asks, for which council, and what was typed."""

    form: Form
    run: CouncilRun
    narrowed: Narrowed
    typed: Mapping[str, str]
    who: str
    at: datetime

    @property
    def fields(self) -> Sequence[Field]:
        return self.narrowed.fields

    @property
    def filters(self) -> Sequence[Filter]:
        return self.narrowed.filters

    @property
    def takes_file(self) -> bool:
        return any(field.kind == "file" for field in self.fields)

    def propose(self) -> Proposal:
        # Read anew: somebody else may have confirmed a change since this request began.
        run = CouncilRun(self.run.store, self.run.settings, self.at)
        return self.form.propose(run, {**values(self.fields, self.typed), "who": self.who})


@dataclass(frozen=True)
class ChangePages:
    """Serve the pages under `/changes`."""

    runs: CouncilRuns
    pages: Pages

    def routes(self) -> list[Route]:
        return [
            Route("/changes", self.list),
            Route("/changes/{name}", self.visit, methods=["GET", "POST"]),
        ]

    def forms(self) -> Forms:
        """Give the forms by their addresses, in the order of the page."""
        t = self.pages.t
        subjects = (dates, people, quiet, answers, uploads, actions, registers, meetings, releases)
        return {form.name: form for subject in subjects for form in subject.forms(t)}

    async def list(self, request: Request) -> Response:
        known_administrator(request, self.pages.settings)
        council = request.query_params.get("council", "")
        councils = await run_in_threadpool(overview, self.runs, council, at=clock.now())
        return self.pages.show("changes", councils=councils, forms=self.forms().values())

    async def visit(self, request: Request) -> Response:
        who, form = known_administrator(request, self.pages.settings), self.forms().get(request.path_params["name"])
        if form is None:
            raise HTTPException(404)
        if request.method != "POST":
            return await run_in_threadpool(self._begin, form, dict(request.query_params), who)
        if not from_our_own_page(request, self.pages.settings):
            t = self.pages.t
            return self.pages.notice(403, t("notice.elsewhere"), t("notice.elsewhere_body"))
        typed = await uploads.typed(request)
        if typed is None:
            large = self.pages.t("changes.fault_large", most=LARGEST_FILE // 1000)
            return self.pages.notice(413, self.pages.t("notice.too_much"), large)
        return await run_in_threadpool(self._answer, form, typed, who)

    def _begin(self, form: Form, asked: Mapping[str, str], who: str) -> Response:
        visit = self._visit(form, asked, who)
        visit = replace(visit, typed=opened(visit.fields, asked))
        return self._form(visit, sentences=tuple(filter(None, (visit.narrowed.fault,))))

    def _answer(self, form: Form, typed: Mapping[str, str], who: str) -> Response:
        """Show the form again, what it would change, or what was done."""
        visit = self._visit(form, typed, who)
        if typed.get("do") not in ("look", "confirm"):
            return self._form(visit)
        if wrong := faults(visit.fields, typed, self.pages.t):
            return self._form(visit, wrong)
        try:
            return self._settle(visit)
        except Faulty as faulty:
            return self._form(visit, sentences=faulty.sentences)
        except (Refused, AnswerRefused, StoreError) as refused:
            return self._form(visit, sentences=(str(refused),))

    def _settle(self, visit: _Visit) -> Response:
        typed = visit.typed
        if typed["do"] == "look":
            return self._preview(visit, visit.propose())
        seen, despite = typed.get("seen", ""), typed.get("despite") == "yes"
        outcome = confirm(visit.propose, seen, despite_risks=despite, who=visit.who, at=visit.at)
        if isinstance(outcome, Proposal):
            overtaken = outcome.seen != seen
            fault = "" if overtaken else self.pages.t("changes.fault_despite")
            return self._preview(visit, outcome, overtaken=overtaken, fault=fault)
        return self._done(visit, outcome)

    def _visit(self, form: Form, typed: Mapping[str, str], who: str) -> _Visit:
        at = clock.now()
        run = self.runs.run(typed.get("council", ""), at=at)
        if run is None:
            raise HTTPException(404)
        return _Visit(form, run, form.narrowed(run, self.pages.t, typed), typed, who, at)

    def _form(self, visit: _Visit, wrong: Mapping[str, str] | None = None, sentences: Sequence[str] = ()) -> Response:
        """Show the form with what is wrong with its fields, by their names, or with the whole."""
        status = 422 if wrong or sentences else 200
        return self.pages.show(
            "change_form", status=status, visit=visit, wrong=wrong or {}, sentences=sentences, most=_MOST_ROWS
        )

    def _preview(self, visit: _Visit, proposal: Proposal, *, overtaken: bool = False, fault: str = "") -> Response:
        status = 409 if overtaken else 422 if fault else 200
        shown = {"visit": visit, "proposal": proposal, "sent": _sent(visit), "most": _MOST_ROWS}
        return self.pages.show("change_preview", status=status, view=None, overtaken=overtaken, fault=fault, **shown)

    def _done(self, visit: _Visit, done: Done) -> Response:
        return self.pages.show("change_done", visit=visit, done=done)


def _sent(visit: _Visit) -> Mapping[str, str]:
    """Give what the confirmation sends again: the answers alone, so that a page sends nothing that it did not ask."""
    answers = (part for field in visit.fields for part in field.parts)
    names = ("council", *(each.name for each in visit.filters), *answers)
    return {name: visit.typed[name] for name in names if name in visit.typed}
