"""`resend`: what is no longer so in the words is said on standard error, and they are recorded all the same."""

from tests.cli.conftest import Command
from tests.cli.test_messages import FULL, ic1, sent

__all__ = ["ic1"]


def test_what_is_no_longer_so_is_said_on_standard_error(ic1: Command) -> None:
    ic1("update", "--audience", "internal", *FULL, "--sent")
    ic1("fact", "impact", "half of them")
    ic1("update", "--audience", "internal", "--set", "progress=news", "--set", "next_steps=watch", "--sent", "--force")
    again = ic1("resend", "1", "--audience", "internal", "--channel", "fax", "--force")
    assert again.code == 0
    assert again.err.splitlines() == [
        "It says otherwise: impact.",
        "They were told something newer since: #2.",
        "internal stakeholders #3 recorded as sent: the words of #1 once more.",
    ]
    assert again.out.startswith(f"{sent(ic1)[0]['subject']}\n")
    assert ic1("resend", "1", "--audience", "internal", "--force", "--json").json["resends"] == 1


def test_words_that_still_hold_are_sent_without_a_word(ic1: Command) -> None:
    ic1("update", "--audience", "internal", *FULL, "--sent")
    again = ic1("resend", "1", "--audience", "internal", "--channel", "fax")
    assert again.err == "internal stakeholders #2 recorded as sent: the words of #1 once more.\n"
    third = ic1("resend", "1", "--audience", "internal", "--channel", "pager")
    assert (
        third.err == "internal stakeholders #3 recorded as sent: the words of #1 once more.\n"
    )  # the same words are not newer
