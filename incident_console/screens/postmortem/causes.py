"""The tree of causes and the fishbone: each answer with its evidence, category and mark, and what it raises."""

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from incident_console.domain.cause_advice import Advice
from incident_console.domain.causes import MARK_NAMES, Category, Link, Mark, chain, question
from incident_console.domain.fishbone import draw, fish
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import ActionState
from incident_console.domain.when import clock_time
from incident_console.screens.postmortem.place import PostmortemPlace
from incident_console.widgets.pick_entries import PickEntries
from incident_console.widgets.questions import Choose
from incident_console.widgets.why_tree import WhyTree

MOVES = ("up", "down", "indent", "outdent")


class CauseKeys(PostmortemPlace):
    """What the keys of the tree do."""

    _advice: tuple[Advice, ...] = ()

    def causes_panes(self) -> ComposeResult:
        """The widgets of these panes."""
        with Vertical(id="causes", classes="pane"):
            yield WhyTree(id="whys")
            yield Static(id="cause")
        with VerticalScroll(id="fishbone", classes="pane"):
            yield Static(id="fish")

    @property
    def whys(self) -> WhyTree:
        return self.query_one(WhyTree)

    def show_causes(self) -> None:
        """The tree anew, the cursor on its cause."""
        self._advice = self.attempt(lambda: self.desk.cause_advice(self.incident_id)) or ()
        advised = {each.why_id for each in self._advice}
        self.whys.show(self.incident.title, chain(self.incident), advised)
        self._show_cause()

    def show_fishbone(self) -> None:
        width = max(40, self.size.width - 4)
        self.query_one("#fish", Static).update(Content("\n".join(draw(fish(self.incident), width))))

    @on(WhyTree.Reached)
    def _show_cause(self) -> None:
        """The whole of the cause under the cursor, below the tree."""
        link = self.whys.link
        parts = self._whole_tree() if link is None else [*self._about(link)]
        advice = [each.sentence for each in self._advice if each.why_id == (link.why.id if link else None)]
        said = [Content.styled(f"? {clean_line(sentence)}", "$accent") for sentence in advice]
        self.query_one("#cause", Static).update(Content("\n").join([*parts, *said]))

    def _whole_tree(self) -> list[Content]:
        if self.incident.whys:
            return [Content(question(self.incident.title))]
        return [
            Content("Press enter and say how it came about. A problem may have several causes: tab adds one beside.")
        ]

    def _about(self, link: Link) -> list[Content]:
        why = link.why
        words = [Content.assemble((f"{link.label} ", "bold"), Content(clean_line(why.answer)))]
        marks = [MARK_NAMES[Mark(why.mark)]] if why.mark in set(Mark) else []
        marks += [clean_line(why.category)] if why.category else []
        items = [item for item in self.incident.actions if why.id in item.causes and item.state != ActionState.DROPPED]
        marks += [f"{len(items)} action item(s)"] if items else []
        words += [Content.styled(" · ".join(marks), "$text-muted")] if marks else []
        return [*words, *map(self._evidence, why.evidence[:3])]

    def _evidence(self, event_id: str) -> Content:
        entry = self.attempt(lambda: self.desk.entry_of(event_id))
        if entry is None:
            return Content("evidence: an entry that is not there any more")
        when = clock_time(entry.occurred_at, self.desk.zone)
        return Content.assemble(("evidence: ", "$text-muted"), f"{when} {clip(clean_line(entry.text[:300]), 120)}")

    @on(WhyTree.Asked)
    def _asked(self, event: WhyTree.Asked) -> None:
        link = event.link
        if event.what in MOVES and link is not None:
            self.attempt(lambda: self.desk.move_why(self.incident_id, link.why.id, event.what))
            self.reload()
        elif event.what == "remove" and link is not None:
            self._remove_cause(link)
        elif event.what == "add" or link is None:
            self._add_cause(link.why.id if link is not None else None, self._above(link))
        elif event.what == "beside":
            self._add_cause(link.parent, self._above_of(link), link.why.id)
        else:
            self._change_cause(event.what, link)

    def _above(self, link: Link | None) -> str:
        return link.why.answer if link is not None else self.incident.title

    def _above_of(self, link: Link) -> str:
        return next((why.answer for why in self.incident.whys if why.id == link.parent), self.incident.title)

    def _remove_cause(self, link: Link) -> None:
        if self.attempt(lambda: self.desk.remove_why(self.incident_id, link.why.id)) is not None:
            below = f" with {link.below} below it" if link.below else ""
            self.notify(f"{link.label} is out of the tree{below}. z brings it back.", markup=False)
        self.reload()

    @work
    async def _add_cause(self, parent: str | None, above: str, beside: str = "") -> None:
        """Below a cause, or beside one."""
        hint = Content("a condition, not a person · enter saves, enter again goes deeper · esc keeps it for later")
        key = f"why:{self.incident_id}:{parent}"

        def save(answer: str) -> str:
            if not answer.strip():  # leaves as esc does
                return ""
            if beside:
                return self.desk.add_beside(self.incident_id, answer, beside)
            return self.desk.add_why(self.incident_id, answer, parent)

        added = await self.ask_until(key, Content(question(clip(clean_line(above), 140))), save, hint=hint)
        if added:
            self.reload()
            self.whys.select(added)

    @work
    async def _change_cause(self, what: str, link: Link) -> None:
        match what:
            case "change":
                await self._reword(link)
            case "evidence":
                await self._back_it(link)
            case "category":
                await self._sort(link)
            case "mark":
                await self._mark(link)
        self.reload()

    async def _reword(self, link: Link) -> None:
        key = f"why-edit:{link.why.id}"
        await self.ask_until(
            key, Content(f"Answer {link.label}"),
            lambda answer: self.desk.change_why(self.incident_id, link.why.id, answer), link.why.answer,
        )  # fmt: skip

    async def _back_it(self, link: Link) -> None:
        entries = self.attempt(lambda: self.desk.entries(self.incident_id)) or ()
        title = Content.assemble(("What backs it: ", "bold"), clip(clean_line(link.why.answer), 100))
        chosen = await self.app.push_screen_wait(PickEntries(title, entries, link.why.evidence, self.desk.zone))
        if chosen is not None and chosen != link.why.evidence:
            self.attempt(lambda: self.desk.change_why(self.incident_id, link.why.id, evidence=chosen))

    async def _sort(self, link: Link) -> None:
        options = [(each.value, Content(each.value)) for each in Category] + [("none", Content("not sorted yet"))]
        chosen = await self.app.push_screen_wait(
            Choose(Content("What sort of cause is it"), options, link.why.category)
        )
        if chosen is not None:
            sort = "" if chosen == "none" else chosen
            self.attempt(lambda: self.desk.change_why(self.incident_id, link.why.id, category=sort))

    async def _mark(self, link: Link) -> None:
        options = [(mark.value, Content(name)) for mark, name in MARK_NAMES.items()]
        options.append(("none", Content("a step on the way")))
        chosen = await self.app.push_screen_wait(Choose(Content("What do you make of it"), options, link.why.mark))
        if chosen is not None:
            mark = "" if chosen == "none" else chosen
            self.attempt(lambda: self.desk.change_why(self.incident_id, link.why.id, mark=mark))
