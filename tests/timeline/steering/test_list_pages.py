"""Test how a long list is divided into pages, and what a number says that names none."""

import pytest

from timeline.steering.list_pages import ListPage, list_page
from timeline.steering.narrowing import NotOffered

SIZE = 200


@pytest.mark.parametrize("of", [0, 1, SIZE - 1, SIZE, SIZE + 1, 1_426])
def test_the_pages_hold_each_entry_once_in_order(of: int) -> None:
    whole = list(range(of))
    pages = [list_page(f"{number}", of, size=SIZE) for number in range(1, list_page("", of, size=SIZE).last + 1)]
    assert [entry for page in pages for entry in page.entries(whole)] == whole
    assert all(page.to_entry - page.from_entry + 1 == len(page.entries(whole)) for page in pages)
    assert [len(page.entries(whole)) for page in pages[:-1]] == [SIZE] * (len(pages) - 1)


@pytest.mark.parametrize(
    ("number", "of", "offered"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 8, [1, 2, None, 8]),
        (3, 8, [1, 2, 3, 4, None, 8]),
        (4, 8, [1, 2, 3, 4, 5, None, 8]),
        (5, 8, [1, None, 4, 5, 6, 7, 8]),
        (8, 8, [1, None, 7, 8]),
        (50, 99, [1, None, 49, 50, 51, None, 99]),
    ],
)
def test_links_lead_to_the_ends_and_to_the_pages_beside(number: int, of: int, offered: list[int | None]) -> None:
    assert list(ListPage(number, of * SIZE, SIZE).offered()) == offered


@pytest.mark.parametrize("typed", ["0", "9", "-1", "2.0", "two", "²", "٢", "9" * 5_000])
def test_a_number_that_names_no_page_is_told_with_those_that_do(typed: str) -> None:
    with pytest.raises(NotOffered) as refused:
        list_page(typed, 1_426, size=SIZE)
    assert str(refused.value) == f"There is no page “{typed}” of this list; expected a number from 1 to 8."


def test_a_list_of_one_page_says_so() -> None:
    with pytest.raises(NotOffered, match="expected 1, because the list has a single page"):
        list_page("2", 12, size=SIZE)
