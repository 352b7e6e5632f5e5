"""What a filter of the timeline means: words, `kind:decision` or `/decision`, `@sam`, `pinned`, `parked`. Pure."""

from typing import Final

from incident_console.domain.frozen import frozen
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import EntryKind, RecordKind

FLAGS: Final = ("pinned", "parked", "evidence")
KINDS: Final = frozenset({*(kind.value for kind in EntryKind), *(kind.value for kind in RecordKind)})


@frozen
class Filter:
    """What an entry must be to be shown; everything that is empty does not matter."""

    kinds: tuple[str, ...] = ()
    """Any of these."""
    person: str = ""
    """Who wrote it; the start of a name is enough."""
    flag: str = ""
    """`pinned`, `parked` or `evidence`."""
    words: str = ""
    """Text that it holds."""

    @property
    def is_empty(self) -> bool:
        return self == Filter()


def read_filter(text: str) -> Filter:
    """The filter that somebody typed; a word that is none of the forms is text."""
    kinds, words = list[str](), list[str]()
    person = flag = ""
    for word in clean_line(text).split():
        kind = word.lower().removeprefix("kind:").removeprefix("/")
        if kind != word.lower() and kind in KINDS:
            kinds.append(kind)
        elif word.startswith("@") and len(word) > 1:
            person = word[1:]
        elif word.lower() in FLAGS and not flag:
            flag = word.lower()
        else:
            words.append(word)
    return Filter(tuple(kinds), person, flag, " ".join(words))
