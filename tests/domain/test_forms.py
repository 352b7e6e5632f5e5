"""Forms of a message: people's words appear as they are, whatever a chat would make of them."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from incident_console.domain.forms import JOINER, written
from incident_console.domain.templates import FORMS
from incident_console.domain.text import clean, clean_line
from tests.hostile import CORPUS, NAMES

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""Reads Markdown as chats do, by somebody else's rules."""

TRICKS = (
    "*bold*", "**bold**", "***x***", "_it_", "__init__", "a_b_c", "foo__bar__baz", "~~gone~~", "`code`", "```\ncode\n```",
    "[x](http://e.example)", "![x](y)", "[a][b]\n\n[b]: http://e.example", "<http://e.example>", "<b>bold</b>", "<!-- x -->",
    "# head", "head\n===", "head\n---", "- item", "* item", "+ item", "1. item", "2) item", "> said", ">>> said", "---",
    "***", "* * *", "_ _ _", "    code", "\tcode", "a|b\n-|-\nc|d", "|a|\n|-|", ":-\na", "&lt;b&gt; &#42; &amp;", "||hidden||",
    "line \\", "a\\\nb", "\\*", "\\\\*x*\\\\", "2 * 3 * 4", "*", "**", "_", "~", "5*3*2", "*a\nb*", "x *y* **z", "<@123>",
    "Note: *x*", "Note:\n- x", "1.", "-", "#", "=", "a\n=", "- - -", "[ ] done", "- [x] done", "(*x*)", "“_x_”", "*x*y", "x*y*",
)  # fmt: skip
PIECES = (*"*_~`[]()<>#-+=|&;:!@\\ \n\t.1axé", "](", "**", "    ", "http", "\n\n", "@here", "Label: ", ":fire:")
TEXTS = st.lists(st.sampled_from((*PIECES, *TRICKS)), max_size=14).map("".join)


def texts(tokens: list[Token]) -> Iterator[str]:
    """What is left of a text when nothing but bold and paragraphs may be made of it."""
    for token in tokens:
        assert token.type in {
            "paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak", "hardbreak", "strong_open",
            "strong_close",
        }, token  # fmt: skip
        assert token.type != "hardbreak" or token.markup != "\\"
        yield token.content if token.type in {"text", "text_special"} else "\n" if token.type.endswith("break") else ""
        if token.type == "inline":
            yield from texts(token.children or [])


def seen(markdown: str) -> str:
    """The words of a text as a chat shows them, without blanks, by which paragraphs differ."""
    return "".join("".join(texts(READER.parse(markdown))).replace(JOINER, "").split())


def stripped(form: str, text: str) -> str:
    """What a form added, taken away again."""
    plain = text.replace(JOINER, "")
    if form == "slack":
        return re.sub(r"^\*([^*\n]+:)\*(?=\s|$)", r"\1", plain, flags=re.MULTILINE)
    plain = re.sub(r"^\*\*([^*\n]+:)\*\*(?=\s|$)", r"\1", plain, flags=re.MULTILINE)
    return re.sub(r"\\([^\w\s]|_)", r"\1", re.sub(r"\\$", r"\\", plain))


@pytest.mark.parametrize("form", ["plain", "email", "status_page"])
@given(TEXTS, TEXTS)
def test_mails_and_status_pages_carry_the_very_words(form: str, subject: str, text: str) -> None:
    found = written(subject, text, form)
    assert (found.subject, found.body) == (subject, text)
    assert found.whole == (f"{subject}\n\n{text}" if subject and text else subject + text)


@pytest.mark.parametrize("text", TRICKS)
def test_a_chat_shows_what_was_written(text: str) -> None:
    assert seen(written("", text, "chat").body) == "".join(text.split())


@given(TEXTS)
def test_no_words_become_formatting_in_a_chat(text: str) -> None:
    assert seen(written("", text, "chat").body) == "".join(text.split())


@given(TEXTS)
def test_a_subject_is_bold_and_nothing_more(subject: str) -> None:
    line = clean_line(subject)
    bold = written(subject, "words", "chat").subject
    tokens = READER.parse(bold)
    assert seen(bold) == "".join(line.split())
    marks = [
        token.type for token in (tokens[1].children or [] if tokens else []) if token.type != "text" or token.content
    ]
    assert marks[:1] + marks[-1:] == (["strong_open", "strong_close"] if line else [])


