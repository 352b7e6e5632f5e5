"""The table of commands, and click, which reads their options. Each command's module is imported when it is called."""

import importlib
import os
from typing import Final

import click

from incident_console.cli.common import Session
from incident_console.cli.telling import EXIT_INTERRUPTED, EXIT_REFUSED, say

COMMANDS: Final = {
    "open": ("opening:open_", "Open the live screen of an incident."),
    "declare": ("declare:declare", "Declare an incident and print its reference."),
    "triage": ("triage:triage", "Say how bad it is, from facts or questions."),
    "reassess": ("triage:reassess", "Look at the severity again; a change needs a reason."),
    "log": ("write:log", "Add an entry to the timeline."),
    "severity": ("write:severity", "Change the severity, with a reason."),
    "status": ("write:status", "Change the status; it may go back."),
    "role": ("write:role", "Give a role to somebody; an empty name frees it."),
    "correct": ("write:correct", "Let an entry read differently; the old words stay readable."),
    "strike": ("write:strike", "Mark an entry as wrong; it stays readable."),
    "undo": ("write:undo", "Take back your last step on an incident."),
    "redo": ("write:redo", "Bring back what you undid last."),
    "do": ("room:do", "Carry out a line as the live screen would: /ask, /timer, /snooze …"),
    "decide": ("room:decide", "Record a decision with the options that were on the table."),
    "escalate": ("room:escalate", "Call somebody in; prints the message to send."),
    "checklist": ("room:checklist", "What is easily forgotten in this phase; tick it off."),
    "brief": ("room:brief", "Where things stand, for whoever takes over."),
    "promises": ("room:promises", "Every time of a next update that was promised; exit 1 if one was missed."),
    "room": ("room_mode:room", "The live room in plain lines, for screen readers and plain terminals."),
    "update": ("messages:update", "Write the next message to an audience; copy it, record it as sent."),
    "messages": ("sent:messages", "What went out to whom, word for word; export it."),
    "resend": ("sent:resend", "Record that the words of an earlier message went out once more."),
    "approve": ("sent:approve", "Approve a message that waits for it; one's own needs a reason."),
    "return": ("sent:return_", "Give a message back to its writer, with a reason."),
    "approvals": ("sent:approvals", "Which messages wait for whose approval; exit 1 if one waits."),
    "fact": ("accounts:fact", "Say what a fact is now; every message draws from it."),
    "facts": ("accounts:facts", "The facts that all messages draw from, and who holds older ones."),
    "account": ("accounts:account", "Put a customer on the list of key accounts; owner, tier, note."),
    "accounts": ("accounts:accounts", "Key accounts, and who was not told yet; exit 1 if one was not."),
    "check": ("check:check", "Ask about a message or a postmortem before it goes out."),
    "due": ("due:due", "Show what is due when; exit 1 if anything is overdue."),
    "list": ("read:list_", "List the incidents that are not closed."),
    "show": ("read:show", "Show one incident with its timeline."),
    "timeline": ("read:timeline", "Show the timeline of an incident."),
    "postmortem": ("learning:postmortem", "Write down why it happened; print or export it."),
    "actions": ("actions:actions", "Action items of all incidents; --overdue: exit 1 if any is."),
    "action": ("actions:action", "Add, change, start, finish or drop one action item."),
    "export": ("interchange:export_", "Write an incident as JSON, Markdown or HTML."),
    "import": ("interchange:import_", "Read an incident from an interchange file."),
    "completion": ("opening:completion", "Print the completion script for bash, zsh or fish."),
}
"""Every command: where it lives, and its line in the help. In the order of an incident."""


class LazyGroup(click.Group):
    """Knows its commands by name and imports one only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(f"incident_console.cli.{module}"), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="No command opens the board. Exit codes: 0 done, 1 the answer is no, 2 refused, 3 storage trouble.",
)
@click.option("--db", metavar="FILE", help="The database file (also INCIDENT_CONSOLE_DB).")
@click.option("--as", "actor", metavar="NAME", help="Who is writing (also INCIDENT_CONSOLE_ACTOR).")
@click.option("--content", metavar="DIR", help="A folder with your own severity.toml and templates.")
@click.version_option(package_name="incident-console", message="%(prog)s %(version)s", prog_name="incident-console")
@click.pass_context
def program(ctx: click.Context, db: str | None, actor: str | None, content: str | None) -> None:
    """Run product incidents from the terminal: declare, log, update, resolve, learn."""
    ctx.obj = Session(os.environ, db, actor, content)
    ctx.call_on_close(ctx.obj.close)
    if ctx.invoked_subcommand is None:
        from incident_console.cli.screen import open_board

        ctx.exit(open_board(ctx.obj))


def call(arguments: list[str]) -> int:
    """Carry out a command line; what click cannot read becomes one sentence on stderr and an exit code."""
    try:
        code = program.main(arguments, prog_name="incident-console", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        return say(error.format_message(), EXIT_REFUSED)
    except click.ClickException as error:
        return say(_usage(error), EXIT_REFUSED)
    except click.Abort:
        return say("Interrupted.", EXIT_INTERRUPTED)
    return code if isinstance(code, int) else 0


def _usage(error: click.ClickException) -> str:
    """click's own words as a sentence, and where to read more."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else "incident-console"
    words = error.format_message().rstrip(".")
    return f"{words}. Try: {path} --help"
