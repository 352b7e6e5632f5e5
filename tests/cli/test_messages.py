"""Messages on the command line: what is said before one goes out, what is kept, what is refused."""

import json
from pathlib import Path

import pytest

from incident_console.cli.common import Session
from incident_console.domain.text import clean, clean_line
from tests.cli.conftest import Call, Command
from tests.hostile import CORPUS, NAMES

FULL = ("--set", "impact=Some cards are rejected.", "--set", "users_affected=about 30 %")
PAGE = ("--audience", "customers", "--set", "service=Checkout", "--set", "impact=Some cards are rejected.")
NOTE = ("--set", "impact=Some cards are rejected.", "--set", "what_we_do=We undo our last change.", "--set",
        "contact=Ana, at any hour")  # fmt: skip


@pytest.fixture
def ic1(ic: Command) -> Command:
    """With one incident."""
    assert ic("declare", "Checkout failing", "--severity", "1", "--service", "Checkout").code == 0
    return ic


def rows(ic: Command, kind: str) -> list[str]:
    """The texts of one kind in the permanent record."""
    return [row["text"] for row in ic("timeline", "1", "--kind", kind, "--json").json["entries"]]


def sent(ic: Command) -> list[dict[str, object]]:
    found = ic("messages", "1", "--json").json
    assert (found["schema"], found["reference"]) == (1, "INC-1")
    messages = found["messages"]
    assert isinstance(messages, list)
    return messages


def refused(said: Call, words: str) -> None:
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert said.err.count("\n") == 1
    assert "!" not in said.err


# --- writing


@pytest.mark.parametrize(
    ("audience", "kind"),
    [
        ("internal", "initial"), ("internal", "update"), ("internal", "brief"), ("internal", "escalation"),
        ("customers", "status_page"), ("support", "talking_points"), ("executives", "executive_brief"),
        ("key_accounts", "key_account"), ("customers", "resolution"), ("customers", "customer_report"),
    ],
)  # fmt: skip
def test_every_kind_is_written_with_what_is_missing_and_an_example(ic1: Command, audience: str, kind: str) -> None:
    said = ic1("update", "--audience", audience, "--kind", kind)
    found = ic1("update", "--audience", audience, "--kind", kind, "--json").json
    assert said.code == 0
    assert found["missing"]
    for name in found["missing"]:
        assert f"--set {name}=TEXT, for example: " in said.err
    assert found["kind"] == kind
    assert "missing" in {each["rule"] for each in found["concerns"]}


def test_audiences_and_kinds_may_be_spelled_as_people_say_them(ic1: Command) -> None:
    found = ic1("update", "--audience", "Key-Accounts", "--kind", "Key account", "--json").json
    assert (found["audience"], found["kind"]) == ("key_accounts", "key_account")


@pytest.mark.parametrize(
    ("form", "holds"),
    [
        ("plain", "What is wrong: Some"), ("email", "What is wrong: Some"), ("chat", "**What is wrong:** Some"),
        ("slack", "*What is wrong:* Some"),
    ],
)  # fmt: skip
def test_the_text_comes_in_the_form_asked_for(ic1: Command, form: str, holds: str) -> None:
    said = ic1("update", "--audience", "internal", *FULL, "--form", form)
    found = ic1("update", "--audience", "internal", *FULL, "--form", form, "--json").json
    assert holds in said.out
    assert said.out == f"{found['whole']}\n"
    assert found["form"] == form
    assert "What is wrong: Some" in found["text"]


