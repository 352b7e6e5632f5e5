"""Measures the figures that the design sets bars for, as ratios inside one interleaved run: `python -m benchmarks.figures`.

Never part of the tests: a busy machine must not fail a build. Print, read, compare."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain import events as e
from incident_console.domain.events import Body
from tests.builders import NIGHT, declare, make_desk
from tests.console import PROGRAM, environment, start
from tests.pty_harness import Terminal

EVENTS = 100_000
HELLO = "from textual.app import App\nfrom textual.widgets import Static\n\nclass Hello(App):\n    def compose(self):\n        yield Static('READY')\n\nHello().run(mouse=False)\n"
INPUT = HELLO.replace("Static", "Input")


def fill(folder: Path, count: int) -> Desk:
    """A database with one incident of so many entries."""
    desk = make_desk(folder)
    incident = declare(desk)
    for first in range(0, count, 5000):
        bodies: list[tuple[Body, int]] = [
            (e.Noted(f"line {n} pool exhausted, restarting node {n % 17}"), NIGHT + n * 10**6)
            for n in range(first, min(count, first + 5000))
        ]
        with desk.store.writing() as writer:
            writer.append(incident.id, bodies, "dana", NIGHT)
    return desk


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def frame(home: Path, command: list[str], shown: str) -> float:
    """From exec to the frame that holds some text."""
    begin = time.perf_counter()
    with Terminal(command, environment(home)) as terminal:
        terminal.wait_for(shown)
        return time.perf_counter() - begin


def first_key(home: Path) -> float:
    """From exec to the first key answered, typed ahead; without the draft that the last time left."""
    shutil.rmtree(home / "state", ignore_errors=True)
    begin = time.perf_counter()
    with start(home, "open") as terminal:
        terminal.send("q")
        terminal.wait_for("note · now")
        return time.perf_counter() - begin


def keys(terminal: Terminal, pressed: list[str]) -> list[float]:
    """From key to paint, for each key."""
    times = []
    for key in pressed:
        before = len(terminal.raw())
        begin = time.perf_counter()
        terminal.send(key)
        terminal.wait_for(lambda _, seen=before: len(terminal.raw()) > seen)  # type: ignore[misc]
        times.append(time.perf_counter() - begin)
        terminal.settle()
    return times


def ratio(name: str, ours: list[float], theirs: list[float], bar: str) -> None:
    pairs = sorted(a / b for a, b in zip(ours, theirs, strict=True))
    mine, other = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    print(
        f"{name:<44} {statistics.median(pairs):5.2f} [{pairs[0]:.2f}..{pairs[-1]:.2f}]  {mine:.1f} / {other:.1f} ms  bar {bar}"
    )


def percentile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def command_line(home: Path, rounds: int) -> None:
    floor = [sys.executable, "-c", "import sqlite3"]
    log = [*PROGRAM, "log", "provider answers 503"]

    def run(command: list[str]) -> float:
        return seconds(lambda: subprocess.run(command, env=environment(home), check=True, capture_output=True))

    run(log)
    ours, theirs = zip(*[(run(log), run(floor)) for _ in range(rounds)], strict=True)
    ratio("durable log / import sqlite3", list(ours), list(theirs), "3")


def start_up(full: Path, empty: Path, rounds: int) -> None:
    hello = [sys.executable, "-c", HELLO]
    board = [*PROGRAM, "open"]
    rows = [
        (
            frame(full, hello, "READY"),
            first_key(full),
            frame(full, board, "pool exhausted"),
            frame(empty, board, "declared"),
        )
        for _ in range(rounds)
    ]
    floor, key, large, small = (list(column) for column in zip(*rows, strict=True))
    ratio("first answered key / hello-world frame", key, floor, "1.5")
    ratio("full frame, 100k events / one event", large, small, "1.05")


def cursor(full: Path, rounds: int) -> None:
    with start(full, "open") as ours, Terminal([sys.executable, "-c", INPUT], environment(full)) as theirs:
        ours.wait_for("enter saves")
        ours.send("\x1b")
        ours.wait_for("strike")
        ours.send("g")
        ours.wait_for("declared")
        theirs.wait_for("READY")
        down: list[float] = []
        typed: list[float] = []
        for _ in range(rounds):
            down += keys(ours, ["j"] * 15 + ["k"] * 15)
            typed += keys(theirs, ["x"] * 30)
    for name, share, bar in (("p50", 0.5, "0.8"), ("p99", 0.99, "1.2")):
        ratio(f"cursor in 100k rows / typing, {name}", [percentile(down, share)], [percentile(typed, share)], bar)


def inside(desk: Desk, folder: Path) -> None:
    incident_id = desk.find(None).id
    rows = [seconds(lambda: desk.log(incident_id, Logged("one more"))) for _ in range(300)]
    print(f"append in the app, p50 {percentile(rows, 0.5) * 1000:.2f} ms, p99 {percentile(rows, 0.99) * 1000:.2f} ms")
    hits = [seconds(lambda: desk.search("poo")) for _ in range(100)]
    print(f"search as you type, p99 {percentile(hits, 0.99) * 1000:.2f} ms")
    fetch = [seconds(lambda: desk.store.log.everything()) for _ in range(3)]
    rebuild = [seconds(desk.store.rebuild) for _ in range(3)]
    ratio("rebuild of the read models / fetching events", rebuild, fetch, "4")
    other = make_desk(folder, "sam")
    other.changed()

    def seen() -> None:
        desk.log(incident_id, Logged("news"))
        assert other.changed()
        other.rows(incident_id).row(10)

    times = [seconds(seen) for _ in range(100)]
    print(
        f"written, noticed and read by another connection, p99 {percentile(times, 0.99) * 1000:.1f} ms (+ up to 100 ms poll)"
    )


def memory(full: Path) -> None:
    def resident(command: list[str], shown: str) -> float:
        with Terminal(command, environment(full)) as terminal:
            terminal.wait_for(shown)
            status = Path(f"/proc/{terminal.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024

    ours, theirs = resident([*PROGRAM, "open"], "pool exhausted"), resident([sys.executable, "-c", HELLO], "READY")
    print(f"memory with 100k events / hello world: {ours / theirs:.2f} ({ours:.0f} / {theirs:.0f} MiB)  bar 1.5 at 1M")


def idle(full: Path, wait: float) -> None:
    """Processor time while nothing happens but countdowns."""

    def share(command: list[str], shown: str) -> float:
        with Terminal(command, environment(full)) as terminal:
            terminal.wait_for(shown)
            terminal.drain(4.0)  # until the file was checked once
            begin = cpu(terminal.pid)
            terminal.drain(wait)
            return (cpu(terminal.pid) - begin) / wait * 100

    ours, theirs = share([*PROGRAM, "open"], "pool exhausted"), share([sys.executable, "-c", HELLO], "READY")
    print(f"idle processor: {ours:.2f} % against {theirs:.2f} % of hello world  bar +0.2")


def checks(rounds: int) -> None:
    """What a check costs with every key in the composer and in the postmortem."""
    from incident_console.content.blameless import load_blameless
    from incident_console.content.checks import load_checks
    from incident_console.domain.blameless.check import check_blameless
    from incident_console.domain.checks.message import check_message

    words, people = load_checks(None), load_blameless(None)
    text = (
        "Some customers may see delays when they pay. We think it might be the database; it is back by 5 pm. " * 20
    )[:2000]
    each: tuple[tuple[str, Callable[[], object]], ...] = (
        ("message", lambda: check_message(text, "customers", words)),
        ("blameless", lambda: check_blameless(text, people)),
    )
    for name, check in each:
        check()
        took = [seconds(check) * 1000 for _ in range(rounds * 20)]
        print(f"{name} check of 2,000 characters: {statistics.median(took):.2f} ms  bar 2")


def cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        full, empty = Path(first), Path(second)
        desk = fill(full, EVENTS)
        fill(empty, 0)
        command_line(full, rounds)
        start_up(full, empty, rounds)
        cursor(full, rounds)
        memory(full)
        idle(full, 20.0)
        inside(desk, full)
        checks(rounds)


if __name__ == "__main__":
    main()
