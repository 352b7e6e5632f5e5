"""The postmortem as an HTML file: what it holds, what it never holds, the same bytes for the same events."""

import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import UTC
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from incident_console.domain.clock import HOUR, MINUTE, Zone
from incident_console.domain.document.html import POLICY, html
from incident_console.domain.document.markdown import markdown
from incident_console.domain.document.model import Document, Span, Table, line, shown_columns
from incident_console.domain.document.parts import case_document, missing_words, postmortem_document
from incident_console.domain.document.record import Record
from incident_console.domain.figures import figures
from incident_console.domain.incident import Account, ActionItem, Incident, Version, Why
from incident_console.domain.sending import SentMessage
from incident_console.domain.text import clean_line
from incident_console.domain.timeline import Entry
from tests.builders import NIGHT, make_desk
from tests.hostile import CORPUS, NAMES
from tests.reviewed import NIGHT_AFTER, review, take_in

UTC_ZONE = Zone(UTC)
VOID = ("meta", "br")
NO_SHAPE = ("p", "br", "rect")
"""How many paragraphs and lines a text has is its writer's; bars are counts."""

ATTACKS = [
    "<script>alert(1)</script>", "</title><script>alert(1)</script>", "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>', "' onmouseover='alert(1)", "</svg><a href=javascript:alert(1)>x</a>", "<!-- ", "]]>",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<b>x", "//evil.example/x", "&lt;b&gt;", "</pre><h1>big",
    "a\nb\n\n<h2>c</h2>", "<base href=https://evil.example>", "\x00<b>", "https://evil.example/\" onclick=\"alert(1)",
]  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of a file: elements in their order, attributes, the words in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.comments = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of SVG that ends where it begins."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments += 1

    @property
    def shape(self) -> list[str]:
        return [tag for tag in self.tags if tag not in NO_SHAPE]


def entry(text: str, kind: str = "note", minutes: int = 0, flags: tuple[str, ...] = (), mark: str = "") -> Entry:
    at = NIGHT + minutes * MINUTE
    return Entry(minutes + 1, f"e{minutes}", at, at, kind, text, text if kind == "note" else "sam", mark, False, flags)


def everything(text: str) -> Record:
    """A record with one text wherever people can write."""
    whys = (Why("a", text, None, ("e0",), text, "root", text, True), Why("b", text, "a", (), "", "ruled_out"))
    actions = (
        ActionItem("i", text, "prevent", text, "", text, causes=("a",)),
        ActionItem("j", text, "detect", text, "2026-12-01", text, "dropped", reason=text, product=True),
        ActionItem("k", text, "respond", "", "", "", candidate=True),
    )
    incident = Incident(
        "x", number=7, title=text, severity=2, declared_at=NIGHT, started_at=NIGHT, detected_at=NIGHT + MINUTE,
        mitigated_at=NIGHT + 20 * MINUTE, resolved_at=NIGHT + HOUR, status="resolved", services=(text,),
        roles=(("ic", text), ("ic_backup", text)), sections=(("summary", text), ("lessons", text)), root_cause=text,
        versions=(Version("u", "lessons", text, text, NIGHT),), rivals=(Version("v", "lessons", text, text, NIGHT),),
        whys=whys, actions=actions, accounts=(Account(text),), facts=(("impact", text), ("cost_currency", text)),
    )  # fmt: skip
    one = text.replace("\n", " ")  # further lines of these two are told apart
    rows = [
        entry(text, flags=("pinned", "parked")), entry(text, "impact", 1), entry(one, "decision", 2),
        entry(one, "escalation", 3), entry(text, mark="struck", minutes=4), entry(text, text, 5), entry(text, "status", 6),
    ]  # fmt: skip
    message = SentMessage(NIGHT + MINUTE, "customers", "update", 1, text, text, text, None, text, (text,), account=text)
    return Record(incident, UTC_ZONE, rows, [message], people=(text,))


def page(record: Record) -> Page:
    return Page(html(postmortem_document(record)))


@pytest.mark.parametrize("text", [*ATTACKS, *(text for _, text in CORPUS)], ids=[*ATTACKS, *NAMES])
def test_peoples_text_is_inert_in_html(text: str) -> None:
    found, plain = page(everything(text)), page(everything("plain words"))
    assert found.shape == plain.shape
    assert not found.open
    assert not found.comments
    assert not {"script", "iframe", "img", "object", "embed", "link", "base", "form", "input"} & set(found.tags)
    names = {name for _, name, _ in found.attributes}
    assert names <= {name for _, name, _ in plain.attributes} | {"rel"}
    assert not any(name.startswith("on") or name in ("src", "srcset", "style", "action") for name in names)
    assert all(value.startswith("#") for _, name, value in found.attributes if name == "href")
    assert not any(bad in "".join(found.words) for bad in ("\x1b", "\u202e", "\x00", "\x9b", "\u2066"))


BROWSER = shutil.which("chromium")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip


