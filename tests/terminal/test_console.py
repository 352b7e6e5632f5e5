"""The real program in a real pseudo-terminal: the whole path, hostile text, signals, paste, terminals that cannot."""

import json
import sqlite3
import subprocess
from pathlib import Path

import pytest

from incident_console.domain import events as e
from incident_console.domain.events import Body
from incident_console.storage.store import Store
from tests.builders import NIGHT
from tests.console import PROGRAM, environment, run, start
from tests.hostile import CORPUS, assert_harmless
from tests.pty_harness import HUP, TERM, Terminal

pytestmark = pytest.mark.long

CLIPBOARD = "#!/bin/sh\ncat > {}\n"


def with_clipboard(home: Path) -> dict[str, str]:
    """A clipboard command of one's own that writes to a file."""
    script = home / "clip"
    script.write_text(CLIPBOARD.format(home / "copied.txt"))
    script.chmod(0o700)
    return {"INCIDENT_CONSOLE_CLIPBOARD": str(script)}


def entries(home: Path) -> list[dict[str, str]]:
    return list(json.loads(run(home, "show", "1", "--json").stdout)["entries"])


def enter(terminal: Terminal, text: str, then: str) -> None:
    """Type a line, press enter, and wait until the screen shows what follows."""
    terminal.send(text + "\r")
    terminal.wait_for(then)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_a_new_users_path(tmp_path: Path, columns: int, rows: int) -> None:
    with start(tmp_path, columns=columns, rows=rows, **with_clipboard(tmp_path)) as console:
        console.wait_for("No incident is open")
        console.send("d")
        for place, key in enumerate("1111", 1):
            console.wait_for(f"{place}/10")
            console.send(key)
        console.wait_for("5/10")
        console.send("\x1bOQ")
        console.wait_for("what is broken")
        enter(console, "Checkout failing", "INC-1")
        console.wait_for("declared")
        enter(console, "provider answers 503", "provider answers 503   ")
        enter(console, "errors at forty percent", "forty percent   ")
        enter(console, "deploy went out -5m", "logged")
        enter(console, "/decision roll back 4512", "decision   roll back")
        console.send("\x1bOQ")
        console.wait_for("what is wrong: What people notice")
        enter(console, "cards fail", "who is affected: A number")
        console.wait_for("What is wrong: cards fail")
        enter(console, "everybody", "please do: What readers")
        console.wait_for("Who is affected: everybody")
        console.send(b"\x19")
        console.wait_for("which reported success")
        console.send(b"\x13")
        console.wait_for("internal stakeholders #1 sent by email")
        copied = (tmp_path / "copied.txt").read_text()
        assert "What is wrong: cards fail" in copied
        assert "Next update: " in copied
        enter(console, "/resolve", "RESOLVED")
        console.wait_for("not told yet that it is resolved: internal")
        console.send("\x1b[18~")
        console.wait_for("enter writes, saved by itself")
        console.send("2")
        console.wait_for("enter how did it come about")
        for answer in ("pool used up", "slow query", "no index", "not migrated", "no check"):
            console.send("a")
            console.wait_for("enter again goes deeper")
            enter(console, answer, answer)
            console.wait_for(lambda screen, words=answer: words in screen and "goes deeper" not in screen)  # type: ignore[misc]
        console.send("w")
        console.wait_for("Write what")
        console.send("1")
        console.wait_for("Into which file")
        console.send(b"\x15")
        console.wait_for(lambda screen: "INC-1-postmortem.md" not in screen)
        enter(console, str(tmp_path / "out.md"), "Written to")
        assert "no check" in (tmp_path / "out.md").read_text()
        console.send(b"\x11")
        assert console.wait_exit() == 0
        assert console.is_restored()
    kinds = [entry["kind"] for entry in entries(tmp_path)]
    assert kinds.count("note") == 3
    assert {"decision", "update", "copied", "status"} <= set(kinds)
    messages = json.loads(run(tmp_path, "export", "1", "--format", "json").stdout)["messages"]
    assert messages[0]["text"] == copied.rstrip("\n")


