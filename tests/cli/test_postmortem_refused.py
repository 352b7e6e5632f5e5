"""`postmortem` that is refused saves nothing, whatever else the same call holds; all that is taken is saved together."""

from pathlib import Path

import pytest

from tests.builders import make_desk
from tests.cli.conftest import Command, ic
from tests.cli.test_postmortem import night

__all__ = ["ic", "night"]

WRITES = ("--set", "impact=half of Europe", "--why", "nobody looked", "--action", "look", "--owner", "dana")
"""Everything that one call may write."""


def count(folder: Path) -> int:
    desk = make_desk(folder)
    try:
        return len(desk.store.log.everything())
    finally:
        desk.store.close()


REFUSED: list[tuple[list[str], str]] = [
    ([*WRITES, "--due", "2020-01-01"], "has passed"),
    ([*WRITES, "--due", "soonish"], "is not a day"),
    ([*WRITES, "--due", "+14d", "--kind", "hope"], "There is no kind of action item"),
    (["--set", "impact=x", "--set", "mood=calm"], "There is no section “mood”"),
    (["--why", "a", "--why", "x" * 2001, "--set", "impact=x"], "2000 fit"),
    (["--why", "a", "--why", " "], "what made it happen, not who"),
    (["--why", "a", "--action", " "], "An action item needs words"),
    (["--why", "a", "--action", "x" * 501], "500 fit"),
    (["--why", "a", "--action", "x", "--owner", "n" * 81], "80 fit"),
    (["--set", "impact=x", "--set", "summary=It broke."], "reads like that already"),
    (["--set", "impact=x", "--set", "no sign"], "SECTION=TEXT"),
    (["--set", "impact=-", "--set", "lessons=-"], "Standard input holds one text"),
    (["--set", "impact=x", "--why", "a", "--close"], "There are no action items"),
    (["--set", "impact=x", "--owner", "dana"], "Add --action TEXT"),
    (["--set", "impact=x", "--due", "+3d"], "Add --action TEXT"),
    (["--set", "impact=x", "--kind", "detect"], "Add --action TEXT"),
    (["--set", "impact=x", "--reason", "y"], "Add --close"),
    (["--set", "impact=x", "--export", "c.docx"], "does not say what to write"),
    (["--set", "impact=x", "--customer", "--export", "c.html"], "End the name in .txt"),
    (["--set", "impact=x", "--export", "nowhere/out.md"], "there is no folder"),
    (["--set", "impact=x", "--export", "."], "does not say what to write"),
    (["--set", "impact=x", "--json", "--export", "out.md"], "Leave out one of the two"),
    (["--set", "impact=x", "--case", "--customer"], "One document at a time"),
    (["--set", "impact=x", "--meeting", "soon"], "is not a day and a time"),
    (["--set", "impact=x", "--meeting", "tomorrow 10:00", "--minutes", "2"], "minutes"),
    (["--set", "impact=x", "--meeting", "tomorrow 10:00", "--export", "review.html"], "End the name in .ics"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "says"), REFUSED, ids=[" ".join(case[0])[-40:] for case in REFUSED])
