"""`daymark people export|erase ADDRESS`: print all data about a person, or erase the part that the law allows."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from cli.council import CouncilOption, NotUsable, chosen
from config.settings import settings
from models.store import Known, Store
from tasks import clock
from timeline.calendar.london import london_date
from timeline.calendar.wording import near_address

Address = Annotated[
    str, typer.Argument(metavar="ADDRESS", help="The person's mail address, or the key of the timeline.")
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="The file to write; without it, print the data.")
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, such as the reference of the request.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that erases it, rather than a name.")]
Yes = Annotated[bool, typer.Option("--yes", help="Erase; without it, only show what would go.")]


def add_to(people: typer.Typer) -> None:
    """Add both commands to the group."""
    people.command("export")(export)
    people.command("erase")(erase)


def export(address: Address, out: Out = None, council: CouncilOption = None) -> None:
    """Print everything about one person, as JSON, for a request of access, without words of other people.

    Look through it before it leaves the council: it may hold facts under embargo or about another person.
    """
    store = chosen(council)
    person_data = store.privacy.person_data(_known_person(store, address).key)
    made = {"council": store.council, "made_at": clock.now().isoformat()} | dict(person_data)
    text = json.dumps(made, indent=2, ensure_ascii=False)
    if out is None:
        typer.echo(text)
        return
    with out.open("x", encoding="utf-8", newline="\n") as file:
        # Other users of this machine may not read it.
        out.chmod(0o600)
        file.write(f"{text}\n")
    parts = {name: len(part) for name, part in person_data.items() if name != "person"}
    typer.echo(f"Written to {out}. {_capital(_counted(parts))}.")


def erase(
    address: Address,
    reason: Reason,
    by: By = "daymark people erase",
    yes: Yes = False,
    council: CouncilOption = None,
) -> int:
    """Erase what the law allows of a person who has left: words, addresses and days away.

    The record that a duty was done stays with its evidence; so does the audit chain.

    Without --yes only show what would go. Exit code 0; 1 when something would go; 2 when it cannot
    be done: while the person holds a post, or a legal hold stands.
    """
    if not reason.strip():
        raise NotUsable("An erasure says why: --reason must not be empty.")
    store, at = chosen(council), clock.now()
    who, on = _known_person(store, address), london_date(clock.now())
    forgettable = store.privacy.forgettable(who, on=on)
    if not forgettable.goes:
        typer.echo("Nothing is left to erase.")
    elif yes:
        typer.echo(
            f"Erased. {_capital(_counted(store.privacy.forget_person(who, on=on, at=at, by=by, reason=reason)))}."
        )
    else:
        typer.echo(f"Would go. {_capital(_counted(forgettable.goes))}.")
    if forgettable.stays:
        typer.echo(f"Stays. {_capital(_counted(forgettable.stays))}.")
    if forgettable.listed:
        typer.echo("The timeline's file still names this person: take the entry out, or the next apply brings it back.")
    if forgettable.goes and not yes:
        typer.echo("Nothing was changed: say --yes to erase it.", err=True)
        return 1
    return 0


def _known_person(store: Store, address: str) -> Known:
    knowns = store.privacy.find_people(address)
    if not knowns:
        people = store.definitions.timeline(settings().working_hours).directory.people.values()
        alike = near_address(address, (each.address for each in people))
        expected = f"expected that of somebody of the directory.{alike}"
        raise NotUsable(f"Nobody here has, or had, the address “{address}”; {expected}")
    if len(knowns) > 1:
        keys = ", ".join(known.key for known in knowns)
        raise NotUsable(f"{len(knowns)} people have the address “{address}”: say which by the key ({keys}).")
    return knowns[0]


def _counted(numbers: Mapping[str, int]) -> str:
    return "; ".join(f"{sort.replace('_', ' ')}: {number}" for sort, number in numbers.items() if number) or "nothing"


def _capital(clause: str) -> str:
    return clause[:1].upper() + clause[1:]
