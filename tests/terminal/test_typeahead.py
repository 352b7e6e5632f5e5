"""Keys that come faster than the screens: everything lands where a patient person would have typed it."""

from pathlib import Path

from tests.console import run, start


def rows(home: Path) -> list[str]:
    """The texts that were logged, in the order of logging."""
    lines = run(home, "timeline").stdout.decode().splitlines()
    return [line.split(None, 3)[3].removesuffix("dana").strip() for line in lines if " note " in line]


def test_lines_sent_in_one_piece_become_one_entry_each(tmp_path: Path) -> None:
    run(tmp_path, "declare", "x", "--severity", "1")
    with start(tmp_path, "open") as console:
        console.wait_for("what happened")
        console.send("".join(f"line {n:03} of many\r" for n in range(200)))
        console.wait_for("line 199 of many    ")
    assert rows(tmp_path) == [f"line {n:03} of many" for n in range(200)]


def test_a_whole_declaration_can_be_sent_in_one_piece(tmp_path: Path) -> None:
    with start(tmp_path) as console:
        console.wait_for("No incident is open")
        console.send(
            "d1120\x1bOQPayments fail\tCheckout\t\t-20m\rfirst line\r/decision roll back\r\x1bOQcards fail\reverybody\r"
        )
        console.wait_for("Who is affected: everybody")
        console.send("\x13")
        console.wait_for("have not copied")
        console.send("\x13")
        console.wait_for("internal stakeholders #1 sent")
    shown = run(tmp_path, "show").stdout.decode()
    assert "SEV1  INVESTIGATING  Payments fail" in shown
    assert "services: Checkout" in shown
    assert "decision      roll back" in shown
    assert rows(tmp_path) == ["first line"]


def test_a_question_gets_what_is_typed_right_after_its_key(tmp_path: Path) -> None:
    run(tmp_path, "declare", "x", "--severity", "1")
    with start(tmp_path, "open") as console:
        console.wait_for("what happened")
        console.send("half a line\x1bOS3only a few now\r and the rest\r")  # f4, SEV3, why; then back in the line
        console.wait_for("SEV1 → SEV3: only a few now")
        console.wait_for("half a line and the rest    ")
    assert rows(tmp_path) == ["half a line and the rest"]


def test_pastes_and_keys_keep_their_order(tmp_path: Path) -> None:
    run(tmp_path, "declare", "x", "--severity", "1")
    with start(tmp_path, "open") as console:
        console.wait_for("what happened")
        console.send("one \x1b[200~two\x1b[201~ three\r\x1b[200~four\x1b[201~\rfive\r")
        console.wait_for("five    ")
    assert rows(tmp_path) == ["one two three", "four", "five"]
