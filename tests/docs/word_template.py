"""Make the Word template of reports anew: `python -m tests.docs.word_template [FILE]`.

A council edits the template in Word. Whoever adds a kind of part to reports adds its marks here, makes the template
anew and tells in the CHANGELOG which marks a council's own template needs.
"""

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from config.rendering.report_word import TABLE_STYLE, TEMPLATE

BODY = (
    ("{{ meeting|upper }}", "Report meeting"),
    ("{{ title }}", "Title"),
    ("{%p for line in head %}", ""),
    ("{{ line.name }}:\t{{ line.value }}", "Report head"),
    ("{%p endfor %}", ""),
    ("{%p for block in blocks %}", ""),
    ("{%p if block.kind == 'heading' %}", ""),
    ("{% if block.number %}{{ block.number }}  {% endif %}{{ block.text }}", "Heading 1"),
    ("{%p elif block.kind == 'paragraph' and block.number %}", ""),
    ("{{ block.number }}\t{{ block.text }}", "Report paragraph"),
    ("{%p elif block.kind == 'paragraph' %}", ""),
    ("{{ block.text }}", ""),
    ("{%p elif block.kind == 'missing' %}", ""),
    ("{% if block.number %}{{ block.number }}\t{% endif %}{{ block.mark }} {{ block.text }}", "Report missing"),
    ("{%p elif block.kind == 'points' %}", ""),
    ("{%p for item in block['items'] %}", ""),
    ("{{ item.mark }}\t{{ item.text }}", "Report point"),
    ("{%p endfor %}", ""),
    ("{%p elif block.kind == 'figure' %}", ""),
    ("{{ block.caption }}", "Caption"),
    ("{{ block.image }}", ""),
    ("{%p elif block.kind == 'table' %}", ""),
    ("{{ block.caption }}", "Caption"),
)
"""The marks before the table, each with its style; an empty style is Word's Normal."""
AFTER_TABLE = (("", ""), ("{%p endif %}", ""), ("{%p endfor %}", ""))


def make(to: Path) -> None:
    """Write the template, with its styles, its marks, its header and its footer."""
    document = Document()
    _page(document.sections[0])
    _styles(document.styles)
    for text, style in BODY:
        document.add_paragraph(text, style=style or None)
    _table(document)
    for text, style in AFTER_TABLE:
        document.add_paragraph(text, style=style or None)
    _around(document.sections[0])
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = "Report", "Daymark", "", "en-GB"
    document.save(str(to))


def _page(section: Any) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.4)


def _styles(styles: Any) -> None:
    normal = styles["Normal"]
    normal.font.name, normal.font.size, normal.paragraph_format.space_after = "Arial", Pt(11), Pt(6)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Arial")
    normal.element.rPr.append(_element("w:lang", val="en-GB"))
    _heading(styles["Title"], 20)
    _heading(styles["Heading 1"], 14)
    caption = styles["Caption"]
    caption.font.name, caption.font.size, caption.font.bold = "Arial", Pt(9.5), True
    caption.font.color.rgb, caption.paragraph_format.keep_with_next = RGBColor(0, 0, 0), True
    _new(styles, "Report meeting").font.bold = True
    _hanging(_new(styles, "Report head"), Cm(4), Cm(4))
    _hanging(_new(styles, "Report paragraph"), Cm(1.2), Cm(1.2))
    _hanging(_new(styles, "Report point"), Cm(1.9), Cm(0.7))
    missing = _new(styles, "Report missing", base="Report paragraph")
    missing.font.italic, missing.font.color.rgb = True, RGBColor(0x7A, 0x4F, 0)
    cell = _new(styles, "Report cell")
    cell.font.size = Pt(9)
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(3)
    _new(styles, "Report column", base="Report cell").font.bold = True
    table = styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.TABLE)
    table.base_style, table.quick_style = styles["Table Grid"], True


def _heading(style: Any, size: int) -> None:
    style.font.name, style.font.size, style.font.bold = "Arial", Pt(size), True
    style.font.color.rgb = RGBColor(0x1D, 0x35, 0x57)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # A font of the theme would win over the one named here.
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:ascii"), "Arial")
    fonts.set(qn("w:hAnsi"), "Arial")
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after, paragraph.keep_with_next = Pt(16), Pt(8), True


def _new(styles: Any, name: str, *, base: str = "Normal") -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = styles[base], True
    return style


def _hanging(style: Any, left: Any, by: Any) -> None:
    """Let the first line stand out to the left by so much, and the words begin at a tab."""
    paragraph = style.paragraph_format
    paragraph.left_indent, paragraph.first_line_indent = left, -by
    paragraph.tab_stops.add_tab_stop(left)


def _table(document: Any) -> None:
    """Add the table whose marks give it its columns and rows; its first row is repeated on each page."""
    table = document.add_table(rows=4, cols=3, style=TABLE_STYLE)
    marks = (
        ("{%tc for column in block.columns %}", "{{ column }}", "{%tc endfor %}"),
        ("{%tr for row in block.rows %}", "", ""),
        ("{%tc for cell in row.cells %}", "{%p for line in cell %}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    for row, texts in zip(table.rows, marks, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            if text:
                cell.paragraphs[0].text, cell.paragraphs[0].style = text, "Report cell"
    table.cell(0, 1).paragraphs[0].style = "Report column"
    for text in ("{{ line }}", "{%p endfor %}"):
        table.cell(2, 1).add_paragraph(text, style="Report cell")
    for row in (table.rows[0], table.rows[2]):
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    shade = _element("w:shd", val="clear", color="auto", fill="E6ECF2")
    table.cell(0, 1)._tc.get_or_add_tcPr().append(shade)


def _around(section: Any) -> None:
    """Write the header and the footer: council, status, record and pages."""
    section.header.paragraphs[0].text = "{{ council }}\t\t{{ status }}"
    record, pages = section.footer.paragraphs[0], section.footer.add_paragraph("Page ")
    record.text = "{{ footer }}"
    _field(pages, "PAGE")
    pages.add_run(" of ")
    _field(pages, "NUMPAGES")
    for run in (*record.runs, *pages.runs):
        run.font.size = Pt(7.5)


def _field(paragraph: Any, code: str) -> None:
    """Add a field that Word counts, such as the number of the page."""
    instruction = _element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = code
    for part in (_element("w:fldChar", fldCharType="begin"), instruction, _element("w:fldChar", fldCharType="end")):
        paragraph.add_run()._r.append(part)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATE)