@pytest.mark.long
@pytest.mark.skipif(BROWSER is None, reason="no browser is installed")
def test_a_real_browser_finds_nothing_but_text(tmp_path: Path) -> None:
    attack = "".join(ATTACKS) + "<script>document.body.id='ran'</script><img src=x onerror=\"document.body.id='ran'\">"
    (tmp_path / "page.html").write_text(html(postmortem_document(everything(attack.replace("\n", " ")))))
    dumped = subprocess.run(
        [str(BROWSER), *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", str(tmp_path / "page.html")],
        capture_output=True, timeout=60, check=True,
    ).stdout.decode()  # fmt: skip
    tags = Page(dumped).tags
    assert Counter(tags) == Counter(page(everything("plain words")).tags)
    assert "document.body.id" in dumped
    assert ("body", "id", "ran") not in Page(dumped).attributes


def test_peoples_text_reads_as_it_was_written() -> None:
    for text in (*ATTACKS, *(text for _, text in CORPUS)):
        words = "\n".join(page(everything(text)).words)
        assert clean_line(text) in words


def test_only_web_addresses_become_links() -> None:
    record = everything("words")
    for link, is_link in (("https://tickets.example/1?a=b&c=d", True), ("http://t/1", True), ("javascript:alert(1)", False),
                          ("HTTPS//x", False), ("https://x y", False), ("ftp://x", False), ("#cause-1", False)):  # fmt: skip
        item = ActionItem("i", "x", "prevent", "dana", "", link)
        found = page(replace(record, incident=replace(record.incident, actions=(item,))))
        outside = [value for _, name, value in found.attributes if name == "href" and not value.startswith("#")]
        assert outside == ([link] if is_link else [])
        assert ("a", "rel", "noopener noreferrer") in found.attributes or not is_link
        assert link in "".join(found.words)


def test_the_file_needs_nothing_and_may_do_nothing() -> None:
    text = html(postmortem_document(everything("words")))
    found = Page(text)
    assert ("meta", "content", POLICY) in found.attributes
    assert "default-src 'none'" in POLICY
    assert "script-src" not in POLICY
    assert not any(part in text for part in ("http://", "https://", "url(", "@import", "@font-face", "<script"))
    assert ("html", "lang", "en") in found.attributes


def test_headings_go_down_step_by_step_and_tables_have_heads() -> None:
    found = page(everything("words"))
    levels = [int(tag[1]) for tag in found.tags if tag in ("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert found.tags.count("table") == found.tags.count("thead")
    assert ("th", "scope", "col") in found.attributes
    ids = [value for _, name, value in found.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value[1:] for _, name, value in found.attributes if name == "href"} <= set(ids)
    labelled = [value.split() for _, name, value in found.attributes if name == "aria-labelledby"]
    assert {each for values in labelled for each in values} <= set(ids)


def test_a_drill_is_marked_at_both_ends_of_every_form() -> None:
    record = everything("words")
    drill = replace(record, incident=replace(record.incident, drill=True))
    text = html(postmortem_document(drill))
    assert text.index("DRILL: this is an exercise") < text.index("<h1>DRILL: ")
    assert text.rindex("DRILL: this is an exercise") > text.index("</main>")
    for document in (postmortem_document(drill), case_document(drill)):
        written = markdown(document)
        assert written.startswith("# DRILL: ")
        assert written.endswith("DRILL: this is an exercise, nothing is broken.\n")
    assert "DRILL" not in html(postmortem_document(record))


def test_an_empty_incident_is_a_whole_document() -> None:
    record = Record(Incident("x", number=1, title="Something", declared_at=NIGHT), UTC_ZONE)
    found = page(record)
    words = " ".join(found.words)
    assert "Not written yet." in words
    assert "Nothing was written down." in words
    assert "svg" not in found.tags
    assert not found.open
    assert all(each.why_not in words for each in figures(record.incident))


# --- decisions


def test_a_decision_stands_beside_what_was_known_by_then_and_nothing_later() -> None:
    rows = [
        entry("errors 40 %", "evidence", 1), entry("roll back", "decision", 5), entry("errors 0 %", "evidence", 9),
        replace(entry("found out later", "impact", 2), recorded_at=NIGHT + HOUR),
    ]  # fmt: skip
    incident = Incident("x", title="t", declared_at=NIGHT)
    text = markdown(postmortem_document(Record(incident, UTC_ZONE, rows)))
    part = text[text.index("## Decisions") : text.index("## Who was told")]
    assert "known: 02:48 evidence: errors 40 %" in part
    assert "errors 0 %" not in part
    assert "found out later" not in part
    imported = Record(replace(incident, imported=True), UTC_ZONE, rows)
    assert "found out later" in markdown(postmortem_document(imported)).split("## Who was told")[0]


# --- tables and words


def test_columns_without_a_word_are_left_out() -> None:
    table = Table(("A", "B", "C"), ((line("x"), (), line("y")), (line(""), (), ())))
    assert shown_columns(table) == (0, 2)
    assert line("", Span(""), "x") == (Span("x"),)


def test_what_is_missing_is_told_in_sentences() -> None:
    found = missing_words(Incident("x"))
    assert found[0].startswith("Not written yet: Summary, ")
    assert found[1].startswith("Figures that cannot be computed: time to detect, ")
    assert found[2:] == (
        "The chain of causes is short: does it end at something that a team can change?", "There are no action items.",
    )  # fmt: skip


def test_what_was_ruled_out_argues_for_nothing() -> None:
    whys = (
        Why("a", "no alarm", None, mark="root", lens="build an alarm"),
        Why("b", "the network", None, mark="ruled_out", lens="build a network"),
        Why("c", "an old switch", "b", lens="buy a switch"),
    )
    text = markdown(case_document(Record(Incident("x", number=7, title="t", whys=whys), UTC_ZONE)))
    assert "build an alarm" in text
    assert "build a network" not in text
    assert "buy a switch" not in text


def test_a_mark_below_what_was_ruled_out_is_not_shown() -> None:
    whys = (
        Why("a", "the disk failed", None, mark="ruled_out"),
        Why("b", "disks are never swapped", "a", mark="root"),
        Why("c", "the alarm went to nobody", "b", mark="contributing"),
        Why("d", "no index on orders", None, mark="root"),
    )
    record = Record(Incident("i", 1, "orders fail", whys=whys), UTC_ZONE)
    for text in (html(postmortem_document(record)), markdown(postmortem_document(record))):
        tree = text[text.rindex("How it came about") : text.rindex("Fishbone")]
        assert tree.count("ruled out") == 1
        assert tree.count("root cause") == 1
        assert "contributing" not in tree


def test_action_items_stand_open_first_by_their_day_then_done_then_given_up() -> None:
    items = tuple(
        ActionItem(text, text, "prevent", "sam", due, "", state=state, reason="no" if state == "dropped" else "")
        for text, due, state in (
            ("given up", "", "dropped"), ("is done", "2026-11-01", "done"), ("for later", "2026-12-24", "open"),
            ("next", "2026-12-01", "in_progress"), ("some day", "", "open"),
        )
    )  # fmt: skip
    record = Record(Incident("i", 1, "orders fail", actions=items), UTC_ZONE)
    text = markdown(postmortem_document(record))
    order = ("some day", "next", "for later", "is done", "given up")
    assert sorted(order, key=text.index) == list(order)
    case = markdown(case_document(record))
    assert sorted(order[:3], key=case.index) == list(order[:3])
    assert "1 action item was done since." in case
    again = replace(items[1], id="again", text="done, too")
    twice = replace(record, incident=replace(record.incident, actions=(*items, again)))
    assert "2 action items were done since." in markdown(case_document(twice))


def test_the_heading_says_whether_it_changed_since_it_was_finished() -> None:
    record = Record(Incident("i", 1, "orders fail", reviewed_at=NIGHT), UTC_ZONE)
    assert "changed since" not in markdown(postmortem_document(record))
    changed = markdown(postmortem_document(replace(record, changed_since=True)))
    assert "2026-11-21 02:47 UTC, changed since" in changed


def test_times_are_called_as_everywhere_else() -> None:
    text = markdown(postmortem_document(Record(Incident("i", 1, "orders fail", acknowledged_at=NIGHT), UTC_ZONE)))
    assert "Acknowledged" not in text
    assert "Owned" in text


def test_why_it_was_finished_stands_in_the_heading() -> None:
    incident = Incident("x", number=7, title="t", reviewed_at=NIGHT, review_reason="a provider failed <b>")
    text = html(postmortem_document(Record(incident, UTC_ZONE)))
    assert "Finished as it is because" in text
    assert "a provider failed &lt;b&gt;" in text
    unsaid = html(postmortem_document(Record(replace(incident, review_reason=""), UTC_ZONE)))
    assert "Finished as it is because" not in unsaid


def test_the_case_writes_out_every_assumption(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, at=NIGHT_AFTER)
    text = desk.case(review(desk))
    for part in (
        "# Case for reliability work: INC-1 SEV1: GitLab.com database outage",
        "| Revenue not taken | about 160 000 USD | 13 h 30 min × 12 000 USD an hour × 100 % |",
        "| Revenue in an hour | 12 000 USD an hour |", "| Restore becomes a feature that we show to customers, with its date. | **yes** |",
        "Write the procedure for a lagging replica | respond faster | **no owner** | **no date** | open |", "1 action item was done since.",
    ):  # fmt: skip
        assert part in text
    assert "Timeline" not in text
    assert "nobody said" in desk.case(take_in(desk, "posthog-2025-10-28-flags"))


def test_the_document_type_is_plain_data() -> None:
    assert Page(html(Document("t", ()))).tags[:2] == ["html", "head"]
