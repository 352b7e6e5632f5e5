"""Every key that works on a screen, and the slash commands where there is a line for them: built from the bindings."""

from textual.content import Content
from textual.screen import Screen

from incident_console.domain.logline import COMMANDS
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import EntryKind
from incident_console.widgets.log_input import LogInput

EDITING = "Moving in a line"
"""The keys that Textual's own widgets have."""


def key_help(screen: Screen[object]) -> Content:
    """One line a key, in groups: the screen's own, then what a line may start with, then the rest."""
    groups: dict[str, list[Content]] = {getattr(screen, "BINDING_GROUP_TITLE", None) or "This screen": []}
    for node, binding, enabled, tip in screen.active_bindings.values():
        if not enabled or binding.system:
            continue
        title = (getattr(node, "BINDING_GROUP_TITLE", None) or EDITING) if binding.id else EDITING
        words = clean_line(tip or binding.tooltip or binding.description)
        line = Content.assemble((f"{screen.app.get_key_display(binding):<12}", "bold"), words)
        if line not in groups.setdefault(title, []):
            groups[title].append(line)
    editing = groups.pop(EDITING, [])
    own, *others = [[_heading(title), *keys, Content("")] for title, keys in groups.items()]
    slash = [*_slash(), Content("")] if screen.query(LogInput) else []
    rest = [line for group in others for line in group]
    return Content("\n").join([*own, *slash, *rest, *([_heading(EDITING), *editing] if editing else [])])


def _slash() -> list[Content]:
    kinds = " ".join(f"/{kind}" for kind in EntryKind)
    commands = [Content.assemble((f"/{name} ", "bold"), form) for name, form in COMMANDS.items()]
    return [
        _heading("What a line may start with"), Content(kinds), *commands, Content(""),
        Content("-5m or @02:47 at the start or the end of a line says when it happened."),
    ]  # fmt: skip


def _heading(words: str) -> Content:
    return Content.styled(words, "bold $accent")
