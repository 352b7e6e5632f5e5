"""`postmortem` and `export` as a person or a script uses them: documents, files, finishing, JSON."""

import json
import os
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.conftest import Command, ic
from tests.hostile import CORPUS, NAMES

__all__ = ["ic"]


@pytest.fixture
def night(ic: Command) -> Command:
    """One incident that is over, with a summary, a cause and no action items."""
    assert ic("declare", "Search down", "--severity", "1", "--service", "Search").code == 0
    assert ic("log", "roll back", "--kind", "decision").code == 0
    assert ic("status", "1", "resolved").code == 0
    assert ic("postmortem", "1", "--set", "summary=It broke.", "--why", "no index").code == 0
    return ic


@pytest.mark.parametrize(("ending", "start"), [("md", "# INC-1 SEV1"), ("html", "<!DOCTYPE html>"), ("json", "{\n")])
def test_the_ending_of_the_file_says_what_is_written(night: Command, tmp_path: Path, ending: str, start: str) -> None:
    place = tmp_path / f"out.{ending}"
    said = night("postmortem", "1", "--export", str(place))
    assert (said.code, said.out) == (0, f"Written to {place}\n")
    assert place.read_text().startswith(start)
    assert "It broke." in place.read_text()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    other = tmp_path / "other.txt"
    assert night("postmortem", "1", "--export", str(other), "--format", ending).code == 0
    assert other.read_text() == place.read_text()
    assert night("export", "1", "--format", ending, "--output", str(tmp_path / "third")).code == 0
    assert (tmp_path / "third").read_text() == place.read_text()
    assert night("export", "1", "--format", ending).out.rstrip("\n") == place.read_text().rstrip("\n")


def test_an_ending_that_says_nothing_is_refused(night: Command, tmp_path: Path) -> None:
    said = night("postmortem", "1", "--export", str(tmp_path / "out.docx"))
    assert said.code == 2
    assert said.err == "out.docx does not say what to write. End it in .md, .html or .json, or name the format.\n"
    assert not (tmp_path / "out.docx").exists()


