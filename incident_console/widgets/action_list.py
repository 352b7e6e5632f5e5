"""Action items as a list: headings, one line each, and the words about the one under the cursor. Knows no desk."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.widgets.option_list import Option

from incident_console.domain.actions import Group, Item
from incident_console.domain.clock import Zone
from incident_console.domain.days import shown
from incident_console.domain.followup import Figures, days, rate, when
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import ActionKind, ActionState, reference
from incident_console.widgets import badges
from incident_console.widgets.rows import Rows

WIDE = 100
"""Columns from which on the kind has room of its own."""

KINDS = {
    ActionKind.PREVENT: "prevents it",
    ActionKind.DETECT: "detects it sooner",
    ActionKind.RESPOND: "speeds up the response",
}


class ActionList(Rows):
    """The list; headings cannot be chosen, and the cursor stays on its item whatever happens around it."""

    def __init__(self) -> None:
        super().__init__(id="items")
        self._items: dict[str, Item] = {}

    def show(self, groups: Sequence[Group], today: date, zone: Zone, width: int) -> None:
        """Fill the list anew."""
        before, place = self.item, self.highlighted
        self._items = {item.what.id: item for group in groups for item in group.items}
        options = []
        for group in groups:
            options.append(Option(heading(group), disabled=True))
            options += [Option(row(item, today, zone, width), id=item.what.id) for item in group.items]
        self.set_options(options)
        if before is not None and before.what.id in self._items:
            self.highlighted = self.get_option_index(before.what.id)
        elif self._items:
            self.highlighted = max(1, min(place or 1, len(options) - 1))
            if self.highlighted_option is not None and self.highlighted_option.disabled:
                self.highlighted += 1

    @property
    def item(self) -> Item | None:
        """The one under the cursor."""
        option = self.highlighted_option
        return self._items.get(option.id or "") if option is not None else None


def heading(group: Group) -> Content:
    """What stands above a group: its name, and how many it holds."""
    return Content.assemble((group.heading, "bold $accent"), (f"  {len(group.items)}", "$text-muted"))


def row(item: Item, today: date, zone: Zone, width: int) -> Content:
    """`‼ OVERDUE 11 d  INC-7/3  Sam  check indexes  product`: one line, cut where it must be."""
    owner = _owner(item)
    start = Content.assemble(
        _when(item, today, zone), " ", (f"{clip(item.id, 10):<10}", "bold" if item.is_live else "$text-muted"), " ",
        owner, " " * (13 - owner.cell_length),
    )  # fmt: skip
    tags = _tags(item, width)
    room = max(10, width - start.cell_length - (tags.cell_length + 2 if tags else 0))
    text = Content.styled(_cut(clean_line(item.what.text), room), "" if item.is_live else "$text-muted")
    return Content.assemble(start, text, "  " if tags else "", tags)


def _cut(text: str, room: int) -> str:
    """At most so many columns, however wide the letters are."""
    content = Content(text)
    while content.cell_length > room:
        text = clip(text, min(len(text) - 1, room))
        content = Content(text)
    return text


def _when(item: Item, today: date, zone: Zone) -> Content:
    """Sixteen columns: a sign and a word where something is wrong, the day otherwise."""
    what = item.what
    if not item.is_live:
        sign, day = ("✓" if what.state == ActionState.DONE else "✗"), zone.show(what.moved_at).date()
        return Content.styled(f"{sign} {shown(day.isoformat(), today):<15}", "$text-muted")
    if item.is_overdue(today):
        return Content.styled(f"{f'‼ OVERDUE {item.days_over(today)} d':<17}", "bold $error")
    if item.due is None and not what.candidate:
        return Content.styled(f"{'? no date':<17}", "bold $warning")
    return Content(f"  {shown(what.due, today):<15}") if item.due is not None else Content(" " * 17)


def _owner(item: Item) -> Content:
    if item.what.owner:
        return Content(_cut(clean_line(item.what.owner), 12))
    return Content.styled("? nobody", "bold $warning") if item.is_live and item.is_committed else Content("—")


def _tags(item: Item, width: int) -> Content:
    words = [("in progress", item.what.state == ActionState.IN_PROGRESS), ("product", item.what.product),
             (item.what.action_kind, width >= WIDE)]  # fmt: skip
    tags = [Content.styled(clean_line(word), "$text-muted") for word, there in words if there]
    drill = [Content.styled(" DRILL ", "bold reverse")] if item.drill else []
    return Content(" ").join([*drill, *([Content.styled("·", "$text-muted")] if tags else []), *tags])


def detail(item: Item, causes: Sequence[str], today: date, now: int) -> Content:
    """Everything about one item: its words in full, where it comes from, what it is about."""
    what = item.what
    state = {ActionState.OPEN: "", ActionState.IN_PROGRESS: "in progress", ActionState.DONE: "done",
             ActionState.DROPPED: "will not be done"}.get(ActionState(what.state), "")  # fmt: skip
    age = f"{'open for' if item.is_live else 'took'} {days(item.age(now))}"
    facts = [
        "idea, not a commitment" if what.candidate else "", state, when(item, today) if item.is_live else "",
        KINDS.get(ActionKind(what.action_kind), "") if what.action_kind in set(ActionKind) else "",
        "owned by the product team" if what.product else "", age,
    ]  # fmt: skip
    about = [f"because: {clean_line(what.reason)}"] if what.reason else []
    about += [f"about: {clip(clean_line(cause), 60)}" for cause in causes]
    return Content.assemble(
        (clean_line(what.text), "bold"), "\n",
        (f"{reference(item.incident)} ", "bold"), badges.severity_badge(item.severity), f" {clean_line(item.title)}\n",
        (" · ".join(fact for fact in facts if fact), "$text-muted"), "\n",
        Content("  ").join([Content(clean_line(words)) for words in (what.link, *about) if words]),
    )  # fmt: skip


def title(figures: Figures, how: str, drills: int) -> Content:
    """What stands above the list: how many are kept, and what is wrong. `drills`: how many items figures leave out."""
    overdue = Content.styled(f"   ‼ {figures.overdue} overdue", "bold $error") if figures.overdue else Content("")
    lacking = figures.incomplete
    words = f"   ? {lacking} without owner or date" if lacking else ""
    return Content.assemble(
        ("Action items", "bold"), (f"   by {how}", "$text-muted"), overdue, (words, "bold $warning"), "\n",
        (rate(figures) + (f" · {drills} from drills not counted" if drills else ""), "$text-muted"),
    )  # fmt: skip