def test_what_is_copied_is_the_form(ic1: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from incident_console import clipboard

    copied: list[str] = []

    def copy(text: str, environment: object, write: object) -> clipboard.CopyResult:
        copied.append(text)
        return clipboard.CopyResult(clipboard.CopyState.VERIFIED, "a test", "Copied.")

    monkeypatch.setattr(clipboard, "copy", copy)
    said = ic1("update", "--audience", "internal", *FULL, "--form", "chat", "--copy")
    assert [f"{text}\n" for text in copied] == [said.out]
    assert said.err.endswith("Copied.\n")
    assert len(rows(ic1, "copied")) == 1


def test_the_checks_speak_on_standard_error_and_never_stop_a_message(ic1: Command) -> None:
    said = ic1("update", "--audience", "customers", "--set", "impact=We think it might be the database.", "--sent")
    assert said.code == 0
    line = next(line for line in said.err.splitlines() if " speculation " in line)
    assert "might be" in line
    assert "speculation" not in said.out
    assert sent(ic1)[0]["overruled"] == ["speculation"]
    assert "(sent although asked about: speculation)" in rows(ic1, "update")[0]
    assert "Sent although the console asked about: speculation." in ic1("messages").out


def test_concerns_in_json_name_their_field(ic1: Command) -> None:
    guess = ("--set", "impact=We think it might be the database.", "--set", "users_affected=some")
    found = ic1("update", "--audience", "internal", *guess, "--json").json["concerns"]
    concern = next(each for each in found if each["rule"] == "speculation")
    assert set(concern) == {"rule", "severity", "text", "advice", "field", "rewrite"}
    assert concern["field"] == "impact"


def test_a_promise_is_the_clock(ic1: Command) -> None:
    promised = ic1("update", "--audience", "internal", *FULL, "--next", "+45m", "--sent", "--json").json
    due = {each["name"]: each["due_at"] for each in ic1("due", "--json").json["clocks"]}
    assert due["internal"] == promised["next_update_at"]
    other = ("--set", "impact=x", "--set", "users_affected=y. Next update by 04:17.", "--next", "none", "--json")
    none = ic1("update", "--audience", "executives", "--kind", "update", *other)
    assert none.json["next_update_at"] is None
    assert "promise" in {each["rule"] for each in none.json["concerns"]}
    assert "The clock promises no next update" in none.err
    refused(ic1("update", "--audience", "internal", "--next", "soon"), "is not a time to come")


def test_who_still_holds_older_words_is_said_until_they_are_told(ic1: Command) -> None:
    ic1("update", "--audience", "internal", *FULL, "--sent")
    new = ("update", "--audience", "customers", "--set", "impact=All cards are rejected.")
    said = ic1(*new)
    behind = [{"audience": "internal", "facts": ["impact"]}]
    assert "internal stakeholders were last told something else about: impact. Follow up with:" in said.err
    assert ic1(*new, "--json").json["behind"] == behind
    assert ic1(*new, "--sent", "--json").json["behind"] == behind
    full = ("--set", "progress=undone", "--set", "next_steps=watch")
    last = ic1("update", "--audience", "internal", *full, "--sent", "--force", "--json").json
    assert last["behind"] == []
    assert ic1("facts", "--json").json["behind"] == []


# --- sending


def test_everything_about_a_message_is_kept(ic1: Command) -> None:
    ic1("account", "Acme Corp", "--owner", "Ana")
    note = ("update", "--audience", "key_accounts", "--account", "acme corp", *NOTE)
    found = ic1(*note, "--channel", "phone", "--sent", "--json").json
    assert (found["state"], found["channel"], found["account"], found["corrects"]) == (
        "sent",
        "phone",
        "Acme Corp",
        None,
    )
    (message,) = sent(ic1)
    assert (message["text"], message["channel"], message["account"]) == (found["text"], "phone", "Acme Corp")
    assert message["fields"] == {name: value for name, value in found["fields"].items() if value}
    assert (message["actor"], message["overruled"], message["approved_by"]) == ("dana", [], None)
    assert rows(ic1, "update") == ["key accounts #1, Acme Corp, sent by phone: key account note"]


def test_the_usual_channel_is_the_last_one(ic1: Command) -> None:
    ic1("update", *PAGE, "--channel", "web", "--sent")
    assert ic1("update", *PAGE, "--json").json["channel"] == "web"


def test_a_correction_names_what_it_corrects(ic1: Command) -> None:
    ic1("update", *PAGE, "--sent")
    fixed = ("update", "--audience", "customers", "--set", "impact=Few cards are rejected.", "--correct", "1")
    refused(ic1(*fixed, "--sent"), "Another message to customers was marked as sent less than a minute ago")
    found = ic1(*fixed, "--sent", "--force", "--json").json
    assert found["corrects"] == 1
    assert found["subject"].startswith("Correction to update #1: ")
    assert rows(ic1, "update")[-1].startswith("customers #2 sent by status page: status page, correction to #1")
    assert "Corrects #1." in ic1("messages").out


def test_the_same_words_twice_within_a_minute_are_refused_and_can_be_forced(ic1: Command) -> None:
    ic1("update", *PAGE, "--sent")
    refused(ic1("update", *PAGE, "--sent"), "less than a minute ago")
    assert len(sent(ic1)) == 1
    assert ic1("update", *PAGE, "--sent", "--force").code == 0
    assert [message["number"] for message in sent(ic1)] == [1, 2]


def test_a_message_with_gaps_is_sent_only_when_forced_and_that_is_kept(ic1: Command) -> None:
    refused(ic1("update", "--audience", "internal", "--sent"), "Still missing: what is wrong, who is affected")
    assert sent(ic1) == []
    assert ic1("update", "--audience", "internal", "--sent", "--force").code == 0
    assert sent(ic1)[0]["overruled"] == ["missing"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--audience", "internal", "--kind", "gossip"), "There is no kind of message"),
        (
            ("--audience", "customers", "--kind", "executive_brief"),
            "are not meant for customers. They are for: executives",
        ),
        (("--audience", "internal", "--form", "fax"), "There is no form “fax”"),
        (("--audience", "internal", "--form", "status_page"), "Use one of: email, chat"),
        (("--audience", "internal", "--account", "Acme"), "--account is for --audience key_accounts"),
        (("--audience", "key_accounts", "--account", "Acme"), "is not on the list of key accounts"),
        (("--audience", "internal", "--correct", "3"), "internal got no message #3"),
        (("--audience", "internal", "--correct", "0"), "--correct"),
        (("--audience", "internal", "--sent", "--ask-approval"), "Ask for approval first"),
        (("--audience", "internal", "--ask-approval"), "Fill it in before you ask"),
        (("--audience", "internal", "--approved"), "Nobody has approved a message to internal"),
        (("--audience", "internal", *FULL, "--channel", "x" * 61, "--sent"), "A channel is a short name"),
        (("--audience", "internal", *FULL, "--at", "2999-01-01T00:00Z", "--sent"), "future"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    ic1: Command, options: tuple[str, ...], says: str
) -> None:
    before = ic1("show", "--json").json["entries"]
    refused(ic1("update", *options), says)
    assert ic1("show", "--json").json["entries"] == before


# --- reading and sending again


def test_what_went_out_reads_like_a_correspondence(ic1: Command) -> None:
    assert ic1("messages").err.startswith("Nothing was sent yet.")
    ic1("update", "--audience", "internal", *FULL, "--at", "-3m", "--force", "--sent")
    ic1("update", *PAGE, "--sent")
    text = ic1("messages").out
    assert text.index("internal stakeholders #1 · ") < text.index("customers #1 · ")
    assert "sent by dana" in text
    assert "Promised the next update by " in text
    assert "Written down at " in text
    assert "\n  What is wrong: Some cards are rejected.\n" in text
    only = ic1("messages", "--audience", "customers")
    assert "internal" not in only.out
    assert ic1("messages", "--audience", "support").err.startswith("Nothing was sent to support yet.")
    refused(ic1("messages", "--audience", "everybody"), "Use one of: internal")


def test_the_whole_correspondence_goes_to_a_file_that_is_not_written_over(ic1: Command, tmp_path: Path) -> None:
    ic1("update", *PAGE, "--sent")
    place = tmp_path / "sent.md"
    assert ic1("messages", "--output", str(place)).out == f"Written to {place}\n"
    text = place.read_text()
    assert text.startswith("# INC-1: what was sent")
    assert "Some cards are rejected." in text
    assert place.stat().st_mode & 0o777 == 0o600
    place.write_text("mine")
    refused(ic1("messages", "--output", str(place)), "Choose another name. To replace it, add --force.")
    assert place.read_text() == "mine"
    assert ic1("messages", "--output", str(place), "--force", "--json").code == 0
    assert json.loads(place.read_text())["schema"] == 1
    assert sorted(each.name for each in tmp_path.glob("*sent.md*")) == ["sent.md"]


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_place_that_cannot_be_written_is_refused(ic1: Command, tmp_path: Path, force: tuple[str, ...]) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside").write_text("x")
    instead = "is a folder. Name a file in it." if force else "exists already and was left as it is. Choose another"
    refused(ic1("messages", "--output", str(tmp_path / "folder"), *force), instead)
    refused(ic1("messages", "--output", "/nowhere/at/all.md", *force), "Choose another place")
    refused(ic1("messages", "--output", "~nobody-at-all/all.md", *force), "home folder that is not known here")
    assert not [each for each in tmp_path.iterdir() if each.name.endswith(".part")]


def test_sending_again_is_a_record_of_its_own(ic1: Command) -> None:
    ic1("update", *PAGE, "--sent")
    again = ic1("resend", "1", "--audience", "customers", "--channel", "email")
    first, second = sent(ic1)
    assert again.code == 0
    assert again.out == f"{first['subject']}\n\n{first['text']}\n"
    assert again.err == "customers #2 recorded as sent: the words of #1 once more.\n"
    assert (second["resends"], second["channel"], second["text"]) == (1, "email", first["text"])
    assert rows(ic1, "update")[-1] == "customers #2 sent by email: status page, #1 again"
    refused(ic1("resend", "1", "#1", "--audience", "customers", "--channel", "email"), "less than a minute ago")
    forced = ic1("resend", "INC-1", "#1", "--audience", "customers", "--channel", "email", "--force", "--json").json
    assert (forced["schema"], forced["number"], forced["resends"]) == (1, 3, 1)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("1", "7"), "internal got no message #7"),
        (("x",), "Type the number of the message"),
        (("1", "2", "3"), "Type the number of the message"),
        (("9" * 40,), "Type the number of the message"),
        (("²",), "Type the number of the message"),
        (("nothing like it", "1"), "No incident fits"),
    ],
)
def test_what_cannot_be_sent_again(ic1: Command, words: tuple[str, ...], says: str) -> None:
    refused(ic1("resend", *words, "--audience", "internal"), says)


