"""Ask `daymark report`: it writes a file from what is stored, and refuses in a sentence what it cannot make."""

from pathlib import Path

import docx
import pytest

from tests.cli.house import Commands
from tests.config.medway import medway
from tests.harness import World, snapshot


def test_it_writes_the_report_of_a_day_from_what_is_stored_and_changes_nothing(
    house: World, daymark: Commands, tmp_path: Path
) -> None:
    house.at("Wed 4 Sep 2019 10:00")
    before, out = snapshot(house.store), tmp_path / "cabinet.docx"
    said = daymark("report", "cabinet", "--as-at", "2019-09-03", "--out", out)
    assert (said.code, said.out, said.err) == (
        0,
        "",
        f"{out}: cabinet, as known on Tuesday 3 September 2019, DRAFT.\n",
    )
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert "down by 20 % since the inspection" in text
    assert "first stored" not in text
    sequence, head = house.store.audit.chain_end()
    assert (
        docx.Document(str(out)).sections[0].footer.paragraphs[0].text.endswith(f"Audit record {sequence}, head {head}.")
    )
    assert daymark("report", "cabinet", "--out", out.with_suffix(".pdf")).code == 0
    assert out.with_suffix(".pdf").read_bytes().startswith(b"%PDF-")
    assert snapshot(house.store) == before


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (["visits", "--out", "x.pdf"], "inspector. Did you mean “visit”?"),
        (
            ["inspector", "--out", "x.pdf"],
            "It is about one area; expected oversight-by-senior-managers or staffing or ",
        ),
        (["inspector", "--out", "x.pdf", "--area", "healt"], "There is no area “healt”; expected "),
        (["board", "--out", "x.pdf", "--area", "health"], "The report “board” is about every area: expected no area."),
        (["training", "--out", "x.pdf", "--for", "director"], "copy for one post alone; expected training_lead."),
        (["board", "--out", "x.pdf", "--release"], "expected --release and --by ADDRESS together."),
        (["board", "--out", "x.pdf", "--by", "x@medway.example"], "expected --release and --by ADDRESS together."),
        (["cabinet", "--out", "x.odt"], "--out is “x.odt”, expected a name that ends in .docx or .pdf"),
        (["cabinet", "--out", "x.pdf", "--as-at", "2019-13-01"], "2019-13-01"),
        (["cabinet", "--out", "x.pdf", "--as-at", "2019-09-03"], "is to come; expected today, or an earlier day"),
        (["cabinet", "--out", "x.pdf", "--as-at", "2019-08-26"], "published on Tuesday 27 August 2019, so nothing of"),
        (["cabinet", "--out", "nowhere/x.docx"], "nowhere/x.docx"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(
    house: World, daymark: Commands, given: list[str], fault: str
) -> None:
    said = daymark("report", *given)
    assert said.code == 2
    assert len(said.faults) == 1
    assert fault in said.err
    assert not Path("x.pdf").exists()


def test_without_a_programme_it_says_where_the_records_are_written(
    empty: World, daymark: Commands, tmp_path: Path
) -> None:
    empty.store.changes.apply(medway(), at=empty.now, who="lead", source="x.yaml", digest="d")
    said = daymark("report", "cabinet", "--out", tmp_path / "x.pdf")
    assert (said.code, "write its records beside the timeline (NAME.programme.yaml)" in said.err) == (2, True)