def test_what_is_refused_saves_nothing(night: Command, tmp_path: Path, arguments: list[str], says: str,
                                       monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    before = count(tmp_path)
    said = night("postmortem", "1", *arguments)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert "Traceback" not in said.err
    assert count(tmp_path) == before
    assert list((tmp_path / "here").iterdir()) == []


def test_a_text_from_standard_input_that_is_too_long_saves_nothing(night: Command, tmp_path: Path) -> None:
    before = count(tmp_path)
    said = night("postmortem", "1", "--why", "a", "--set", "impact=x", "--set", "lessons=-", given=b"x" * 2_000_001)
    assert (said.code, "2000000 fit" in said.err) == (2, True)
    assert count(tmp_path) == before


def test_a_file_that_is_there_is_refused_before_anything_is_saved(night: Command, tmp_path: Path) -> None:
    (tmp_path / "out.md").write_text("mine")
    before = count(tmp_path)
    said = night("postmortem", "1", *WRITES, "--due", "+14d", "--export", str(tmp_path / "out.md"))
    assert (said.code, "To replace it, add --force." in said.err) == (2, True)
    assert count(tmp_path) == before


def test_finishing_during_the_response_is_refused_and_saves_nothing(ic: Command, tmp_path: Path) -> None:
    ic("declare", "Search down", "--severity", "1")
    for status in ("investigating", "identified", "mitigating", "monitoring"):
        ic("status", "1", status)
        before = count(tmp_path)
        said = ic("postmortem", "1", *WRITES, "--due", "+14d", "--close")
        assert said.code == 2
        assert f"INC-1 is {status}, and recovery comes first." in said.err
        assert "incident-console status INC-1 resolved" in said.err
        assert count(tmp_path) == before
    assert ic("postmortem", "1", *WRITES, "--due", "+14d").code == 0
    ic("status", "1", "resolved")
    assert ic("postmortem", "1", "--close").code == 0
    again = ic("postmortem", "1", "--why", "b", "--close")
    assert (again.code, "finished already" in again.err) == (2, True)
    assert len(ic("postmortem", "1", "--json").json["whys"]) == 1


def test_a_day_that_has_passed_is_taken_by_force(night: Command, tmp_path: Path) -> None:
    wish = ("postmortem", "1", *WRITES, "--due", "2020-01-01")
    assert night(*wish).err.endswith("If it is right, add --force.\n")
    assert night(*wish, "--force").code == 0
    assert night("postmortem", "1", "--json").json["actions"][0]["due"] == "2020-01-01"


def test_all_of_one_call_is_saved_together(night: Command) -> None:
    said = night("postmortem", "1", *WRITES, "--why", "nobody was asked to", "--due", "+14d", "--set", "lessons=-",
                 "--close", given=b"Look.\n")  # fmt: skip
    assert said.code == 0
    found = night("postmortem", "1", "--json").json
    assert found["sections"] == {"summary": "It broke.", "impact": "half of Europe", "lessons": "Look."}
    assert [(each["label"], each["answer"]) for each in found["whys"]] == [
        ("1", "no index"), ("1.1", "nobody looked"), ("1.1.1", "nobody was asked to"),
    ]  # fmt: skip
    assert found["finished_at"]


# --- finishing


def test_it_is_finished_with_an_action_item_or_for_a_reason(night: Command) -> None:
    said = night("postmortem", "1", "--close")
    assert said.code == 2
    assert "There are no action items" in said.err
    said = night("postmortem", "1", "--close", "--reason", "the provider is gone")
    assert said.code == 0
    assert "is finished" in said.err
    assert "Postmortem finished" in night("postmortem", "1").out
    assert not night("postmortem", "1", "--json").json["changed_since_finished"]
    assert night("postmortem", "1", "--set", "lessons=Still open to change.").code == 0
    assert night("postmortem", "1", "--json").json["changed_since_finished"]


def test_what_is_still_open_is_named_and_it_is_finished_all_the_same(night: Command) -> None:
    said = night("postmortem", "1", "--action", "index check", "--close")
    assert (said.code, said.out) == (0, "")
    assert "Finished with this still open:\n- Nobody has written: Impact, Contributing factors, " in said.err
    for words in ("No root cause is marked or written down.", "1 action item has no owner.", "1 action item has no due",
                  "in the record are odd or missing.", "No message is recorded to: customers, "):  # fmt: skip
        assert words in said.err
    found = night("postmortem", "1", "--json").json
    assert found["finished_at"]
    assert {"part": "actions", "words": "1 action item has no owner."} in found["still_open"]


# --- names of files


@pytest.mark.parametrize(
    ("arguments", "name", "says"),
    [
        (["--customer"], "c.html", "the report to customers is plain text. End the name in .txt."),
        (["--customer"], "c.MD", "the report to customers is plain text. End the name in .txt."),
        (["--format", "md"], "x.html", "it is written as Markdown. End the name in .md."),
        (["--format", "html"], "x.json", "it is written as HTML. End the name in .html."),
        (["--format", "json"], "x.csv", "it is written as JSON. End the name in .json."),
        (["--case"], "case.pdf", "the case for reliability work is Markdown. End the name in .md."),
        (["--meeting", "tomorrow 10:00"], "r.txt", "it is written as a calendar file. End the name in .ics."),
        ([], "report", "report does not say what to write. End it in .md, .html or .json, or name the format."),
        ([], "report.txt", "report.txt does not say what to write."),
        ([], "review.ics", 'Say when the review is: --meeting "friday 14:00"'),
    ],
)
def test_a_name_that_promises_something_else_is_refused(
    night: Command, tmp_path: Path, arguments: list[str], name: str, says: str
) -> None:
    said = night("postmortem", "1", *arguments, "--export", str(tmp_path / name))
    assert said.code == 2
    assert says in said.err
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["--customer"], "c"), (["--customer"], "c.txt"), (["--case"], "case.md"), (["--case"], "case.txt"),
        (["--format", "md"], "x.wiki"), (["--format", "html"], "INC-1.2026-11-21"), (["--format", "md"], "x.MARKDOWN"),
        (["--meeting", "tomorrow 10:00"], "review"), ([], "x.HTM"),
    ],
)  # fmt: skip
def test_a_name_that_fits_or_promises_nothing_is_taken(
    night: Command, tmp_path: Path, arguments: list[str], name: str
) -> None:
    assert night("postmortem", "1", *arguments, "--export", str(tmp_path / name)).code == 0
    assert (tmp_path / name).stat().st_size > 100


def test_the_other_way_to_export_looks_at_the_name_too(night: Command, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("mine")
    said = night("export", "1", "--format", "md", "--output", str(tmp_path / "x.html"))
    assert (said.code, said.err) == (2, "x.html does not fit: it is written as Markdown. End the name in .md.\n")


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("name", ["~nobody-at-all/x.md", f"{'n' * 300}.md"], ids=["no such home", "too long"])
def test_impossible_names_are_said_in_a_sentence(night: Command, name: str, force: list[str]) -> None:
    said = night("postmortem", "1", "--export", name, *force)
    assert (said.code, said.out, "Traceback" in said.err) == (2, "", False)


def test_the_longest_name_can_be_replaced(night: Command, tmp_path: Path) -> None:
    place = tmp_path / f"{'n' * 250}.md"
    for force in ([], ["--force"]):
        assert night("postmortem", "1", "--export", str(place), *force).code == 0
    assert len(list(tmp_path.glob("*n*.md*"))) == 1
