"""The notices and agreements that SI 2012/2089 asks for before a decision in public, one by one."""

from dataclasses import dataclass

from timeline.duties import Status


@dataclass(frozen=True, kw_only=True)
class Route:
    """One notice or agreement that the Regulations ask for; `clear_days` is None where there is no minimum.

    `for_key_decisions`: it binds key decisions only (regulations 9 to 11). `for_private`: private meetings only.
    """

    key: str
    title: str
    regulation: str
    clear_days: int | None
    status: Status
    asks: str
    for_key_decisions: bool = False
    for_private: bool = False

    @property
    def basis(self) -> str:
        return f"SI 2012/2089 regulation {self.regulation}"

    @property
    def instead_of_notice(self) -> bool:
        """Whether it is an agreement, open as long as the meeting has not been held."""
        return self.clear_days is None


KEY_DECISION_NOTICE = Route(
    key="key-decision-notice",
    title="Key decision notice",
    regulation="9",
    clear_days=28,
    status=Status.VERIFIED,
    asks="publish the notice that a key decision is to be made",
    for_key_decisions=True,
)
GENERAL_EXCEPTION = Route(
    key="general-exception",
    title="General exception",
    regulation="10",
    clear_days=5,
    status=Status.VERIFIED,
    asks="give notice to the chair of the scrutiny committee, publish it, and say why 28 days were impracticable",
    for_key_decisions=True,
)
SPECIAL_URGENCY = Route(
    key="special-urgency",
    title="Special urgency",
    regulation="11",
    clear_days=None,
    status=Status.VERIFIED,
    asks="get the scrutiny chair's agreement that the decision is urgent and cannot reasonably be deferred, "
    "publish the reasons, and have the leader report it to full council (regulation 19)",
    for_key_decisions=True,
)
AGENDA = Route(
    key="agenda",
    title="Agenda and reports open to the public",
    regulation="6 and 7",
    clear_days=5,
    status=Status.VERIFIED,
    asks="open the agenda with this item, and the report, to the public",
)
PRIVATE_NOTICE = Route(
    key="private-notice",
    title="Private meeting notice",
    regulation="5(2)",
    clear_days=28,
    status=Status.VERIFIED,
    asks="publish the notice that the meeting is to be held in private, with the reasons",
    for_private=True,
)
SECOND_PRIVATE_NOTICE = Route(
    key="second-private-notice",
    title="Second private meeting notice",
    regulation="5(4)",
    clear_days=5,
    status=Status.VERIFIED,
    asks="publish the further notice, with any representations received and the answer to them",
    for_private=True,
)
PRIVATE_URGENCY = Route(
    key="private-urgency",
    title="Urgent private meeting",
    regulation="5(6)",
    clear_days=None,
    status=Status.VERIFIED,
    asks="get the scrutiny chair's agreement that the meeting is urgent and cannot reasonably be deferred, "
    "and publish the reasons",
    for_private=True,
)

# From the longest notice to none: the first that is open is the one that remains.
DECISION_ROUTES = (KEY_DECISION_NOTICE, GENERAL_EXCEPTION, SPECIAL_URGENCY)
PRIVATE_ROUTES = (PRIVATE_NOTICE, SECOND_PRIVATE_NOTICE, PRIVATE_URGENCY)
