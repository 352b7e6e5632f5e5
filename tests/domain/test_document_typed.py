"""What people type into a section: paragraphs, lists, code; nothing else becomes anything but words."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from incident_console.domain.document.html import html
from incident_console.domain.document.markdown import markdown
from incident_console.domain.document.model import Bullet, Bullets, Document, Part, Prose, Span, line
from incident_console.domain.document.parts import case_document, postmortem_document
from incident_console.domain.document.record import Record
from incident_console.domain.document.typed import spans, typed
from incident_console.domain.incident import Incident, Version
from incident_console.domain.text import clean
from tests.builders import NIGHT
from tests.domain.test_document import UTC_ZONE, Page
from tests.hostile import CORPUS, NAMES


def prose(*lines: str) -> Prose:
    return Prose(tuple(map(line, lines)))


def bullets(*points: str | Bullet, first: int | None = None) -> Bullets:
    return Bullets(tuple(each if isinstance(each, Bullet) else Bullet(line(each)) for each in points), first)


def nested(words: str, *below: str, first: int | None = None) -> Bullet:
    return Bullet(line(words), tuple(map(line, below)), first)


def document(text: str) -> Document:
    return Document("t", (Part("Lessons", typed(text)),))


# --- what it is read as


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", ()),
        (" \n\t\n ", ()),
        ("one\ntwo\n\nthree", (prose("one", "two"), prose("three"))),
        ("one\n \ntwo", (prose("one"), prose("two"))),
        ("- one\n- two", (bullets("one", "two"),)),
        ("* one\n• two\n- three", (bullets("one", "two", "three"),)),
        ("- one\n\n- two", (bullets("one", "two"),)),
        ("1. one\n2. two", (bullets("one", "two", first=1),)),
        ("1) one\n2) two", (bullets("one", "two", first=1),)),
        ("1. one\n1. two\n1. three", (bullets("one", "two", "three", first=1),)),
        ("3. one\n4. two", (bullets("one", "two", first=3),)),
        ("1. one\n2. two\n7. three", (bullets("one", "two", first=1), bullets("three", first=7))),
        ("- one\n1. two", (bullets("one"), bullets("two", first=1))),
        ("We saw:\n- one\n- two\nand that was it", (prose("We saw:"), bullets("one", "two"), prose("and that was it"))),
        ("- one\n  - a\n  - b\n- two", (bullets(nested("one", "a", "b"), "two"),)),
        ("- one\n\t- a\n\t\t- b", (bullets(nested("one", "a", "b")),)),
        ("1. one\n   - a\n2. two\n   1. b\n   2. c", (bullets(nested("one", "a"), nested("two", "b", "c", first=1), first=1),)),
        ("- one\n  3. a\n  - b\n  9. c", (bullets(nested("one", "3. a", "b", "9. c")),)),
        ("- one\n  2. a\n  3. b", (bullets(nested("one", "2. a", "3. b")),)),
        ("  - one\n  - two", (bullets("one", "two"),)),
        ("  - one\n- two\n  - a", (bullets("one", nested("two", "a")),)),
        ("- one\n  goes on\n  - a\n    goes on", (bullets(nested("one goes on", "a goes on")),)),
        ("- one\n\n  not any more", (bullets("one"), prose("not any more"))),
        ("It was the\n31. of January", (prose("It was the", "31. of January"),)),
        ("In order:\n1. one", (prose("In order:"), bullets("one", first=1))),
        ("-\n- \n1.\n*", (prose("-", "-", "1.", "*"),)),
        ("-one\n*two\n1.three\n2026. four\n+ five", (prose("-one", "*two", "1.three", "2026. four", "+ five"),)),
        ("-40 % load\n**bold** words", (prose("-40 % load", "**bold** words"),)),
    ],
)  # fmt: skip
def test_what_a_text_is_read_as(text: str, blocks: tuple[Prose | Bullets, ...]) -> None:
    assert typed(text) == blocks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the `x`, then", (Span("the"), Span("x", "code"), Span(", then", glued=True))),
        ("a`b`c", (Span("a"), Span("b", "code", glued=True), Span("c", glued=True))),
        ("`a` `b`", (Span("a", "code"), Span("b", "code"))),
        ("`a b`", (Span("a b", "code"),)),
        ("no `end", (Span("no `end"),)),
        ("```python", (Span("```python"),)),
        ("``a``", (Span("``a``"),)),
        ("` a`", (Span("` a`"),)),
        ("plain words", (Span("plain words"),)),
    ],
)
def test_words_in_backticks_are_code(text: str, found: tuple[Span, ...]) -> None:
    assert spans(text) == found


# --- how it is written

MIXED = "Seen:\n- `a*b` | c\n  - d\n\n3. e\n   1. f\n4. g\n1. h"


def test_lists_are_lists_in_markdown() -> None:
    assert markdown(document(MIXED)) == (
        "# t\n\n## Lessons\n\nSeen:\n\n- `a*b` \\| c\n  - d\n\n3. e\n   1. f\n4. g\n\n1) h\n"
    )
    assert [token.tag for token in parsed(document(MIXED)) if token.type.endswith("list_open")] == [
        "ul", "ul", "ol", "ol", "ol",
    ]  # fmt: skip


def test_lists_are_lists_in_html() -> None:
    text = html(document(MIXED))
    for part in (
        "<p>Seen:</p>", '<ul class="points"><li><code>a*b</code> | c<ul><li>d</li></ul></li>',
        '<ol class="points" start="3"><li>e<ol><li>f</li></ol></li>', '<ol class="points"><li>h</li>',
    ):  # fmt: skip
        assert part in text
    assert not Page(text).open


def test_sections_of_every_document_are_read_so() -> None:
    incident = Incident("x", number=7, title="t", sections=(("summary", "- one\n- two"), ("lessons", "1. three")))
    record = Record(incident, UTC_ZONE)
    assert "## Summary\n\n- one\n- two\n" in markdown(postmortem_document(record))
    assert "## Lessons\n\n1. three\n" in markdown(postmortem_document(record))
    assert "## Summary\n\n- one\n- two\n" in markdown(case_document(record))
    mine = Version("a", "lessons", "- mine", "dana", NIGHT)
    both = replace(incident, versions=(mine,), rivals=(replace(mine, id="b", text="1. theirs", actor="sam"),))
    text = markdown(postmortem_document(replace(record, incident=both)))
    assert "\n\n- mine\n\n### sam" in text
    assert "\n\n1. theirs\n" in text


# --- what stays words


HOSTILE = [
    "<b>x</b>", "<script>alert(1)</script>", "<!-- x -->", "<https://evil.example>", "https://evil.example", "www.evil.example",
    "[x](javascript:alert(1))", "[x](https://evil.example)", "![x](https://evil.example/i.png)", "[x]: https://evil.example",
    "[x][y]", "&lt;b&gt; &#60;b&#62;", "# x", "x\n===", "x\n---", "***", "___", "- - -", "```\nx\n```", "~~~\nx\n~~~", "    x",
    "\tx", "> x", "| a | b |\n|---|---|\n| c | d |", "a | b\n--- | ---", "**x** _y_ ~~z~~", "x\\", "x  \ny", "a@evil.example",
    "`x` <i>y</i>", "`<i>`", "`a\\`", "\\`<i>`</i>`", "``<i>``", "`a` [`b`](https://evil.example) `c`", "x `a\nb` <i>y</i>",
    "<a href='`'>`", "[`a`]: https://evil.example", "[^1]: x", ": x", "[x](<https://evil.example>)", "<![CDATA[x]]>", "<?php x ?>",
]  # fmt: skip

LEADS = ("", "- ", "  - ", "* ", "1. ", "7) ", "- x\n  - ", "1. x\n   ", "- x\n", "- x\n  ")

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

FORBIDDEN = {
    "link_open", "image", "html_inline", "html_block", "fence", "code_block", "hr", "heading_open", "blockquote_open",
    "table_open", "em_open", "strong_open", "s_open",
}  # fmt: skip


def flat(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *flat(token.children or []))]


def parsed(shown: Document) -> list[Token]:
    """What a reader of Markdown finds below the two headings."""
    return flat(PARSER.parse(markdown(shown).partition("## Lessons\n")[2]))


def words_in_markdown(shown: Document) -> str:
    loose = ("softbreak", "hardbreak", "paragraph_close", "list_item_open")
    return "".join(
        each.content if each.type in ("text", "text_special", "code_inline") else " " * (each.type in loose)
        for each in parsed(shown)
    )


def page(shown: Document) -> Page:
    """What a browser finds below the heading, with a space where it begins a line."""
    section = html(shown).partition("</h2>")[2].partition("</section>")[0]
    return Page(re.sub(r"<(?=li>|br>|p>)", " <", section))


def words_in_html(shown: Document) -> str:
    return "".join(page(shown).words)


def assert_inert(text: str) -> None:
    shown = document(text)
    assert not FORBIDDEN & {token.type for token in parsed(shown)}
    found = page(shown)
    assert set(found.tags) <= {"p", "br", "ul", "ol", "li", "code"}
    assert {name for _, name, _ in found.attributes} <= {"class", "start"}
    assert found.comments == 0
    assert not found.open


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("text", [*HOSTILE, *(text for _, text in CORPUS)], ids=[*HOSTILE, *NAMES])
def test_everything_else_stays_words(text: str, lead: str) -> None:
    assert_inert(lead + text)
    assert_inert(f"before\n\n{lead}{text}\n\nafter")


WORD = re.compile(r"[^\W\d_]+")
"""Numbers may be those of a list."""

PIECES = st.lists(
    st.sampled_from([
        "- ", "* ", "• ", "1. ", "2. ", "3) ", "12. ", "  ", "   ", "\t", "\n", "\n\n", "`", "``", "```", "~~~", "\\", "<b>",
        "</b>", "<!--", "-->", "&amp;", "&#60;", "[", "](", ")", "![", "]: ", "https://e.example", "# ", "> ", "|", "---",
        "===", "***", "_", "~~", "word", "two words", "ä", "支払い", "www.", "@", ".", "x",
    ]),
    max_size=30,
).map("".join)  # fmt: skip


@given(PIECES | st.text(max_size=200))
def test_any_text_is_inert_and_keeps_its_words_in_their_order(text: str) -> None:
    assert_inert(text)
    shown = document(text)
    letters = "".join(WORD.findall(clean(text)))  # code may stand close to a word
    assert "".join(WORD.findall(words_in_html(shown))) == letters
    assert "".join(WORD.findall(words_in_markdown(shown))) == letters


@given(st.lists(st.sampled_from(["- a", "  - b", "1. c", "2. d", "  1. e", "3. f", "g", "", "  h"]), max_size=12))
def test_both_forms_show_the_same_lists(lines: list[str]) -> None:
    shown = document("\n".join(lines))
    lists = [tag for tag in page(shown).tags if tag in ("ul", "ol", "li")]
    assert [token.tag for token in parsed(shown) if token.tag in lists and token.nesting == 1] == lists
    starts = [token.attrGet("start") or 1 for token in parsed(shown) if token.type == "ordered_list_open"]
    text = html(shown)
    assert [int(found or 1) for found in re.findall(r'<ol(?: class="points")?(?: start="(\d+)")?>', text)] == starts


def test_the_signs_of_lists_are_not_words_of_their_own() -> None:
    shown = document("- a\n  - b\n\nc\n\n7. d")
    assert words_in_html(shown).split() == words_in_markdown(shown).split() == ["a", "b", "c", "d"]


def test_a_hundred_kilobytes_are_read_at_once() -> None:
    text = "\n".join(f"{'- ' if n % 3 else '  - '}point {n} with `code` in it" for n in range(4000))
    blocks = typed(text)
    assert sum(1 + len(point.below) for block in blocks if isinstance(block, Bullets) for point in block.points) == 4000
    assert all(not (isinstance(a, Bullets) and isinstance(b, Bullets)) for a, b in pairwise(blocks))
