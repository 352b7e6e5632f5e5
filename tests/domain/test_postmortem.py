"""The postmortem's rules and its document."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from incident_console.domain import postmortem
from incident_console.domain.clock import HOUR, MINUTE, Zone
from incident_console.domain.comms import SentMessage
from incident_console.domain.incident import ActionItem, Incident, Why
from incident_console.domain.report import escaped, markdown
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import Refused
from tests.builders import NIGHT
from tests.hostile import CORPUS, NAMES

TODAY = date(2026, 11, 21)
WHYS = (
    Why("a", "connections used up", None),
    Why("b", "a slow query", "a"),
    Why("c", "retries", "a"),
    Why("d", "no index", "b"),
)
INCIDENT = Incident("x", number=7, title="Search down", severity=2, declared_at=NIGHT, whys=WHYS,
                    actions=(ActionItem("i", "check indexes", "prevent", "dana", "2026-12-01", ""),))  # fmt: skip


def test_the_chain_is_numbered_as_people_speak_of_it() -> None:
    assert [(link.label, link.depth, link.why.answer) for link in postmortem.chain(INCIDENT)] == [
        ("1", 0, "connections used up"),
        ("1.1", 1, "a slow query"),
        ("1.1.1", 2, "no index"),
        ("1.2", 1, "retries"),
    ]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (lambda: postmortem.write_section(INCIDENT, "mood", "x"), "Use one of: summary"),
        (lambda: postmortem.write_section(INCIDENT, "summary", ""), "like that already"),
        (lambda: postmortem.write_section(INCIDENT, "summary", "x" * 2_000_001), "2000000 fit"),
        (lambda: postmortem.add_why(INCIDENT, " ", None), "what made it happen, not who"),
        (lambda: postmortem.add_why(INCIDENT, "x", "gone"), "not in the chain"),
        (lambda: postmortem.change_why(INCIDENT, "a", "connections used up"), "like that already"),
        (lambda: postmortem.remove_why(INCIDENT, "gone"), "not in the chain"),
        (lambda: postmortem.add_action("", "prevent", "", "", TODAY), "needs words"),
        (lambda: postmortem.add_action("x", "hope", "", "", TODAY), "Use one of: prevent"),
        (lambda: postmortem.add_action("x", "prevent", "", "soon", TODAY), "2026-12-01, \\+14d"),
        (lambda: postmortem.add_action("x", "prevent", "", "2026-02-30", TODAY), "is not a day"),
        (lambda: postmortem.add_action("x", "prevent", "", "2026-11-20", TODAY), "passed already"),
        (lambda: postmortem.move_action(INCIDENT, "i", "open"), "is open already"),
        (lambda: postmortem.move_action(INCIDENT, "gone", "done"), "does not exist"),
    ],
)
def test_refusals(command: Callable[[], object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        command()


@pytest.mark.parametrize(
    ("typed", "day"),
    [("", ""), ("2026-12-01", "2026-12-01"), ("+14d", "2026-12-05"), ("+2w", "2026-12-05"), (" +1D ", "2026-11-22")],
)
def test_due_dates(typed: str, day: str) -> None:
    assert postmortem.due_date(typed, TODAY) == day


def test_gaps_are_named_until_they_are_filled() -> None:
    assert len(postmortem.gaps(Incident("x"))) == 4
    unowned = replace(INCIDENT, actions=(replace(INCIDENT.actions[0], owner="", due=""),))
    assert [gap for gap in postmortem.gaps(unowned) if "action" in gap] == [
        "1 open action item(s) without owner.",
        "1 open action item(s) without due date.",
    ]
    whole = replace(INCIDENT, sections=(("summary", "a"), ("impact", "b")))
    assert postmortem.gaps(whole) == ()


def entry(text: str, kind: str = "note", late: int = 0, mark: str = "") -> Entry:
    return Entry(1, "e", NIGHT, NIGHT + late, kind, text, "sam", mark)


def test_the_document_holds_everything() -> None:
    message = SentMessage(NIGHT, "internal", "update", 1, "subject", "body ``` fence", "dana", None)
    known = replace(
        INCIDENT, started_at=NIGHT, resolved_at=NIGHT + HOUR, sections=(("summary", "It broke.\nWe fixed it."),)
    )
    text = markdown(known, [entry("late one", late=9 * MINUTE), entry("wrong", mark="struck")], [message], Zone(UTC))
    for part in (
        "# INC-7 SEV2: Search down", "| Duration | 1 h 00 min |", "| Detected | unknown |", "It broke.\\\nWe fixed it.",
        "(logged 02:56)", "~~wrong~~ — sam (struck)", "````text\nsubject\n\nbody ``` fence\n````", "    - 1.1.1: no index",
        "| check indexes | prevent | dana | 2026\\-12\\-01 | open |".replace("\\", ""), "### 2026-11-21 (UTC)",
    ):  # fmt: skip
        assert part in text


def test_an_unknown_duration_is_said_and_a_drill_is_marked() -> None:
    text = markdown(replace(INCIDENT, drill=True), [], [], Zone(UTC))
    assert "| Duration | unknown |" in text
    assert text.startswith("# DRILL")


def flat(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *flat(token.children or []))]


DANGEROUS = [
    "[x](javascript:alert(1))", "<script>alert(1)</script>", "# heading", "1. list", "- item", "a | b", "```", "![i](x)",
    "&lt;b&gt;", "> quote", "https://evil.example", "+ plus", "=== under", "**bold** _it_", "\\", "a\nb\n\n# c",
]  # fmt: skip


@pytest.mark.parametrize("text", [*DANGEROUS, *(text for _, text in CORPUS)], ids=[*DANGEROUS, *NAMES])
def test_peoples_text_is_inert_in_markdown(text: str) -> None:
    own = markdown(INCIDENT, [entry("plain")], [], Zone(UTC))
    message = SentMessage(NIGHT, "internal", "update", 1, text, text, text, None)
    hostile = replace(
        INCIDENT, title=text, services=(text,), roles=(("ic", text),), sections=(("summary", text), ("impact", text)),
        whys=(Why("a", text, None),), actions=(ActionItem("i", text, "prevent", text, "", ""),),
    )  # fmt: skip
    document = markdown(hostile, [entry(text)], [message], Zone(UTC))
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    found = flat(parser.parse(document))
    assert not {"link_open", "html_inline", "html_block", "image", "code_inline", "blockquote_open"} & {
        t.type for t in found
    }
    headings = [token.tag for token in found if token.type == "heading_open"]
    usual = [token.tag for token in flat(parser.parse(own)) if token.type == "heading_open"]
    assert sorted(set(headings)) == sorted(set(usual))
    assert headings.count("h1") == 1
    assert len([token for token in found if token.type == "table_open"]) == 2
    rows = [token for token in found if token.type == "fence"]
    assert len(rows) == 1


def test_escaped_text_reads_as_it_was_written() -> None:
    for _, text in CORPUS:
        inline = MarkdownIt("commonmark").parse(escaped(text))
        shown = "".join(token.content for token in flat(inline) if token.type in ("text", "text_special"))
        from incident_console.domain.text import clean_line

        assert shown == clean_line(text)