def hostile_database(home: Path) -> None:
    """Every text of the corpus in every place, put there behind the back of everything that makes text safe."""
    store = Store(home / "incidents.db", lambda: home)
    for number, (_, raw) in enumerate(CORPUS, 1):
        text = raw.encode("utf-8", "replace").decode() if "\ud800" in raw else raw
        bodies: list[Body] = [
            e.Declared(
                number, text, 1, services=(text,), flows=(text,), tags=(text,), channel=text, roles=(("ic", text),)
            ),
            e.Noted(text),
            e.Noted(f"{text}\n{text}", "decision"),
            e.SeverityChanged(2, 1, text),
            e.RoleAssigned("comms", text, text),
            e.MessageSent("internal", "update", 1, text, text, None, (("impact", text),)),
            e.PostmortemWritten("summary", text),
            e.WhyAdded(text),
            e.ActionAdded(text, "prevent", text),
            e.TimerStarted("ask", text, NIGHT + 1, text),
            e.TimerStarted("timer", text, NIGHT + 1),
            e.Escalated(text, text, text, text, text, NIGHT + 1),
            e.Decided(text, ((("name", text), ("time", text)), (("name", "b"),)), text, text, text, NIGHT + 1, text),
            e.ClockSet("reassess", "pause", text),
            e.CheckedIn(text),
            e.Requested("internal", text),
            e.Ticked("severity", text),
            e.Amended("title", (text,), text),
            e.TimerEnded("gone", "answered", text, text),
            e.RoleAssigned("tech", text, text, text),
        ]
        with store.writing() as writer:
            writer.append(f"incident-{number}", [(body, NIGHT) for body in bodies], text, NIGHT)
    store.close()


def test_hostile_text_is_harmless_on_every_screen(tmp_path: Path) -> None:
    hostile_database(tmp_path)
    for number, (name, _) in enumerate(CORPUS, 1):
        with start(tmp_path, "open", str(number), columns=120, rows=40) as console:
            console.wait_for("clocks (u, C)")
            console.send("\x1b")
            console.wait_for("strike")
            console.send("k\r")
            console.wait_for("logged    ")
            console.send("q")
            console.wait_for(lambda screen: "logged    " not in screen)
            for key, shown, leave in (
                ("L", "was promised", "q"),
                ("C", "Which clock", "\x1b"),
                ("t", "Checklist: enter", "\x1b"),
                ("e", "Call somebody", "\x1b"),
            ):
                console.send(key)
                console.wait_for(shown)
                console.send(leave)
                console.wait_for(lambda screen, words=shown: words not in screen)  # type: ignore[misc]
            console.send("u")
            console.wait_for("status page to")
            console.send("\x1b[19~")
            console.wait_for("select with your terminal")
            console.send("\x1b")
            console.wait_for("status page to")
            console.send("\x1b")
            console.wait_for("clocks (u, C)")
            console.send("w")
            for pane, shown in (
                ("3", "by where they come from"), ("4", "n new"), ("5", "enter corrects"), ("6", "enter answers"),
                ("7", "enter writes to them"), ("1", "enter writes, saved by itself"), ("2", "enter how did it come about"),
            ):  # fmt: skip
                console.send(pane)
                console.wait_for(shown)
            console.send("j")
            console.send("e")
            console.wait_for("Answer 1")
            console.send("\x1b")
            console.wait_for(lambda screen: "Answer 1" not in screen)
            console.send("\x1b")
            console.wait_for("clocks (u, C)")
            console.send("b")
            console.wait_for("Declare")
            console.send(b"\x11")
            assert console.wait_exit() == 0, name
            assert_harmless(console.raw())


def test_hostile_text_typed_and_pasted_is_harmless(tmp_path: Path) -> None:
    run(tmp_path, "declare", "a", "--severity", "1")
    with start(tmp_path, "open") as console:
        console.wait_for("enter saves")
        for number, (_, text) in enumerate(CORPUS, 1):
            console.paste(text.encode("utf-8", "replace") + f" end{number}".encode())
            # the raw output, because the emulator draws joined emoji otherwise than terminals do
            console.wait_for(lambda _, n=number: f"end{n}".encode() in console.raw() or b"[pasted" in console.raw())  # type: ignore[misc]
            console.send("\r")
            console.wait_for("what happened")
        console.send(b"typed \xff\xfe bytes\r")
        console.wait_for("typed")
        console.send(b"\x11")
        assert console.wait_exit() == 0
        assert_harmless(console.raw())
    texts = [entry["text"] for entry in entries(tmp_path)]
    assert len(texts) == len(CORPUS) + 2
    assert "[@click=app.quit]x[/] end3" in texts
    assert any("typed" in text and "bytes" in text for text in texts)


def test_a_paste_with_colour_codes_stays_text(tmp_path: Path) -> None:
    run(tmp_path, "declare", "a", "--severity", "1")
    with start(tmp_path, "open") as console:
        console.wait_for("enter saves")
        console.paste("\x1b[31mred\x1b[0m z q d and the end")
        console.wait_for("and the end")
        console.send("\r")
        console.wait_for("what happened")
        console.send(b"\x11")
        assert console.wait_exit() == 0
    assert entries(tmp_path)[-1]["text"] == "␛[31mred␛[0m z q d and the end"


