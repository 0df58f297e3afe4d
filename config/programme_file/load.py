"""Load the programme file that a timeline names, or report every fault of it at once."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from config.programme_file import build
from config.programme_file.meaning import faults
from config.programme_file.shapes import ProgrammeShape
from config.timeline_files import faults as sentences
from config.timeline_files.demo_dates import laid
from config.timeline_files.faults import BadInput, Fault, note, warning
from config.timeline_files.plain_yaml import read
from timeline.definitions.duties import Obligation
from timeline.programme.gaps import gaps
from timeline.programme.links import Fate, LinkAnswer, fate, links, no_addresses, summed_up, told
from timeline.programme.programme import Programme


def examine(
    path: Path, *, posts: Mapping[str, object], duties: Mapping[str, object], tasks: Mapping[str, object], on: date
) -> tuple[Programme | None, tuple[Fault, ...]]:
    """Give the programme, when its file can be used, and all faults of the file; a demo moves to the week of `on`.

    `tasks` are named as `duty/step`.
    """
    try:
        given = ProgrammeShape.model_validate(read(path))
        shape = laid(given, given.lay, on=on)
    except BadInput as bad:
        return None, bad.faults
    except ValidationError as invalid:
        return None, tuple(sentences.faults(path.name, invalid, ProgrammeShape))
    senseless = tuple(faults(path.name, shape, posts=posts, duties=duties, tasks=tasks))
    return (None if senseless else build.programme(shape)), senseless


def missing(file: str, programme: Programme, *, on: date, duties: Iterable[Obligation] = ()) -> Iterator[Fault]:
    """Warn of each gap in the records of a programme on a day; where its timeline has `duties`, of owners not asked."""
    yield from (warning(file, gap.key, gap.text) for gap in gaps(programme, on=on))
    owned = [action for action in programme.actions.values() if action.owner]
    given = tuple(duties)
    if owned and given and not any(duty.asks_owners for duty in given):
        text = "Nobody asks the owners every month how their actions stand: choose “actions-update” under “practices”."
        yield warning(file, "actions", text)


def unanswered(file: str, programme: Programme, answers: Mapping[str, LinkAnswer]) -> Iterator[Fault]:
    """Warn of each link that did not answer, note each behind a sign-in, and note last how many were asked."""
    for link in links(programme):
        answer = answers[link.address]
        if sentence := told(link, answer):
            behind_sign_in = fate(link.address, answer) is Fate.SIGN_IN
            yield (note if behind_sign_in else warning)(file, link.key, sentence)
    yield note(file, "", summed_up(answers, not_asked=no_addresses(programme)))