@given(TEXTS)
def test_taking_away_what_slack_was_given_leaves_the_words(text: str) -> None:
    assert stripped("slack", written("", text, "slack").body) == stripped("slack", text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("_name", "value"), CORPUS, ids=NAMES)
def test_hostile_words_are_harmless_and_whole_in_every_form(form: str, _name: str, value: str) -> None:
    found = written(f"[SEV1] {value}", f"What is wrong: {value}\n{value}", form)
    assert clean(found.whole) == found.whole
    if form == "chat":
        assert seen(found.body) == "".join(f"What is wrong: {clean(value)}\n{clean(value)}".split())
    elif form == "slack":
        assert stripped(form, found.body) == f"What is wrong: {clean(value)}\n{clean(value)}"
    else:
        assert found.body == f"What is wrong: {clean(value)}\n{clean(value)}"


# --- Slack: no escape, so pairs are parted

_SLACK_PAIR = re.compile(
    r"(?:^|(?<=[^\w\u2060]))([*_~`])(?!\1)(?=[^\s\u2060])(?:(?!\1).)*?(?<=[^\s\u2060])\1(?![\w\u2060])", re.MULTILINE
)


@given(TEXTS)
def test_no_pair_is_left_for_slack(text: str) -> None:
    body = written("", text, "slack").body
    bare = re.sub(r"^\*[^*\n]+:\*(?=\s|$)", "", body, flags=re.MULTILINE)
    assert not _SLACK_PAIR.search(bare), ascii(body)
    assert "```" not in body


@pytest.mark.parametrize("text", ["*bold*", "_it_", "~gone~", "`code`", "```x```", "(*x*)", "a *b c* d", "__init__"])
def test_pairs_are_parted_for_slack(text: str) -> None:
    body = written("", text, "slack").body
    assert JOINER in body
    assert body.replace(JOINER, "") == text


@pytest.mark.parametrize(
    "text",
    [
        "snake_case_name",
        "2 * 3 * 4",
        "~30 % to ~40 %",
        "a_b",
        "at 12:30:45 UTC",
        "ana@example.com",
        "#incident-2026-11-21-x",
    ],
)
@pytest.mark.parametrize("form", ["chat", "slack"])
def test_ordinary_words_stay_as_they_are(form: str, text: str) -> None:
    assert written("", text, form).body == text


@pytest.mark.parametrize("form", ["chat", "slack"])
@pytest.mark.parametrize(
    "call", ["@here", "@channel", "@everyone", "@all", "@HERE", "x@everyone", "<!here>", "<@U123>", "@dana"]
)
def test_nobody_is_called(form: str, call: str) -> None:
    found = written(f"for {call}", f"Note: {call} {call}", form).whole
    assert not re.search(r"@(?=here|channel|everyone|all|dana|U1)|(?<!\\)<!", found, re.IGNORECASE)
    assert stripped(form, found).count(call) == 3


@pytest.mark.parametrize("form", ["chat", "slack"])
def test_names_between_colons_do_not_become_pictures(form: str) -> None:
    assert f":{JOINER}fire:" in written("", "so :fire: hot", form).body
    assert f":{JOINER}+1:" in written("", ":+1:", form).body


@pytest.mark.parametrize("form", ["chat", "slack"])
def test_addresses_can_be_followed(form: str) -> None:
    url = "https://graphs.example.com:8080/d/a_b?orgId=1&var-x=__all&from=now-1h#top"
    assert url in written("", f"Evidence: {url}", form).body


def test_labels_are_bold_where_a_chat_reads_it() -> None:
    text = "What is wrong: cards fail\nhttps://a.example/x: no\n12:30: no\nWhat follows:"
    assert written("S", text, "chat").whole.startswith(
        "**S**\n\n**What is wrong:** cards fail\nhttps://a.example/x: no"
    )
    assert written("S", text, "slack").whole.startswith("*S*\n\n*What is wrong:* cards fail")
    assert written("S", text, "slack").body.endswith("*What follows:*")
    assert written("", text, "slack").subject == ""


def test_subject_and_body_can_be_copied_one_after_the_other() -> None:
    found = written("[SEV1] Cards fail", "What is wrong: all", "email")
    assert (found.subject, found.body) == ("[SEV1] Cards fail", "What is wrong: all")
    assert found.whole == "[SEV1] Cards fail\n\nWhat is wrong: all"


def test_there_is_no_other_form() -> None:
    with pytest.raises(KeyError):
        written("S", "text", "fax")
