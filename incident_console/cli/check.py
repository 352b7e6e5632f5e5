"""`check`: holds a text against the rules for messages or for postmortems, before anybody else reads it."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from incident_console.cli.common import decoded, print_json, show, styled
from incident_console.domain.checks.rules import AUDIENCES
from incident_console.domain.finding import Finding
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import Refused

EXIT_FINDINGS: Final = 1
_COLOURS: Final = {"error": "red", "warning": "yellow", "hint": "cyan"}

Check = Callable[[str, str], Sequence[Finding]]
"""Text and audience to findings."""


@click.command(short_help="Ask about a message or a postmortem before it goes out.")
@click.argument("what", type=click.Choice(["message", "blameless"]))
@click.option("--audience", type=click.Choice(AUDIENCES), help="Who will read the message; customers when left out.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help='Read one {"id", "text"} a line, print one answer a line.')
def check(what: str, audience: str | None, as_json: bool, as_jsonl: bool) -> int:
    """Ask about a message or a postmortem before it goes out.

    Reads the text on standard input. Exit code 1 means that there is something to look at. With --jsonl a line may
    name its own "audience".
    """
    if what == "blameless" and audience is not None:
        raise Refused("--audience is for messages. Leave it out for blameless.")
    if as_json and as_jsonl:
        raise Refused("--json and --jsonl are two forms of the same answer. Give only one of them.")
    ask = _checker(what, _content())
    text = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    if as_jsonl:
        return _lines(text, ask, audience or AUDIENCES[0])
    findings = ask(text, audience or AUDIENCES[0])
    if as_json:
        print_json({"findings": list(map(asdict, findings))})
    else:
        _print(text, findings)
    return EXIT_FINDINGS if findings else 0


def _content() -> Path | None:
    """The folder of --content. The desk knows it, too, but a text can be checked without a database."""
    folder = click.get_current_context().find_root().params.get("content")
    return Path(folder) if folder else None


def _checker(what: str, content: Path | None) -> Check:
    if what == "blameless":
        return lambda text, _: findings_blameless(text, content)
    from incident_console.content.checks import load_checks
    from incident_console.domain.checks.message import check_message

    rules = load_checks(content)
    return lambda text, audience: check_message(text, audience, rules)


def findings_blameless(text: str, content: Path | None = None) -> list[Finding]:
    """What a postmortem's text says about persons that it could say about the system."""
    from incident_console.content.blameless import load_blameless
    from incident_console.domain.blameless.check import check_blameless

    return list(check_blameless(text, load_blameless(content)))


def _print(text: str, findings: Sequence[Finding]) -> None:
    """One line each: where, how loud, which rule, the words, the advice and what can stand there instead."""
    for found in findings:
        line, column = text.count("\n", 0, found.start) + 1, found.start - text.rfind("\n", 0, found.start)
        loud = styled(found.severity, fg=_COLOURS.get(found.severity))
        words = clean_line(found.text)
        whole = found.start == 0 and found.end == len(text)
        instead = f" Instead: “{found.rewrite}”" if found.rewrite else ""
        said = "" if whole else f" “{words[:80]}{'…' if len(words) > 80 else ''}”"
        show(f"{line}:{column} ", loud, f" {found.rule}{said}: {found.advice}{instead}")


def _lines(text: str, ask: Check, audience: str) -> int:
    """Every line is read before the first is answered: half an answer would look like a whole one."""
    asked = list(_asked(text, audience))
    code = 0
    for name, said, whom in asked:
        findings = list(map(asdict, ask(said, whom)))
        code = EXIT_FINDINGS if findings else code
        click.echo(json.dumps({"id": name, "findings": findings}, ensure_ascii=True))
    return code


def _asked(text: str, audience: str) -> Iterator[tuple[Any, str, str]]:
    """(id, text, audience) of each line that is not empty; raises Refused with the number of a bad one."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _one(number, line, audience)


def _one(number: int, line: str, audience: str) -> tuple[Any, str, str]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise Refused(f'Line {number} is not JSON. Write {{"id": …, "text": "…"}} on each line.') from None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str) or "id" not in data:
        raise Refused(f'Line {number} must be an object with "id" and "text", such as {{"id": 1, "text": "…"}}.')
    whom = data.get("audience", audience)
    if whom not in AUDIENCES:
        raise Refused(
            f"Line {number}: the audience {decoded(json.dumps(whom))[:60]} is not one of {', '.join(AUDIENCES)}."
        )
    return data["id"], data["text"], whom
