"""What it means for the product: one question for each cause that counts, and what the gap cost."""

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from incident_console.domain.assumptions import ASSUMPTIONS, Assumption, stated
from incident_console.domain.causes import asking, chain
from incident_console.domain.gap_cost import CostLine, cost_of
from incident_console.domain.incident import Why
from incident_console.domain.text import clean_line, clip
from incident_console.screens.postmortem.place import PostmortemPlace
from incident_console.widgets.rows import Rows, headed

LENS = "What does this mean for what we build"


class ProductKeys(PostmortemPlace):
    """What enter does on a row of this pane."""

    def product_pane(self) -> ComposeResult:
        """The widgets of this pane."""
        yield Rows(id="product", classes="pane")

    def show_product(self) -> None:
        """Causes with what they mean, assumptions, and the reckoning."""
        words = "Mark a root or contributing cause first (2, then r): each asks what it means."
        causes = [(f"lens:{link.why.id}", _lens(link.why)) for link in asking(chain(self.incident))] or [
            ("none", Content.styled(words, "$text-muted"))
        ]
        assumed = [(f"cost:{name}", self._assumption(name, each)) for name, each in ASSUMPTIONS.items()]
        lines = [(f"line:{line.name}", _line(line)) for line in cost_of(self.incident).lines]
        rows = [
            *headed("What each cause means for what we build", causes),
            *headed("What is assumed about the cost", assumed), *headed("What the gap cost", lines),
        ]  # fmt: skip
        self.fill_rows("#product", rows)

    def _assumption(self, name: str, each: Assumption) -> Content:
        value = stated(self.incident, name)
        return Content.assemble(
            (f"{each.words:<52}", "$text-muted"), value if value else Content.styled("nobody said", "$warning")
        )

    @on(OptionList.OptionSelected, "#product")
    @work
    async def _product_chosen(self, event: OptionList.OptionSelected) -> None:
        what, _, name = (event.option.id or "").partition(":")
        if what == "lens":
            await self._answer_lens(name)
        elif what == "cost":
            await self._assume(name)
        self.reload()

    async def _answer_lens(self, why_id: str) -> None:
        why = next((each for each in self.incident.whys if each.id == why_id), None)
        if why is None:
            return
        key = f"lens:{why_id}"
        question = Content(f"{LENS}: {clip(clean_line(why.answer), 120)}?")
        hint = Content(
            "no fallback → roadmap; migration at peak → release window · enter saves · g: evidence for the roadmap"
        )
        roadmap = why.roadmap
        await self.ask_until(
            key, question,
            lambda answer: self.desk.answer_lens(self.incident_id, why_id, answer, roadmap=roadmap), why.lens, hint,
        )  # fmt: skip

    async def _assume(self, name: str) -> None:
        key = f"assume:{self.incident_id}:{name}"
        each = ASSUMPTIONS[name]
        hint = Content(f"for example {each.example}; empty: nobody knows · enter saves · esc leaves")
        await self.ask_until(
            key, Content(each.words.capitalize()), lambda answer: self.desk.assume(self.incident_id, name, answer),
            self.incident.fact(name), hint,
        )  # fmt: skip

    def action_roadmap(self) -> None:
        """Keep what a cause means as evidence for the roadmap, or no longer."""
        what, _, name = self.row("#product").partition(":")
        why = next((each for each in self.incident.whys if what == "lens" and each.id == name), None)
        if self.elsewhere("product", "causes become evidence for the roadmap") or why is None:
            return
        if not why.lens:
            self.notify("Say first what it means: enter.", markup=False)
            return
        self.attempt(lambda: self.desk.answer_lens(self.incident_id, why.id, why.lens, roadmap=not why.roadmap))
        self.reload()

    def action_case(self) -> None:
        """The one-page case for reliability work, ready to copy."""
        words = self.attempt(lambda: self.desk.case(self.incident_id))
        if words is not None:
            self.show_words("The case for closing the gap", words)


def _lens(why: Why) -> Content:
    answer = Content(clip(clean_line(why.lens), 160)) if why.lens else Content.styled("not answered", "$warning")
    road = ("  ▲ roadmap", "$accent") if why.roadmap else ""
    return Content.assemble((f"{clip(clean_line(why.answer), 60)} → ", "$text-muted"), answer, road)


def _line(line: CostLine) -> Content:
    if line.value is None:
        return Content.assemble((f"{line.name:<26}", "$text-muted"), (line.how, "$warning"))
    how = (f"  {clean_line(line.how)}", "$text-muted")
    return Content.assemble((f"{line.name:<26}", "$text-muted"), (line.shown, "bold"), how)
