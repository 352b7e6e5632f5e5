"""The postmortem's rules and its document."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from incident_console.domain import causes, postmortem
from incident_console.domain.clock import HOUR, MINUTE, Zone
from incident_console.domain.document import markdown as report
from incident_console.domain.document.markdown import PLAIN_LINK, escaped
from incident_console.domain.document.parts import postmortem_document
from incident_console.domain.document.record import Record
from incident_console.domain.incident import Account, ActionItem, Incident, Version, Why
from incident_console.domain.sending import SentMessage
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import Refused
from tests.builders import NIGHT
from tests.hostile import CORPUS, NAMES

WHYS = (
    Why("a", "connections used up", None),
    Why("b", "a slow query", "a"),
    Why("c", "retries", "a"),
    Why("d", "no index", "b"),
)
INCIDENT = Incident("x", number=7, title="Search down", severity=2, declared_at=NIGHT, whys=WHYS,
                    actions=(ActionItem("i", "check indexes", "prevent", "dana", "2026-12-01", ""),))  # fmt: skip


def test_the_chain_is_numbered_as_people_speak_of_it() -> None:
    assert [(link.label, link.depth, link.why.answer) for link in causes.chain(INCIDENT)] == [
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
        (lambda: causes.add_why(INCIDENT, " ", None), "what made it happen, not who"),
        (lambda: causes.add_why(INCIDENT, "x", "gone"), "not in the chain"),
        (lambda: causes.change_why(INCIDENT, "a", "connections used up"), "like that already"),
        (lambda: causes.remove_why(INCIDENT, "gone"), "not in the chain"),
    ],
)
def test_refusals(command: Callable[[], object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        command()


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


def markdown(incident: Incident, entries: list[Entry], messages: list[SentMessage], zone: Zone) -> str:
    return report.markdown(postmortem_document(Record(incident, zone, entries, messages)))


def test_the_document_holds_everything() -> None:
    message = SentMessage(NIGHT, "internal", "update", 1, "subject", "body ``` fence", "dana", None)
    known = replace(
        INCIDENT, started_at=NIGHT, resolved_at=NIGHT + HOUR, sections=(("summary", "It broke.\nWe fixed it."),)
    )
    text = markdown(known, [entry("late one", late=9 * MINUTE), entry("wrong", mark="struck")], [message], Zone(UTC))
    for part in (
        "# INC-7 SEV2: Search down", "| Duration | 1 h 00 min |", "| Detected | unknown |", "It broke.\\\nWe fixed it.",
        "(logged 02:56)", "~~wrong~~ — sam (struck)", "````text\nsubject\n\nbody ``` fence\n````", "    - 1.1.1: no index",
        "| check indexes | prevent | dana | 2026-12-01 | open |", "### 2026-11-21 (UTC)", "| Time to resolve | 1 h 00 min |",
        "| Time to detect | unknown | nobody said when it was detected |", "- No cause is marked as the root cause.", "╪",
    ):  # fmt: skip
        assert part in text


def test_two_versions_of_a_section_stand_side_by_side_with_their_names() -> None:
    two = replace(
        INCIDENT, sections=(("lessons", "mine"),), versions=(Version("a", "lessons", "mine", "dana", NIGHT),),
        rivals=(Version("b", "lessons", "theirs", "sam", NIGHT + HOUR),),
    )  # fmt: skip
    text = markdown(two, [], [], Zone(UTC))
    assert "### dana, 2026-11-21 02:47 UTC\n\nmine\n\n### sam, 2026-11-21 03:47 UTC\n\ntheirs" in text
    assert "Lessons: two people wrote at once, and nobody has settled it." in text


def test_an_unknown_duration_is_said_and_a_drill_is_marked() -> None:
    text = markdown(replace(INCIDENT, drill=True), [], [], Zone(UTC))
    assert "| Duration | unknown |" in text
    assert text.startswith("# DRILL")


def flat(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *flat(token.children or []))]


DANGEROUS = [
    "[x](javascript:alert(1))", "<script>alert(1)</script>", "# heading", "a | b", "```", "![i](x)",
    "&lt;b&gt;", "> quote", "https://evil.example", "+ plus", "=== under", "**bold** _it_", "\\", "a\nb\n\n# c",
]  # fmt: skip


def everything(text: str) -> str:
    """A document with one text wherever people can write."""
    message = SentMessage(NIGHT, "internal", "update", 1, text, text, text, None, "mail", account="an account")
    whys = (Why("a", text, None, ("e",), text, "root", text, True), Why("b", text, "a", (), "", "ruled_out"))
    actions = (
        ActionItem("i", text, "prevent", text, "", text, causes=("a",)),
        ActionItem("j", text, "detect", text, "", text, "dropped", reason=text, product=True),
        ActionItem("k", text, "detect", "", "", "", candidate=True),
    )
    hostile = replace(
        INCIDENT, title=text, services=(text,), roles=(("ic", text), ("ic_backup", text)), root_cause=text,
        sections=(("summary", text), ("impact", text)), whys=whys, actions=actions, accounts=(Account(text),),
        facts=(("cost_currency", text),), rivals=(Version("v", "lessons", text, text, NIGHT),),
    )  # fmt: skip
    rows = [entry(text), entry(text, mark="struck"), replace(entry(text), flags=("pinned", "parked"))]
    return markdown(hostile, rows, [message], Zone(UTC))


@pytest.mark.parametrize("text", [*DANGEROUS, *(text for _, text in CORPUS)], ids=[*DANGEROUS, *NAMES])
def test_peoples_text_is_inert_in_markdown(text: str) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    found, plain = (flat(parser.parse(everything(words))) for words in (text, "plain words"))
    if PLAIN_LINK.fullmatch(text):  # the link of an action item, which leads where it says
        assert {t.attrGet("href") for t in found if t.type == "link_open"} == {text}
        found = [t for t in found if t.type not in ("link_open", "link_close")]
    assert not {"link_open", "html_inline", "html_block", "image", "code_inline", "blockquote_open"} & {
        t.type for t in found
    }
    loose = ("paragraph", "text", "softbreak", "hardbreak", "inline", "text_special")
    shapes = [[(t.type, t.tag) for t in tokens if not t.type.startswith(loose)] for tokens in (found, plain)]
    assert shapes[0] == shapes[1]


def test_escaped_text_reads_as_it_was_written() -> None:
    for _, text in CORPUS:
        inline = MarkdownIt("commonmark").parse(escaped(text))
        shown = "".join(token.content for token in flat(inline) if token.type in ("text", "text_special"))
        from incident_console.domain.text import clean_line

        assert shown == clean_line(text)


def test_what_is_ruled_out_proposes_no_words_and_is_no_root() -> None:
    out = replace(WHYS[0], mark="ruled_out")
    below = (replace(WHYS[1], mark="root"), replace(WHYS[2], mark="contributing"))
    incident = replace(INCIDENT, whys=(out, *below, WHYS[3]))
    assert postmortem.proposed(incident, "root_cause") == ""
    assert postmortem.proposed(incident, "contributing") == ""
    assert ("causes", "no root") in postmortem.missing(incident)
    again = replace(INCIDENT, whys=(WHYS[0], *below, WHYS[3]))
    assert postmortem.proposed(again, "root_cause") == "a slow query"
    assert ("causes", "no root") not in postmortem.missing(again)
