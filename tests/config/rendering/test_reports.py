"""Read the report to Cabinet back from Word and PDF: the same words, styles of the template, tags, the same bytes."""

from functools import cache
from io import BytesIO
from typing import Any

import docx

from config.rendering.report_pdf import pdf
from config.rendering.report_word import word
from tests.support.reports import to_cabinet
from tests.timeline.reports.source_facts import FACTS, PERSONS


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


def test_the_pdf_is_tagged_names_its_standard_and_is_the_same_each_time() -> None:
    made = pdf(to_cabinet())
    assert made.startswith(b"%PDF-1.7")
    assert [mark for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid:part") if mark not in made] == []
    assert made == pdf(to_cabinet())
