"""The customers that are told one by one: who they are, who looks after them, who was told. Those who were not stand
first. What is said to them is written in the composer."""

from collections.abc import Callable
from typing import Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from incident_console.clipboard import copy
from incident_console.desk import Desk
from incident_console.domain.accounts import AccountRow, account_rows, find, untold
from incident_console.domain.events import Pairs
from incident_console.domain.incident import Account, Incident, lookup
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import Audience, Refused
from incident_console.screens import Copier, Following, GoBack, OpenComposer
from incident_console.widgets import badges
from incident_console.widgets.account_rows import account_detail, account_list, account_row
from incident_console.widgets.form import Cell, Row
from incident_console.widgets.key_bar import KeyBar
from incident_console.widgets.questions import Choose
from incident_console.widgets.rows import Rows, options

WHO: Final = Row("name *", (Cell("name", "how people call this customer"),))
REST: Final = (
    Row("owner", (Cell("owner", "who talks to them"),)),
    Row("tier", (Cell("tier", "gold, enterprise"),)),
)

NOTHING: Final = (
    "No key account is listed. n adds one: a customer who is told personally, with the person who talks to them.\n\n"
    "Then u writes to it, and the list says who was told and who still waits."
)


class AccountsScreen(Following):
    """A list of accounts, and all about the one under the cursor."""

    CSS_PATH = "accounts.tcss"
    AUTO_FOCUS = "#accounts"
    BINDING_GROUP_TITLE = "Key accounts"
    BINDINGS = [
        Binding("u", "update", "Write", id="accounts.update", tooltip="Write to the account under the cursor"),
        Binding("n", "new", "New", id="accounts.new", tooltip="Add an account: name, owner, tier"),
        Binding("a", "known", "Known", id="accounts.known", tooltip="Add one that is known from the pack or before"),
        Binding("e", "edit", "Edit", id="accounts.edit", tooltip="Change owner and tier"),
        Binding("o", "note", "Note", id="accounts.note", tooltip="Write down what to know about the account"),
        Binding("x", "drop", "Not hit", id="accounts.drop", tooltip="It is not affected: take it off the list"),
        Binding("y", "copy", "Copy", id="accounts.copy", tooltip="Copy the list for the account team"),
        Binding("z", "undo", "Undo", id="accounts.undo", tooltip="Take back your last step"),
        Binding("escape,b", "leave", "Back", id="accounts.leave", tooltip="Back to where you came from"),
        Binding("j", "move('cursor_down')", "Down", show=False, id="accounts.down", tooltip="Next account"),
        Binding("k", "move('cursor_up')", "Up", show=False, id="accounts.up", tooltip="Previous account"),
    ]

    def __init__(self, desk: Desk, incident_id: str, copier: Copier = copy) -> None:
        super().__init__(desk, copier)
        self.incident_id = incident_id
        self.incident = desk.incident(incident_id)
        self.rows: tuple[AccountRow, ...] = ()
        self.known: tuple[Account, ...] = ()
        """Accounts that may be hit, too: from the pack and from earlier incidents."""

    def whereabouts(self) -> tuple[str, str]:
        return self.incident_id, "at the key accounts"

    def compose(self) -> ComposeResult:
        yield Static(id="heading")
        with Container(id="work"):
            yield Rows(id="accounts")
            with VerticalScroll(id="detail"):
                yield Static(id="text")
        yield Static(Content(NOTHING), id="empty")
        yield Static(id="known")
        yield KeyBar()

    def on_mount(self) -> None:
        self.reload()

    def on_resize(self) -> None:
        self.set_class(self.size.width >= 110, "-wide")

    # --- what is shown

    @property
    def accounts(self) -> OptionList:
        return self.query_one("#accounts", OptionList)

    @property
    def row(self) -> AccountRow | None:
        """The one under the cursor."""
        place = self.accounts.highlighted
        return self.rows[place] if place is not None and place < len(self.rows) else None

    def reload(self) -> None:
        """Read what is true now; the cursor stays on its account."""
        incident = self.attempt(lambda: self.desk.incident(self.incident_id))
        if incident is None:
            return
        name = self.row.account.name if self.row is not None else ""
        self.incident = incident
        self.known = self.attempt(lambda: self.desk.known_accounts(incident)) or ()
        self.rows = account_rows(incident)
        self._fill_list(name)

    def _fill_list(self, name: str) -> None:
        now, zone = self.desk.now(), self.desk.zone
        rows = [account_row(row, self.incident, now, zone) for row in self.rows]
        self.accounts.set_options(options([(str(place), row) for place, row in enumerate(rows)]))
        self.query_one("#work").display = bool(rows)
        self.query_one("#empty").display = not rows
        self._select(name)
        self._heading()
        self._show_known()

    def _select(self, name: str) -> None:
        """Put the cursor on an account; the first one when it is not there."""
        names = [row.account.name for row in self.rows]
        self.accounts.highlighted = (names.index(name) if name in names else 0) if names else None
        self._show_detail()

    def _heading(self) -> None:
        incident, waiting = self.incident, len(untold(self.incident))
        told = f"{waiting} of {len(self.rows)} not told" if waiting else "all told" if self.rows else "none listed"
        heading = Content.assemble(
            badges.named(incident),
            " key accounts: ", (told, "bold $warning" if waiting else ""),
            (f"  {clip(clean_line(incident.title), 60)}", "$text-muted"),
        )  # fmt: skip
        self.query_one("#heading", Static).update(heading)

    def _show_known(self) -> None:
        names = ", ".join(clip(clean_line(each.name), 30) for each in self.known[:5])
        more = f" and {len(self.known) - 5} more" if len(self.known) > 5 else ""
        line = self.query_one("#known", Static)
        line.display = bool(self.known)
        line.update(Content(f"Known, not on this list: {names}{more}. a adds one of them."))

    @on(OptionList.OptionHighlighted)
    def _show_detail(self) -> None:
        if self.row is not None:
            self.query_one("#text", Static).update(account_detail(self.row, self.incident, self.desk.zone))

    def action_move(self, where: str) -> None:
        getattr(self.accounts, f"action_{where}")()

    def action_leave(self) -> None:
        self.post_message(GoBack())

    # --- the list

    @work(exclusive=True, group="account")
    async def action_new(self) -> None:
        key = f"account:{self.incident_id}:new"
        added = await self.fill(key, Content("A key account that is hit"), (WHO, *REST), (), self._add)
        if added is not None:
            self.reload()
            self._select(added.name)

    def _add(self, values: Pairs) -> Account:
        """List an account; what is known of it already needs no typing. Raises Refused for one that is listed."""
        name = lookup(values, "name")
        here = find(self.desk.incident(self.incident_id), name)
        if here is not None:
            raise Refused(f"{here.name} is on the list already. Leave with esc; e changes its owner and tier.")
        known = next((each for each in self.known if each.name.casefold() == name.casefold()), Account(name))
        owner, tier = lookup(values, "owner") or known.owner, lookup(values, "tier") or known.tier
        return self.desk.list_account(self.incident_id, known.name, owner, tier).accounts[-1]

    @work(exclusive=True, group="account")
    async def action_known(self) -> None:
        """One of those known from the pack and from earlier incidents."""
        if not self.known:
            self.notify("No other key account is known. Press n to add one by its name.", markup=False)
            return
        chosen = await self._which_known()
        if chosen is not None:
            self._do(lambda: self.desk.list_account(self.incident_id, chosen.name, chosen.owner, chosen.tier))
            self._select(chosen.name)

    async def _which_known(self) -> Account | None:
        known = self.known
        words = [" · ".join(clean_line(part) for part in (a.name, a.tier, a.owner) if part) for a in known]
        choices = [(str(place), Content(each)) for place, each in enumerate(words)]
        answer = await self.app.push_screen_wait(Choose(Content("Which of these is hit, too"), choices))
        return None if answer is None else known[int(answer)]

    def _chosen(self) -> Account | None:
        """The one under the cursor; where there is none that is said."""
        if self.row is None:
            self.notify("No key account is listed. Press n to add one.", markup=False)
            return None
        return self.row.account

    def _do(self, command: Callable[[], Incident]) -> None:
        if self.attempt(command) is not None:
            self.reload()

    @on(OptionList.OptionSelected)
    def action_update(self) -> None:
        if (account := self._chosen()) is not None:
            self.post_message(OpenComposer(self.incident_id, Audience.KEY_ACCOUNTS, account.name))

    @work(exclusive=True, group="account")
    async def action_edit(self) -> None:
        account = self._chosen()
        if account is not None and await self._edited(account) is not None:
            self.reload()

    async def _edited(self, account: Account) -> Incident | None:
        """Ask who owns it and its tier until that is saved; None when the person left."""
        pairs = (("owner", account.owner), ("tier", account.tier))
        preset = tuple((key, text) for key, text in pairs if text)
        return await self.fill(
            f"account:{self.incident_id}:{account.name}", Content(clip(account.name, 60)), REST, preset,
            lambda values: self.desk.list_account(
                self.incident_id, account.name, lookup(values, "owner"), lookup(values, "tier")
            ),
        )  # fmt: skip

    @work(exclusive=True, group="account")
    async def action_note(self) -> None:
        account = self._chosen()
        if account is None:
            return
        key = f"account-note:{self.incident_id}:{account.name}"
        hint = Content("what to know when talking to them · ctrl+s saves · esc leaves, what is typed is kept")
        await self.ask_text_until(
            key, Content(f"Note about {clip(account.name, 60)}"),
            lambda text: self.desk.note_account(self.incident_id, account.name, text), account.note, hint,
        )  # fmt: skip
        self.reload()

    @work(exclusive=True, group="account")
    async def action_drop(self) -> None:
        account = self._chosen()
        if account is None:
            return
        question = Content(f"{clip(account.name, 60)} is not affected: take it off the list? z brings it back")
        answers = [("yes", Content("Yes, take it off")), ("no", Content("No, keep it"))]
        if await self.app.push_screen_wait(Choose(question, answers)) == "yes":
            self._do(lambda: self.desk.drop_account(self.incident_id, account.name))

    def action_undo(self) -> None:
        if (what := self.attempt(lambda: self.desk.undo(self.incident_id))) is not None:
            self.notify(clip(f"Undone: {clean_line(what)}", 200), markup=False)
            self.reload()

    @work(exclusive=True, group="account")
    async def action_copy(self) -> None:
        if self._chosen() is not None:
            await self.copy_or_show(account_list(self.rows, self.incident, self.desk.now(), self.desk.zone))
