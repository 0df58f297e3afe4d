"""Read reports back from Word and PDF: the same words, the template's styles, PDF/UA-1, and the same bytes."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import page
import pytest

from config.rendering.report_pdf import pdf
from config.rendering.report_word import TEMPLATE, BadTemplate, word
from tests.docs.word_template import make
from tests.support.filled import filled
from tests.support.reports import to_cabinet
from tests.timeline.reports.source_facts import FACTS, PERSONS
from timeline.reports.document import Figure
from timeline.reports.kinds import KINDS


@cache
def opened() -> Any:
    return docx.Document(BytesIO(word(to_cabinet())))


def read_back() -> str:
    """Give the words of the Word file, the cells of a row on a line."""
    rows = (
        " | ".join(dict.fromkeys(cell.text for cell in row.cells)) for table in opened().tables for row in table.rows
    )
    return "\n".join((*(paragraph.text for paragraph in opened().paragraphs), *rows))


def test_the_word_file_holds_every_fact_of_the_document_and_no_mark_of_the_template() -> None:
    text = read_back()
    assert [fact for facts in FACTS.values() for fact in facts if fact not in _heads(text)] == []
    assert [name for name in (*PERSONS, "{%", "{{", "&amp;") if name in text] == []


def _heads(text: str) -> str:
    return text.replace("CABINET, 3 SEPTEMBER 2019", "Cabinet, 3 September 2019").replace(":\t", ": ")


def test_the_word_file_keeps_the_styles_header_and_footer_of_the_template() -> None:
    styles = {paragraph.style.name for paragraph in opened().paragraphs}
    assert {"Title", "Heading 1", "Report paragraph", "Report point", "Report missing", "Caption"} <= styles
    assert {table.style.name for table in opened().tables} == {"Report table"}
    risks = [column.width for column in opened().tables[-1].columns]
    assert [round(width / sum(risks) * 26) for width in risks] == [5, 8, 9, 4]
    (section,) = opened().sections
    assert section.header.paragraphs[0].text == "Medway Council\t\tDRAFT"
    assert section.footer.paragraphs[0].text == to_cabinet().footer
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in opened().tables)


@pytest.mark.parametrize("kind", KINDS)
def test_every_report_passes_a_check_of_pdf_ua_and_is_the_same_bytes_each_time(kind: str) -> None:
    made = pdf(filled(kind))
    checked = page.validate_pdf_bytes(made, profile=page.ValidationProfile.PDF_UA_1)
    assert [f"{fault.rule_id}: {fault.message}" for fault in checked.failures] == []
    assert checked.rules.passed > 100
    if kind == "board":
        assert made == pdf(filled(kind))


def test_a_picture_has_its_description_in_both_files() -> None:
    figures = [part for section in filled("board").sections for part in section.parts if isinstance(part, Figure)]
    assert [figure.caption for figure in figures] == [
        "The timeline",
        "Average caseloads in the assessment service",
        "The risks by their numbers",
    ]
    drawn = docx.Document(BytesIO(word(filled("board")))).inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in drawn] == [figure.picture.desc for figure in figures]
    assert all(0 < shape.width <= 166 * 36_000 for shape in drawn)


def test_a_word_file_is_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = word(filled("training"))
    monkeypatch.setattr("zipfile.time.localtime", lambda *_: (2031, 5, 1, 9, 30, 0, 0, 0, 0))
    assert word(filled("training")) == first


def test_the_template_is_as_its_maker_makes_it(tmp_path: Path) -> None:
    make(tmp_path / "made.docx")
    parts = ("word/document.xml", "word/styles.xml", "word/header1.xml", "word/footer1.xml")
    made, kept = ZipFile(tmp_path / "made.docx"), ZipFile(TEMPLATE)
    again = "The template and its maker differ: run python -m tests.docs.word_template, or bring its maker up to date."
    assert [part for part in parts if made.read(part) != kept.read(part)] == [], again


@pytest.mark.parametrize("mark", ["{{ title", "{{ blocks.__class__.__mro__ }}", "{{ nothing.at.all }}"])
def test_a_template_with_another_mark_is_told_in_a_sentence_and_reaches_nothing(tmp_path: Path, mark: str) -> None:
    template = tmp_path / "report.docx"
    edited = docx.Document(str(TEMPLATE))
    edited.add_paragraph(mark)
    edited.save(str(template))
    with pytest.raises(BadTemplate, match=r"^report\.docx cannot be filled: .*; expected the marks as they were\.$"):
        word(to_cabinet(), template)
