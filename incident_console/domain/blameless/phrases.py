"""Small pieces from which the patterns of the blameless check are put together. Nothing here knows a pack or a rule."""

import re
from collections.abc import Iterable
from typing import Final

IN_SENTENCE: Final = r"(?:[^.;!?\n]|\.(?=\w))"
"""One character of the same sentence; the dot of a version or a host name is one."""

NEW_SUBJECT: Final = (
    r"(?!\b(?:that|which|found|discovered|identified|reali[sz]ed|determined|noticed|when|because|while|as|and|but|"
    r"whose|where|it|this|these|after|until|so|asked|paged|saw|learned|learnt|confirmed|reverted|restored|suspected|"
    r"thought|believed|concluded|suspect|showed|whether|if)\b)"
)
"""Not followed by a word behind which somebody or something else acts."""


def room(most: int) -> str:
    """Up to so many characters of the same sentence in which nobody else starts to act, as few as will do."""
    return rf"(?:{NEW_SUBJECT}{IN_SENTENCE}){{0,{most}}}?"


def words(phrases: Iterable[str], plural: str = "") -> str:
    """A pattern for any of the phrases, the longest first; a space in them stands for any run of spaces."""
    by_letter: dict[str, list[str]] = {}
    for phrase in sorted({" ".join(phrase.lower().split()) for phrase in phrases}, key=len, reverse=True):
        by_letter.setdefault(phrase[0], []).append(phrase[1:])
    # Each first letter stands once, because that is what makes long lists quick.
    each = (f"{re.escape(letter)}(?:{'|'.join(map(_spaced, rests))})" for letter, rests in by_letter.items())
    return f"(?:{'|'.join(each)}){plural}"


def inflected(phrases: Iterable[str]) -> tuple[str, ...]:
    """The phrases, and those whose first word bears an ending: prevents, prevented, preventing."""
    each = (phrase.partition(" ") for phrase in phrases)
    return tuple("".join((form, gap, rest)) for first, gap, rest in each for form in _forms(first))


def _forms(word: str) -> tuple[str, ...]:
    stem, double = word.removesuffix("e"), word[-1] if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", word) else ""
    return (word, f"{word}s", f"{word}es", f"{stem}ed", f"{stem}ing", f"{word}{double}ed", f"{word}{double}ing")


def _spaced(phrase: str) -> str:
    """Both spellings of -ise are found by either."""
    return re.sub(r"(?<=[a-z]{3}i)s(?=e|ing)", "[sz]", re.escape(phrase).replace(r"\ ", r"\s+"))
