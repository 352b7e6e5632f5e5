"""The keys of the postmortem, one table; each pane's hint names those that matter there."""

from typing import Final

from textual.binding import Binding, BindingType

from incident_console.screens.postmortem.place import PANES


def _key(keys: str, action: str, words: str, tooltip: str) -> Binding:
    """A key that the footer has no room for; `f1` lists it."""
    name = action.partition("(")[0]
    return Binding(keys, action, words, show=False, id=f"postmortem.{name}", tooltip=tooltip)


def _panes() -> list[Binding]:
    return [
        Binding(str(n), f"pane('{name}')", name.capitalize(), show=False, id=f"postmortem.{name}", tooltip=name)
        for n, name in enumerate(PANES, 1)
    ]  # fmt: skip


KEYS: Final[list[BindingType]] = [
    *_panes(),
    Binding("w,f2", "write", "Export", id="postmortem.write", tooltip="Write the document to a file"),
    Binding("y,f3", "copy", "Copy", id="postmortem.copy", tooltip="Copy the document as Markdown"),
    Binding("n,A", "new_item", "New action", id="postmortem.new", tooltip="Add an action item; here about a cause"),
    Binding("z", "undo", "Undo", id="postmortem.undo", tooltip="Take back your last step"),
    Binding("f,f4", "finish", "Finish", id="postmortem.finish", tooltip="Finish it; what is open is named first"),
    Binding("escape,b", "leave", "Back", id="postmortem.leave", tooltip="Back to where you came from"),
    Binding("j", "step(1)", "Down", show=False, id="postmortem.down", tooltip="Next row"),
    Binding("k", "step(-1)", "Up", show=False, id="postmortem.up", tooltip="Previous row"),
    _key("ctrl+s", "settle", "Save", "Save; of two texts take this one"),
    _key("ctrl+r", "rewrite", "Take it", "Say it about the system"),
    _key("ctrl+n", "next_finding", "Next", "The next finding"),
    _key("H", "history", "History", "Every version of the section"),
    _key("d", "item_done", "Done", "The action item is done, or not"),
    _key("s", "item_started", "Started", "Somebody works on it"),
    _key("c", "commit_item", "Commit", "Make an idea a commitment: owner and date"),
    _key("x", "drop_item", "Won't do", "It will not be done: asks for the reason; again: it is open"),
    _key("o", "all_items", "All items", "Action items of all incidents"),
    _key("g", "roadmap", "Roadmap", "Keep it as evidence for the roadmap"),
    _key("Y", "case", "Case", "The case for closing the gap"),
    _key("t", "thanks", "Thanks", "Thank who took part"),
    _key("p", "playbook", "Playbook", "Proposals for the playbook"),
    _key("m", "meeting", "Meeting", "The review as a calendar file"),
]
"""Letters work in lists and trees; the text of a section takes them as letters, so what is done with the whole document
has a function key, too. The footer and the list of keys name the one that works."""
