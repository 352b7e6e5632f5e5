"""The document: sections edited in place. What is typed is saved by itself; two texts at once are both kept."""

from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static, TextArea

from incident_console.clipboard import copy
from incident_console.desk import ContentTrouble, Desk, StorageTrouble
from incident_console.domain.clock import SECOND
from incident_console.domain.incident import Version
from incident_console.domain.postmortem import PROMPTS, SECTIONS, proposed, rivals, version
from incident_console.domain.text import clean, clean_line
from incident_console.domain.vocabulary import Refused
from incident_console.domain.when import clock_time
from incident_console.screens import Copier
from incident_console.screens.postmortem.blame import BlameKeys
from incident_console.widgets.concern_list import ConcernList
from incident_console.widgets.editor import SafeTextArea
from incident_console.widgets.rows import Rows

PAUSE: Final = 2 * SECOND
"""How long nobody must have typed before a section is saved by itself."""

AT_ONCE: Final = 4000
"""A text of this many characters is asked about with every key; a longer one once a second."""


class DocumentKeys(BlameKeys):
    """Sections on the left, the text of one on the right."""

    section = ""
    """The section that stands in the editor; empty before one was put there."""
    _saved = ""
    """The text of the editor as it was last read or saved."""
    _base = ""
    """The id of the version that it was based on; empty when there was none."""
    _touched = 0
    """When somebody last typed, microseconds UTC."""
    _aside = False
    """Whether a draft of this section was put aside."""
    _refused = ""
    """A text that was refused, so that it is not offered again before it changes."""

    def __init__(self, desk: Desk, incident_id: str, copier: Copier = copy) -> None:
        super().__init__(desk, incident_id, copier)
        self._unsaved: dict[str, str] = {}
        """Drafts of sections that were left and could not be saved, should the disk not take them either."""

    def document_pane(self) -> ComposeResult:
        """The widgets of this pane."""
        with Vertical(id="document", classes="pane"):
            with Horizontal(id="book"):
                yield Rows(id="sections")
                with Vertical(id="writing"):
                    yield Static(id="prompt")
                    with Horizontal(id="texts"):
                        editor = SafeTextArea(id="editor")
                        editor.cursor_blink = False
                        yield editor
                        with VerticalScroll(id="rival", can_focus=False):
                            yield Static(id="rival-text")
            yield ConcernList(id="blame")

    # --- showing

    def show_document(self) -> None:
        """The list of sections anew; the editor only where nobody has typed."""
        self._list_sections()
        if not self.section:
            self._load("summary")
        elif self._is_saved:
            self._follow()
        self._show_rivals()

    def _list_sections(self) -> None:
        self.fill_rows("#sections", [(name, self._row(name)) for name in SECTIONS])

    def _row(self, name: str) -> Content:
        if rivals(self.incident, name):
            sign, style = "‼", "$warning"
        elif self.incident.section(name):
            sign, style = "✓", "$success"
        else:
            sign, style = ("≈", "$text-muted") if proposed(self.incident, name) else ("·", "$text-muted")
        return Content.assemble((f"{sign} ", style), SECTIONS[name])

    def _load(self, name: str) -> None:
        """Put a section into the editor: what was typed and not saved comes back first."""
        self.section = name
        self._take_version()
        self.editor.load_text(self._saved)
        base, _, typed = (self._unsaved.pop(name, "") or self.desk.draft(self._draft_key(name))).partition("\n")
        if typed and clean(typed).strip() != self._saved.strip():
            self._base = base
            self.editor.load_text(clean(typed))
        self.query_one("#prompt", Static).update(Content(PROMPTS[name]))
        self._ask_about()

    def _follow(self) -> None:
        """Show what others made of the section meanwhile; the cursor stays where it is."""
        self._take_version()
        if self.editor.text.strip() != self._saved.strip():
            place = self.editor.cursor_location
            self.editor.load_text(self._saved)
            self.editor.move_cursor(self.editor.clamp_visitable(place))

    def _take_version(self) -> None:
        """Base what follows on the version that belongs into this editor."""
        mine = self._mine()
        self._base = mine.id if mine is not None else ""
        self._saved = clean(mine.text if mine is not None else proposed(self.incident, self.section))

    def _mine(self) -> Version | None:
        """Of two texts the one from this editor, then the one of this person: the other stands beside it."""
        counts, others = version(self.incident, self.section), rivals(self.incident, self.section)
        here = next((each for each in others if each.id == self._base), None)
        if here is not None or counts is None or counts.actor == self.desk.actor:
            return here or counts
        return next((each for each in reversed(others) if each.actor == self.desk.actor), counts)

    @property
    def _is_saved(self) -> bool:
        text = self.editor.text
        return text == self._saved or clean(text).strip() == self._saved.strip()

    def _draft_key(self, name: str) -> str:
        return f"section:{self.incident_id}:{name}"

    def _show_rivals(self) -> None:
        """The other text beside mine, while there are two."""
        others = [*rivals(self.incident, self.section)]
        counts = version(self.incident, self.section)
        if counts is not None and others:
            others.insert(0, counts)
        shown = [each for each in others if each.text != clean(self.editor.text).strip()]
        beside = self.query_one("#rival")
        beside.display = bool(shown)
        if not shown:
            return
        parts = [Content.assemble((self._who_wrote(each), "bold"), clean(each.text), "\n\n") for each in shown]
        hint = Content.styled(
            "Both are kept. Take over what you want, then ctrl+s makes your text the one.\n\n", "$warning"
        )
        self.query_one("#rival-text", Static).update(Content.assemble(hint, *parts))

    def _who_wrote(self, each: Version) -> str:
        return f"{clean_line(each.actor)} wrote this at {clock_time(each.at, self.desk.zone)}\n"

    # --- typing

    @on(OptionList.OptionHighlighted, "#sections")
    def _section_reached(self, event: OptionList.OptionHighlighted) -> None:
        name = event.option.id or self.section
        if name != self.section:
            self.save_section()
            self._keep_unsaved()
            self._load(name)
            self._show_rivals()

    def _keep_unsaved(self) -> None:
        if not self._is_saved:
            self.keep_section()
            self._unsaved[self.section] = self._draft

    @on(OptionList.OptionSelected, "#sections")
    def _section_chosen(self) -> None:
        """Write on where the text ends."""
        if self.editor.cursor_location == (0, 0):
            self.editor.move_cursor(self.editor.document.end)
        self.editor.focus()

    @on(TextArea.Changed, "#editor")
    def _typing(self) -> None:
        self._touched = self.desk.now()
        if len(self.editor.text) <= AT_ONCE:
            self._ask_about()

    @on(events.DescendantBlur)
    def _left_editor(self, event: events.DescendantBlur) -> None:
        if event.widget is self.editor:
            self.save_section()

    def save_when_quiet(self) -> None:
        """Once a second: save what nobody has touched for a moment."""
        if self.desk.now() - self._touched >= PAUSE:
            self.save_section()
        if self._asked_about != self.editor.text:
            self._ask_about()

    def save_section(self) -> None:
        """Save the editor's text if it was changed; words that cannot be saved stay, and it is said."""
        text = self.editor.text
        if self._is_saved or text == self._refused:
            return
        try:
            self.incident = self.desk.write_section(self.incident_id, self.section, text, self._base)
        except Refused as refusal:
            self.incident = self.attempt(lambda: self.desk.incident(self.incident_id)) or self.incident
            if clean(text).strip() != self.incident.section(self.section):
                self._refused = text
                self.notify(str(refusal), severity="warning", markup=False)
                return
        except (ContentTrouble, StorageTrouble) as trouble:
            words = f"Not saved: {clean_line(str(trouble))} Your words stay here and are tried again."
            self.notify(words, severity="error", markup=False)
            self._touched = self.desk.now() + 5 * SECOND
            return
        self._after_saving(text)

    def _after_saving(self, text: str) -> None:
        self._saved = text
        mine = [each for each in (*self.incident.rivals, *self.incident.versions) if each.section == self.section]
        self._base = next((each.id for each in mine if each.text == clean(text).strip()), self._base)
        self.put_aside(self._draft_key(self.section), "")
        self._list_sections()
        self.show_heading()
        self._show_rivals()

    def action_settle(self) -> None:
        """Save now; where there are two texts, mine becomes the one and the other goes into the history."""
        if self.pane != "document":
            return
        if rivals(self.incident, self.section):
            self._settle()
            return
        self._refused = ""
        self.save_section()
        if self._is_saved:
            self.notify("Saved.", markup=False)

    def _settle(self) -> None:
        counts = version(self.incident, self.section)
        base = counts.id if counts is not None else ""
        ids = tuple(each.id for each in rivals(self.incident, self.section))
        text = self.editor.text
        saved = self.attempt(lambda: self.desk.write_section(self.incident_id, self.section, text, base, ids))
        if saved is not None:
            self.incident = saved
            self._after_saving(text)
            self.notify("Settled. The other text stays in the history.", markup=False)

    @property
    def _draft(self) -> str:
        """What was typed, below the version that it was typed on."""
        return f"{self._base}\n{self.editor.text}"

    def keep_section(self) -> None:
        """Put aside what was typed and not saved."""
        if not self.is_mounted or not self.section:
            return
        if not self._is_saved:
            self.put_aside(self._draft_key(self.section), self._draft)
            self._aside = True
        elif self._aside:  # typed and taken back: nothing of it may come again
            self.put_aside(self._draft_key(self.section), "")
            self._aside = False

    def action_history(self) -> None:
        """Every version of the section, the newest first."""
        from incident_console.widgets.questions import Read

        versions = self.attempt(lambda: self.desk.section_history(self.incident_id, self.section)) or ()
        nothing = Content("Nobody has written this section yet.")
        text = Content("\n\n").join(map(self._told, reversed(versions))) if versions else nothing
        self.app.push_screen(Read(Content(f"{SECTIONS[self.section]}: every version"), text))

    def _told(self, each: Version) -> Content:
        return Content.assemble((self._who_wrote(each), "bold"), clean(each.text))
