"""Test the workbook of an export: an import of it changes nothing, and no cell is a formula."""

import io
from datetime import date

from openpyxl import load_workbook

from config.plan_import.plan_file import read
from config.rendering.csv_table import as_csv
from config.rendering.workbook import as_workbook
from tests.config.medway import medway
from tests.support.programmes import AT_CABINET, medways, slipping
from timeline.programme.sheets.plan_sheet import with_plan
from timeline.programme.sheets.tables import Table, plan_table, tables


def test_the_plan_that_was_exported_is_imported_without_a_change() -> None:
    given = slipping(medways(), "early-help-review", on=AT_CABINET)
    posts = {key: post.title for key, post in medway().directory.posts.items()}
    content = as_workbook([plan_table(given, posts), *tables(given)])
    plan, faults = read("programme.xlsx", content, given, posts=posts, holders={}, sheet="")
    assert faults == ()
    assert plan is not None
    assert with_plan(given, plan.actions, known=given, on=date(2019, 10, 1), by="head_of_improvement") == given
    assert content == as_workbook([plan_table(given, posts), *tables(given)])


def test_every_record_stands_in_a_table_with_what_it_holds_many_of() -> None:
    given = slipping(medways(), "early-help-review", on=AT_CABINET)
    by_name = {table.name: table for table in tables(given)}
    counts = {name: len(by_name[name].rows) for name in ("judgements", "areas", "strengths", "risks", "priorities")}
    assert counts == {"judgements": 4, "areas": 10, "strengths": 9, "risks": 6, "priorities": 5}
    (update,) = by_name["actions.updates"].rows
    assert update[0] == "early-help-review"
    assert (
        dict(zip(by_name["actions.updates"].columns, update, strict=True))["why"] == "The chair is not appointed yet."
    )
    ratings = by_name["risks.assessments"]
    assert ratings.rows[0][ratings.columns.index("rating")] == "B2"


def test_words_that_begin_like_a_formula_stay_words() -> None:
    table = Table("Words", ("says", "on", "n"), (("=1+1", date(2019, 9, 3), 0),))
    sheet = load_workbook(io.BytesIO(as_workbook([table])))["Words"]
    assert [cell.data_type for cell in sheet[2]] == ["s", "d", "n"]
    assert (sheet["A2"].value, sheet["C2"].value, sheet.freeze_panes) == ("=1+1", 0, "A2")
    assert as_csv(table.columns, table.rows) == "says,on,n\n'=1+1,2019-09-03,0\n"
