"""Ask `daymark check --links` of a programme whose links answer, have died, or want a sign-in."""

from tests.cli.house import Commands
from tests.harness import World
from tests.support.web_server import WebServer

PROGRAMME = """
inspection: {{framework: ILACS, edition: "2026", from: 2026-07-06, until: 2026-07-17, published: 2026-09-14,
  inspectors: Her inspectors, source: letter}}
documents:
  plan: {{title: The plan, on: 2026-09-14, link: "{page}", source: letter}}
  shelf: {{title: The letter, on: 2026-09-14, link: Shelf 4, source: letter}}
evidence:
  minutes: {{title: Minutes, on: 2026-09-14, owner: director, link: "{dead}", source: letter}}
  audit: {{title: Audit, on: 2026-09-14, owner: director, link: "{closed}", source: letter}}
"""


def test_links_are_asked_when_somebody_wants_it_and_a_dead_one_is_a_warning(empty: World, daymark: Commands) -> None:
    file = empty.home / "anytown.yaml"
    daymark("new", "--name", "Anytown", "--published", "2026-09-14", "--received", "2026-09-04", "--out", file)
    with WebServer() as server:
        page, dead, closed = server.at("/page"), server.at("/404"), server.at("/403")
        programme = file.with_suffix(".programme.yaml")
        programme.write_text(PROGRAMME.format(page=page, dead=dead, closed=closed))
        assert daymark("check", file).code == 0
        assert server.asked == []
        said = daymark("check", file, "--links")
        dead_link = f"Its link is dead: it answered 404 ({dead})."
        closed_link = f"Its link cannot be read without signing in, so nobody knows whether it still holds ({closed})."
        assert (said.code, said.err) == (1, "Asking 3 links …\n")
        assert said.out.splitlines() == [
            f"warning: {programme.name}: line 8, column 62: evidence.minutes.link: {dead_link}",
            f"note: {programme.name}: line 9, column 58: evidence.audit.link: {closed_link}",
            f"note: {programme.name}: Addresses asked: 3 (1 answered, 1 not readable without signing in, 1 dead). "
            "Not asked: 1 link without a web address.",
        ]
        programme.write_text(PROGRAMME.format(page=page, dead=page, closed=closed))
        assert [fault["level"] for fault in daymark("check", file, "--links", "--json").objects] == ["note", "note"]
    programme.write_text(PROGRAMME.format(page="Shelf 1", dead="Shelf 2", closed="Shelf 3"))
    said = daymark("check", file, "--links")
    assert (said.code, said.err) == (0, "")
    assert f"note: {programme.name}: It has no web address, and so no link to ask." in said.out
    programme.unlink()
    assert "no programme beside it" in daymark("check", file, "--links").out