def test_a_paste_of_a_megabyte_is_kept_whole(tmp_path: Path) -> None:
    run(tmp_path, "declare", "a", "--severity", "1")
    block = "".join(f"line {n} of a long log\n" for n in range(45_000))
    with start(tmp_path, "open") as console:
        console.wait_for("enter saves")
        console.paste(block)
        console.wait_for("[pasted 1", patience=60)
        console.send("\r")
        console.wait_for("what happened")
        console.send(b"\x11")
        assert console.wait_exit() == 0
    assert entries(tmp_path)[-1]["text"] == block.strip()


@pytest.mark.parametrize("number", [TERM, HUP])
def test_signals_keep_the_draft_and_restore_the_terminal(tmp_path: Path, number: int) -> None:
    run(tmp_path, "declare", "a", "--severity", "1")
    with start(tmp_path, "open") as console:
        console.wait_for("enter saves")
        console.send("half a thought")
        console.wait_for("half a thought")
        console.signal(number)
        assert console.wait_exit() == 128 + number
        assert console.is_restored()
        assert b"\x1b[?1049l" in console.raw()
    with start(tmp_path, "open") as console:
        console.wait_for("half a thought")


def test_a_hangup_that_was_to_be_ignored_still_ends_the_program(tmp_path: Path) -> None:
    run(tmp_path, "declare", "a", "--severity", "1")
    command = ["sh", "-c", f"trap '' HUP; exec {' '.join(PROGRAM)} open"]
    with Terminal(command, environment(tmp_path)) as console:
        console.wait_for("enter saves")
        console.signal(HUP)
        assert console.wait_exit() == 128 + HUP


def test_two_terminals_see_each_other_and_a_half_typed_line_stays(tmp_path: Path) -> None:
    run(tmp_path, "declare", "a", "--severity", "1")
    with start(tmp_path, "open") as first, start(tmp_path, "open", INCIDENT_CONSOLE_ACTOR="sam") as second:
        first.wait_for("enter saves")
        second.wait_for("enter saves")
        second.send("half a thou")
        second.wait_for("half a thou")
        enter(first, "news from dana", "news from dana   ")
        second.wait_for("news from dana")
        second.send("ght\r")
        first.wait_for("half a thought")
        first.wait_for("sam")
        run(tmp_path, "log", "from a script")
        first.wait_for("from a script")
        second.wait_for("from a script")


def test_a_locked_database_is_said_and_the_line_stays(tmp_path: Path) -> None:
    run(tmp_path, "declare", "a", "--severity", "1")
    with start(tmp_path, "open") as console:
        console.wait_for("enter saves")
        other = sqlite3.connect(tmp_path / "incidents.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        console.send("precious words\r")
        console.wait_for("Not saved: another program has kept the file locked")
        console.wait_for("precious words")
        other.execute("ROLLBACK")
        console.send("\r")
        console.wait_for("precious words   ")
        console.wait_for("what happened")
    assert [entry["text"] for entry in entries(tmp_path)][1:] == ["precious words"]


REFUSED = [
    ("dumb", "TERM is dumb"),
    ("", "TERM is dumb or not set"),
]


@pytest.mark.parametrize(("term", "says"), REFUSED)
def test_terminals_that_cannot_show_it_get_a_sentence(tmp_path: Path, term: str, says: str) -> None:
    with start(tmp_path, TERM=term) as console:
        assert console.wait_exit() == 2
        assert says in console.screen().replace("\n", "")
        assert "incident-console list" in console.screen().replace("\n", " ").replace("  ", " ")
        assert b"\x1b[" not in console.raw()


def test_a_broken_pack_is_said_before_anything_opens(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "severity.toml").write_text("name = 1")
    with start(tmp_path, "--content", str(tmp_path / "pack")) as console:
        assert console.wait_exit() == 2
        assert b"severity.toml" in console.raw()


def test_a_tiny_window_gets_a_sentence(tmp_path: Path) -> None:
    with start(tmp_path, columns=20, rows=5) as console:
        assert console.wait_exit() == 2
        assert b"too small (20x5)" in console.raw().replace(b"\r\n", b"")


def test_without_a_terminal_it_says_so_and_does_not_hang(tmp_path: Path) -> None:
    done = subprocess.run(
        PROGRAM, stdin=subprocess.DEVNULL, capture_output=True, env=environment(tmp_path), timeout=30, check=False
    )
    assert done.returncode == 2
    assert b"needs a terminal" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_locale_without_signs_does_not_garble(tmp_path: Path) -> None:
    with start(tmp_path, LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii") as console:
        console.wait_for("No incident is open")
        assert b"\\u" not in console.raw()
