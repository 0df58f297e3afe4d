"""Ask for a release: by whoever may, for just these contents, once; then no page says DRAFT, and the bytes stay."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import docx

from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.support.programmes import medways, slipping

ON = "2019-09-03"


def address(house: World, post: str) -> str:
    holder = house.timeline.directory.holder(post, on=house.now.date())
    assert holder
    return holder.person.address


def header(file: Path) -> str:
    return str(docx.Document(str(file)).sections[0].header.paragraphs[0].text)


def test_a_released_report_is_no_draft_any_more_and_has_the_same_bytes_however_the_record_grows(
    house: World, daymark: Commands, tmp_path: Path
) -> None:
    house.at("Wed 4 Sep 2019 10:00")
    first, again, later = (tmp_path / name for name in ("first.pdf", "again.pdf", "later.docx"))
    asked = ("report", "board", "--as-at", ON, "--out")
    said = daymark(*asked, first, "--release", "--by", address(house, "director").upper())
    released = "Released by the Director of People on 4 September 2019"
    assert (said.code, said.err) == (0, f"{first}: board, as known on Tuesday 3 September 2019, {released}.\n")
    (event,) = [event for event in house.store.audit.events() if event.what == "report released"]
    assert (event.ref, event.after) == ("report/board/2019-09-03", house.store.programmes.released()[0].digest)
    daymark("record", "early_help_scoping", "2019-09-04", "--by", "Early help lead", "--source", "minute", "--yes")
    assert daymark(*asked, again).code == daymark(*asked, later).code == 0
    assert again.read_bytes() == first.read_bytes()
    assert header(later) == f"Medway Council\t\t{released}"
    assert daymark(*asked, again, "--release", "--by", address(house, "director")).code == 0
    assert len(house.store.programmes.released()) == 1


def test_nobody_else_releases_one_and_what_goes_to_cabinet_the_monitoring_officer_alone(
    house: World, daymark: Commands, tmp_path: Path
) -> None:
    house.at("Wed 4 Sep 2019 10:00")
    before, out = snapshot(house.store), tmp_path / "x.docx"
    for kind, post, may in (
        ("board", "monitoring_officer", "Director of People"),
        ("cabinet", "director", "Monitoring"),
    ):
        said = daymark("report", kind, "--as-at", ON, "--out", out, "--release", "--by", address(house, post))
        assert (said.code, len(said.faults)) == (2, 1)
        assert said.err.startswith(f"Only the {may}")
    said = daymark("report", "board", "--out", tmp_path / "gone/x.pdf", "--release", "--by", address(house, "director"))
    assert (said.code, "expected a folder that is there" in said.err) == (2, True)
    assert (snapshot(house.store), out.exists()) == (before, False)
    by = address(house, "monitoring_officer")
    assert daymark("report", "cabinet", "--as-at", ON, "--out", out, "--release", "--by", by).code == 0
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert ("For the author" in text, "To be written. The Section 151 officer" in text) == (False, True)


def test_changed_contents_are_a_draft_again_until_they_are_released_too(
    house: World, daymark: Commands, tmp_path: Path
) -> None:
    house.at("Wed 4 Sep 2019 10:00")
    out, by = tmp_path / "x.docx", address(house, "director")
    asked = ("report", "visit", "--out", out)
    assert daymark(*asked, "--release", "--by", by).code == 0
    assert "Released" in header(out)
    changed = slipping(medways(), "early-help-review", on=date(2019, 9, 4))
    timeline = replace(house.timeline, closure_days={})
    house.store.changes.apply(timeline, at=house.now, who="lead", source="x.yaml", digest="d2", programme=changed)
    assert daymark(*asked).code == 0
    assert "DRAFT" in header(out)
    assert daymark(*asked, "--release", "--by", by).code == 0
    assert [release.as_at for release in house.store.programmes.released()] == [date(2019, 9, 4)] * 2


def test_the_training_leads_own_copy_is_never_released(house: World, daymark: Commands, tmp_path: Path) -> None:
    house.at("Wed 4 Sep 2019 10:00")
    asked = ("report", "training", "--for", "training_lead", "--out", tmp_path / "x.docx")
    said = daymark(*asked, "--release", "--by", address(house, "director"))
    assert (said.code, "alone is not released: it goes to nobody else." in said.err) == (2, True)
    assert daymark(*asked).code == 0
    assert header(tmp_path / "x.docx") == "Medway Council\t\tFor the Training lead alone"