# --- hostile text, broken packs


@pytest.mark.parametrize(("_name", "text"), CORPUS, ids=NAMES)
def test_hostile_words_are_harmless_and_literal_on_every_way_out(
    ic1: Command, tmp_path: Path, _name: str, text: str
) -> None:
    options = ("--set", f"impact={text}", "--set", f"users_affected={text}", "--channel", text[:40])
    place = tmp_path / "sent.md"
    said = [
        ic1("--as", text, "update", "--audience", "internal", *options, "--ask-approval"),
        ic1("approvals"),
        ic1("--as", f"x{text}", "approve", "--reason", text),
        ic1("update", "--audience", "internal", "--approved", *options, "--sent", "--force"),
        *(ic1("update", "--audience", "internal", *options, "--form", form) for form in ("email", "chat", "slack")),
        ic1("messages"), ic1("messages", "--json"), ic1("messages", "--output", str(place)),
        ic1("resend", "1", "--audience", "internal", "--channel", "other", "--force"),
        ic1("approvals", "--json"), ic1("timeline"),
    ]  # fmt: skip
    assert [each.code for each in said] == [0, 1, *[0] * 11]
    whole = "".join(each.out + each.err for each in said) + place.read_text()
    assert not any(bad in whole for bad in ("\x1b", "\x9b", "\x9d", "\u202e", "\ud800", "\x00", "\u2066"))
    assert clean(text).strip() in str(sent(ic1)[0]["text"])
    assert sent(ic1)[0]["channel"] == (clean_line(text[:40]) or None)


def test_a_broken_template_is_named_and_the_console_starts_all_the_same(
    ic1: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from incident_console import app, terminal
    from incident_console.cli.screen import open_board

    folder = tmp_path / "pack" / "templates"
    folder.mkdir(parents=True)
    (folder / "update.toml").write_text("kind = 7")
    monkeypatch.setattr(terminal, "reason_not_to_open", lambda environment: None)
    monkeypatch.setattr(terminal, "ensure_utf8", lambda environment: None)
    monkeypatch.setattr(app, "run_console", lambda desk, incident_id: 0)
    session = Session({}, str(tmp_path / "incidents.db"), "dana", str(tmp_path / "pack"))
    assert open_board(session) == 0
    session.close()
    assert "update.toml" in capsys.readouterr().err
