"""`actions` and `action` as a script or a person uses them."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command, ic
from tests.hostile import CORPUS

__all__ = ["ic"]


@pytest.fixture
def told(ic: Command) -> Command:
    """Two incidents: one with an overdue item and an idea, one with an item that lacks everything."""
    assert ic("declare", "Search down", "--severity", "1").code == 0
    assert ic("declare", "Mail late", "--severity", "3").code == 0
    assert ic("action", "add", "1", "check indexes", "--owner", "Sam", "--due", "2020-01-31", "--force",
              "--link", "https://t/1", "--product").out == "INC-1/1\n"  # fmt: skip
    assert ic("action", "add", "INC-1", "rewrite", "it", "--candidate").out == "INC-1/2\n"
    assert ic("action", "add", "2", "alert on the queue", "--kind", "detect").out == "INC-2/1\n"
    return ic


def test_the_list_has_what_is_overdue_first_and_the_rate_beside_it(told: Command) -> None:
    said = told("actions")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].startswith("INC-1/1     OVERDUE since Fri 31 Jan 2020 (")
    assert lines[0].endswith("Sam           prevent   check indexes  (product)")
    assert lines[1].strip() == "https://t/1"
    assert lines[2].split(None, 1)[1].startswith("no date yet")
    assert "! no owner" in lines[2]
    assert lines[3].startswith("INC-1/2     idea, no date yet")
    assert said.err.startswith("0 of 2 done (0 %) · 0 of 1 on time (0 %) · median age 0 days")


def test_exit_1_when_something_is_overdue_and_that_was_asked(told: Command) -> None:
    assert told("actions", "--overdue").code == 1
    assert told("actions", "--overdue", "--owner", "ana").code == 0
    assert told("action", "done", "INC-1/1").code == 0
    said = told("actions", "--overdue")
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines()[0] == "Nothing is overdue."


def test_where_nothing_is_listed_it_says_what_was_asked_and_names_only_what_exists(ic: Command) -> None:
    assert ic("declare", "Search down", "--severity", "1").code == 0
    assert "Add one with: incident-console action add INC-1 TEXT" in ic("actions").err
    assert ic("actions", "--overdue").err.splitlines()[0] == "Nothing is overdue."
    assert ic("action", "add", "1", "x", "--owner", "Sam", "--due", "2020-01-31", "--force").code == 0
    assert ic("actions", "--overdue", "--owner", "ana").err.splitlines()[0] == "Nothing that fits is overdue."
    assert ic("actions", "--product").err.startswith("No action item fits. See all of them")


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--open"], ["INC-1/1", "INC-2/1", "INC-1/2"]),
        (["--owner", "sam"], ["INC-1/1"]),
        (["--owner", ""], ["INC-2/1", "INC-1/2"]),
        (["--product"], ["INC-1/1"]),
        (["--candidates"], ["INC-1/2"]),
        (["--candidates", "--product"], []),
    ],
)
def test_filters_and_json(told: Command, options: list[str], ids: list[str]) -> None:
    document = told("actions", *options, "--json").json
    assert document["schema"] == 1
    assert [item["id"] for item in document["items"]] == ids
    assert document["figures"]["commitments"] == 2


def test_json_of_an_item(told: Command) -> None:
    item = told("actions", "--product", "--json").json["items"][0]
    assert item.pop("age_s") >= 0
    for key in ("event_id", "added_at", "state_since"):
        assert item.pop(key)
    assert item == {
        "id": "INC-1/1", "reference": "INC-1", "title": "Search down", "drill": False, "text": "check indexes",
        "kind": "prevent", "owner": "Sam", "due": "2020-01-31", "overdue": True, "link": "https://t/1", "state": "open",
        "reason": None, "causes": [], "product": True, "candidate": False,
    }  # fmt: skip
    figures = told("actions", "--json").json["figures"]
    assert (figures["done_share"], figures["median_to_done_s"], figures["incomplete"]) == (0.0, None, 1)


def test_a_life_of_an_item(told: Command) -> None:
    assert "in progress" in told("action", "start", "1/1").err
    assert told("action", "done", "inc-1/1").out == "INC-1/1\n"
    refused = told("action", "done", "INC-1/1")
    assert (refused.code, refused.err) == (2, "This action item is done already. Nothing was changed.\n")
    assert told("action", "reopen", "INC-1/1").code == 0
    assert told("action", "drop", "INC-1/1", "--reason", "the service is gone").code == 0
    (item,) = told("actions", "--product", "--json").json["items"]
    assert (item["state"], item["reason"], item["overdue"]) == ("dropped", "the service is gone", False)
    assert "the service is gone" in told("actions").out
    assert told("action", "drop", "INC-2/1").code == 2
    assert "Say why" in told("action", "drop", "INC-2/1", "--reason", " ").err


def test_committing_to_an_idea(told: Command) -> None:
    assert "Commit to it first" in told("action", "done", "INC-1/2").err
    refused = told("action", "commit", "INC-1/2", "--owner", "Ana")
    assert refused.code == 2
    assert "somebody agreed to own it and named a date. It still needs a date." in refused.err
    assert told("action", "commit", "INC-1/2", "--owner", "Ana", "--due", "in 2 weeks").code == 0
    assert told("actions", "--candidates").out == ""
    assert "is a commitment already" in told("action", "commit", "INC-1/2", "--owner", "Ana").err


def test_changing_leaves_the_rest(told: Command) -> None:
    assert told("postmortem", "1", "--why", "no index", "--why", "not in the list").code == 0
    assert told("action", "change", "INC-1/1", "--cause", "1.1", "--owner", "Ana", "--no-product").code == 0
    (item,) = told("actions", "--owner", "ana", "--json").json["items"]
    assert (item["text"], item["due"], item["product"], len(item["causes"])) == (
        "check indexes",
        "2020-01-31",
        False,
        1,
    )
    assert "it still needs a date" in told("action", "change", "INC-1/1", "--due", "").err
    assert "no cause “9”" in told("action", "change", "INC-1/1", "--cause", "9").err
    assert told("action", "change", "INC-1/1", "--cause", "").code == 0
    assert told("actions", "--owner", "ana", "--json").json["items"][0]["causes"] == []


def test_a_day_that_has_passed_needs_force(told: Command) -> None:
    refused = told("action", "change", "INC-2/1", "--due", "2020-01-01")
    assert refused.code == 2
    assert refused.err.endswith("Give a day that can still be kept. If it is right, add --force.\n")
    assert told("action", "change", "INC-2/1", "--due", "2020-01-01", "--force").code == 0
    assert "depending on where one lives" in told("action", "change", "INC-2/1", "--due", "03/04").err


@pytest.mark.parametrize(
    ("named", "says"), [("INC-1/9", "There is no INC-1/9"), ("9/1", "no INC-9/1"), ("x", "INC-7/3")]
)
def test_items_that_are_not_there(told: Command, named: str, says: str) -> None:
    said = told("action", "done", named)
    assert said.code == 2
    assert says in said.err


def test_reminders(told: Command) -> None:
    one = told("actions", "--chase", "sam")
    assert one.code == 0
    assert one.out.startswith("Hi Sam, from our incidents you own 1 open action item, and its date has passed:")
    assert told("actions", "--chase").out == one.out
    assert told("actions", "--chase", "").out.startswith("Hi all")
    assert told("actions", "--chase", "Zoe").code == 2
    told("action", "change", "INC-2/1", "--owner", "Ana")
    assert told("actions", "--chase").out.count("\n---\n") == 1


def test_a_calendar_is_the_same_every_time_and_overwrites_nothing(told: Command, tmp_path: Path) -> None:
    target = tmp_path / "items.ics"
    said = told("actions", "--ics", str(target))
    assert said.out == f"Written to {target}: 1 of the open ones; 1 without a date left out\n"
    first = target.read_bytes()
    assert first.count(b"BEGIN:VEVENT") == 1
    assert b"\r\n" in first
    assert b"\r\r\n" not in first
    refused = told("actions", "--ics", str(target))
    assert refused.code == 2
    assert "exists already and was left as it is" in refused.err
    assert "add --force" in refused.err
    assert told("actions", "--ics", str(target), "--force").code == 0
    assert target.read_bytes() == first
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".items")] == []
    told("action", "change", "INC-1/1", "--text", "check all indexes")
    told("actions", "--ics", str(target), "--force")
    assert b"SEQUENCE:1" in target.read_bytes()
    assert told("actions", "--ics", str(tmp_path), "--force").code == 2
    assert told("actions", "--ics", "/proc/nowhere/x.ics").code == 2
    assert told("actions", "--ics", "-").out.replace("\r\n", "\n").startswith("BEGIN:VCALENDAR\n")


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("~nobody-at-all/a.ics", "begins with a home folder that is not known here"),
        (f"{'n' * 300}.ics", "was not written"),
        ("items.md", "items.md does not fit: it is written as a calendar file. End the name in .ics."),
    ],
    ids=["no such home", "too long", "another form"],
)
def test_a_calendar_under_an_impossible_name_is_refused_in_a_sentence(
    told: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, says: str, force: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "items.md").write_text("mine")
    said = told("actions", "--ics", name, *force)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert len(said.err.splitlines()) == 1
    assert (tmp_path / "items.md").read_text() == "mine"


def test_numbers_stay_when_an_item_is_taken_back(told: Command) -> None:
    assert told("action", "add", "2", "second").out == "INC-2/2\n"
    assert told("undo", "2").code == 0
    assert told("action", "add", "2", "third").out == "INC-2/3\n"
    assert told("action", "done", "INC-2/2").code == 2
    assert told("action", "done", "INC-2/3").code == 0


def test_hostile_text_is_inert(ic: Command) -> None:
    ic("declare", "x")
    for _, text in CORPUS:
        ic("action", "add", "1", "--owner", "Sam", "--", text.replace("\x00", ""))
    assert not {"\x1b", "\x07", "\u202e"} & set(ic("actions").out + ic("actions", "--chase").out)


def test_an_empty_database_says_how_to_begin(ic: Command) -> None:
    said = ic("actions")
    assert (said.code, said.out) == (0, "")
    assert "incident-console declare TITLE" in said.err
    assert "INC-" not in said.err
    assert ic("actions", "--json").json["items"] == []
    assert ic("actions", "--json").json["figures"]["done_share"] is None