def test_a_file_that_is_there_stays_unless_it_is_forced(night: Command, tmp_path: Path) -> None:
    place, calendar = tmp_path / "out.html", tmp_path / "out.ics"
    for file, command in ((place, ("postmortem", "1", "--export")),
                          (place, ("export", "1", "--format", "html", "--output")),
                          (calendar, ("postmortem", "1", "--meeting", "tomorrow 10:00", "--export"))):  # fmt: skip
        file.write_text("mine")
        said = night(*command, str(file))
        assert said.code == 2
        assert "exists already and was left as it is" in said.err
        assert said.err.endswith("To replace it, add --force.\n")
        assert file.read_text() == "mine"
    assert night("postmortem", "1", "--export", str(place), "--force").code == 0
    assert place.read_text().startswith("<!DOCTYPE html>")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith((".o", "o"))) == [
        "out.html",
        "out.ics",
    ]


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_place_that_cannot_be_written_is_refused(night: Command, tmp_path: Path, force: list[str]) -> None:
    for place in (tmp_path / "nowhere" / "out.md", tmp_path / "incidents.db" / "out.md"):
        said = night("postmortem", "1", "--export", str(place), *force)
        assert said.code == 2
        assert f"{place} was not written: " in said.err
        assert "Traceback" not in said.err
    folder = tmp_path / "folder.md"
    folder.mkdir()
    assert night("postmortem", "1", "--export", str(folder), *force).code == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused(night: Command, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    said = night("postmortem", "1", "--export", str(folder / "out.md"))
    assert (said.code, "Permission denied" in said.err) == (2, True)


def test_the_account_for_customers_says_beside_it_what_is_missing(night: Command, tmp_path: Path) -> None:
    said = night("postmortem", "1", "--customer")
    assert said.code == 0
    assert said.out.startswith("Search: what happened, and what we have changed\n\n[missing: apology]")
    assert "Missing: apology, " in said.err
    assert "[missing" not in said.err
    place = tmp_path / "report.txt"
    assert night("postmortem", "1", "--customer", "--export", str(place)).code == 0
    assert place.read_text() == said.out


def test_the_command_that_fills_in_what_is_missing_is_said_and_works(night: Command) -> None:
    said = night("postmortem", "1", "--customer")
    (line,) = [line.strip() for line in said.err.splitlines() if line.startswith("  incident-console update")]
    assert line.startswith(
        "incident-console update INC-1 --audience customers --kind customer_report --set apology=TEXT"
    )
    words = (
        line.removeprefix("incident-console ")
        .replace("TEXT", "We are sorry for what this meant to you.")
        .split(" --set ")
    )
    sets = [part for pair in words[1:] for part in ("--set", pair)]
    filled = night(*words[0].split(), *sets, "--ask-approval")
    assert (filled.code, "[missing" in filled.out) == (0, False)
    kept = night("postmortem", "1", "--customer")
    assert "We are sorry for what this meant to you." in kept.out
    assert "Missing" not in kept.err


def test_words_for_inside_are_not_proposed_to_customers(night: Command) -> None:
    night("postmortem", "1", "--set", "summary=We lost 40,000 EUR an hour; leadership and Northwind were told.")
    said = night("postmortem", "1", "--customer")
    assert "40,000" not in said.out
    assert (
        "The words for summary were not taken over because of “40,000 EUR” (money). Write them for customers."
        in said.err
    )


def test_the_case_for_reliability_work(night: Command) -> None:
    said = night("postmortem", "1", "--case")
    assert said.out.startswith("# Case for reliability work: INC-1")
    assert "| Revenue in an hour | nobody said |" in said.out


def test_the_review_as_a_meeting(night: Command, tmp_path: Path) -> None:
    said = night("postmortem", "1", "--meeting", "tomorrow 10:00", "--minutes", "45")
    assert said.code == 0
    assert said.out.startswith("BEGIN:VCALENDAR\r\n") or said.out.startswith("BEGIN:VCALENDAR\n")
    assert "SUMMARY:Review of INC-1: Search down" in said.out
    place = tmp_path / "review.ics"
    assert night("postmortem", "1", "--meeting", "tomorrow 10:00", "--minutes", "45", "--export", str(place)).code == 0
    assert place.read_bytes().count(b"\r\n") == place.read_bytes().count(b"\n")
    assert night("postmortem", "1", "--meeting", "soon").code == 2
    assert night("postmortem", "1", "--meeting", "tomorrow 10:00", "--minutes", "2").code == 2
    assert night("postmortem", "1", "--meeting", "2020-01-01 10:00").code == 2


def test_one_document_at_a_time(night: Command) -> None:
    for two in (["--customer", "--case"], ["--case", "--format", "md"], ["--meeting", "14:00", "--customer"]):
        said = night("postmortem", "1", *two)
        assert said.code == 2
        assert "One document at a time" in said.err


def test_a_section_from_standard_input(night: Command) -> None:
    assert night("postmortem", "1", "--set", "lessons=-", given=b"First.\n\nSecond \xff.\n").code == 0
    assert "First.\n\nSecond" in night("postmortem", "1").out


def test_json_tells_how_complete_it_is(night: Command) -> None:
    said = night("postmortem", "1", "--json")
    assert said.code == 0
    found = said.json
    assert found["schema"] == 1
    assert set(found["figures"]) == {"ttd_s", "tta_s", "ttfu_s", "ttm_s", "ttr_s"}
    assert set(found["computed_from"]) | set(found["not_computed"]) == set(found["figures"])
    assert {"part": "impact", "what": "empty"} in found["incomplete"]
    assert {each["rule"] for each in found["oddities"]} >= {"missing"}
    assert found["sections"] == {"summary": "It broke."}
    assert (found["finished_at"], found["finished_reason"]) == (None, None)
    assert json.dumps(found)
    assert night("postmortem", "1", "--close", "--reason", "a provider failed").code == 0
    assert night("postmortem", "1", "--json").json["finished_reason"] == "a provider failed"


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.found |= {f"@{name}" for name, _ in attrs}


@pytest.mark.parametrize(("_name", "text"), CORPUS, ids=NAMES)
def test_hostile_text_is_harmless_in_every_document(ic: Command, _name: str, text: str) -> None:
    assert ic("--as", text, "declare", text[:150], "--severity", "1", "--service", text).code == 0
    ic("log", f"x {text}", "--kind", "decision")
    ic("postmortem", "1", "--set", f"summary={text}", "--why", text, "--action", text[:400])
    for arguments in (["--format", "html"], ["--format", "md"], ["--customer"], ["--case"], ["--meeting", "tomorrow 9:00"],
                      ["--json"]):  # fmt: skip
        said = ic("postmortem", "1", *arguments)
        both = said.out + said.err
        assert said.code == 0
        assert not any(bad in both for bad in ("\x1b", "\x9b", "\x9d", "\u202e", "\ud800", "\x00", "\u2066"))
        if arguments[-1] == "html":
            assert not {"script", "img", "iframe", "@onerror", "@style", "@src"} & Tags(said.out).found
