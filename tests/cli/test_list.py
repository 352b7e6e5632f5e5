"""`list`: what is open, what is closed, and how far each postmortem is."""

from tests.cli.conftest import Command


def closed(ic: Command, title: str) -> str:
    """Declare an incident and close it; returns its reference."""
    reference: str = ic("declare", title, "--severity", "2", "--json").json["reference"]
    assert ic("status", reference, "closed").code == 0
    return reference


def line(ic: Command, reference: str) -> str:
    return next(each for each in ic("list", "--all").out.splitlines() if each.startswith(f"{reference} "))


def test_list_all_says_how_far_each_postmortem_is(ic: Command) -> None:
    first, second, third = (closed(ic, title) for title in ("Search slow", "Checkout failing", "Mails late"))
    running = ic("declare", "Login loop", "--severity", "3", "--json").json["reference"]
    assert ic("postmortem", second, "--action", "check indexes", "--owner", "sam", "--due", "+14d").code == 0
    assert ic("postmortem", third, "--close", "--reason", "nothing to do").code == 0

    assert line(ic, first).endswith("; postmortem not begun)")
    assert line(ic, second).endswith("; postmortem begun, 1 action item open)")
    assert line(ic, third).endswith("; postmortem finished)")
    assert "postmortem" not in line(ic, running)
    assert "INC-1 " not in ic("list").out

    states = {each["reference"]: each["postmortem"] for each in ic("list", "--all", "--json").json["incidents"]}
    assert states == {first: "none", second: "begun", third: "finished", running: "none"}


def test_a_resolved_incident_is_open_and_says_what_is_left(ic: Command) -> None:
    reference = ic("declare", "Search slow", "--severity", "2", "--json").json["reference"]
    ic("status", reference, "resolved")
    (only,) = ic("list").out.splitlines()
    assert "resolved" in only
    assert only.endswith("; postmortem not begun)")


def test_where_only_closed_ones_are_left_it_says_how_to_list_them(ic: Command) -> None:
    assert ic("list").err.count("\n") == 1
    closed(ic, "Search slow")
    said = ic("list")
    assert said.out == ""
    assert said.err.startswith("No incident is open.")
    assert said.err.endswith("1 is closed. List them with: incident-console list --all\n")
