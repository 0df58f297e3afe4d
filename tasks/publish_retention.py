"""What administrators see of a run of `retention`: how much went, by kind, and nothing of what it was."""

from datetime import datetime

from prefect.artifacts import acreate_table_artifact

from tasks.publish import artifact_key
from tasks.retention import Erased
from timeline.calendar import LONDON
from timeline.council import CouncilTimeline
from timeline.retention import Kept, Over, Retention
from timeline.wording import count, long_date, short_date


async def publish_erased(timeline: CouncilTimeline, over: Over, erased: Erased, *, at: datetime) -> str:
    """Publishes the table of a run and gives back what it did in a sentence."""
    sentence = said(erased)
    await acreate_table_artifact(
        key=artifact_key("retention", timeline),
        table=[
            {
                "what": kind.value,
                "kept": kept_for(timeline.council.retention, kind),
                "over": _since(over, kind),
                "erased": _counted(erased, kind) or "nothing",
            }
            for kind in Kept
        ],
        description=f"**{timeline.council.name}**, {long_date(at.astimezone(LONDON).date())}. {sentence}",
    )
    return sentence


def said(erased: Erased) -> str:
    """What a run did, in one sentence."""
    told = [f"{kind.value}: {_counted(erased, kind)}" for kind in Kept if _counted(erased, kind)]
    done = f"Erased of {'; of '.join(told)}." if told else ""
    return " ".join(filter(None, (done, erased.held))) or "Nothing was over."


def told_of_caught(number: int) -> str:
    """The sentence to add about caught mails, which are of no one council; empty when none went."""
    return f" {count(number, 'caught mail')} deleted." if number else ""


def kept_for(kept: Retention, kind: Kept) -> str:
    """Such as "30 days": the setting in words."""
    return {
        Kept.RAW_MAIL: count(kept.raw_mail_days, "day"),
        Kept.ABSENCES: f"{count(kept.absence_days, 'day')} after they end",
        Kept.FREE_TEXT: count(kept.free_text_months, "month"),
        Kept.LEDGER: f"{count(kept.prompt_years, 'year')} after the regime ends",
    }[kind]


def _since(over: Over, kind: Kept) -> str:
    if kind is Kept.ABSENCES:
        return f"before {short_date(over.absences_before)}"
    before = {
        Kept.RAW_MAIL: over.raw_mail_before,
        Kept.FREE_TEXT: over.free_text_before,
        Kept.LEDGER: over.ledger_before,
    }[kind]
    return f"before {short_date(before.astimezone(LONDON).date())}" if before else "not yet"


def _counted(erased: Erased, kind: Kept) -> str:
    return ", ".join(f"{number} {sort}" for sort, number in erased.counts.get(kind, {}).items())
