"""What happens afterwards: the postmortem's sections, the tree of causes, action items."""

from typing import ClassVar

from incident_console.domain.events.form import Body
from incident_console.domain.frozen import frozen


@frozen
class PostmortemWritten(Body):
    """One section of the postmortem reads like this now."""

    kind: ClassVar[str] = "postmortem_written"
    section: str
    text: str
    base: str | None = None
    """The id of the version that the writer had before them; empty when there was none, None when nobody looked."""
    settles: tuple[str, ...] = ()
    """Ids of other people's versions that this text takes the place of."""


@frozen
class WhyAdded(Body):
    """A cause: how the thing above it came about. The event's id is the cause's id."""

    kind: ClassVar[str] = "why_added"
    answer: str
    parent: str | None = None
    """The id of the cause that this one explains; None: it explains the problem itself."""
    evidence: tuple[str, ...] = ()
    """Ids of the timeline events that back it."""
    category: str = ""
    """technical, process, human or organisational; empty while nobody said."""
    mark: str = ""
    """root, contributing or ruled_out; empty for a step on the way."""


@frozen
class WhyChanged(Body):
    """A cause reads differently now; every field stands for itself."""

    kind: ClassVar[str] = "why_changed"
    target: str
    answer: str
    evidence: tuple[str, ...] = ()
    category: str = ""
    mark: str = ""


@frozen
class WhyMoved(Body):
    """A cause, with all below it, stands elsewhere now."""

    kind: ClassVar[str] = "why_moved"
    target: str
    parent: str | None
    before: str | None = None
    """The sibling in front of which it stands; None: behind all."""


@frozen
class WhyRemoved(Body):
    """A cause and everything below it left the tree."""

    kind: ClassVar[str] = "why_removed"
    target: str


@frozen
class LensAnswered(Body):
    """What a cause means for what we build."""

    kind: ClassVar[str] = "lens_answered"
    target: str
    """The id of the cause."""
    answer: str
    roadmap: bool = False
    """Whether it is kept as evidence for the roadmap."""


@frozen
class ActionAdded(Body):
    """An action item; the event's id is its id."""

    kind: ClassVar[str] = "action_added"
    text: str
    action_kind: str = "prevent"
    owner: str = ""
    due: str = ""
    """ISO date, or empty while nobody promised one."""
    link: str = ""
    causes: tuple[str, ...] = ()
    """Ids of the causes that it is about."""
    product: bool = False
    """Whether the product team owns it."""
    candidate: bool = False
    """An idea from the discussion that nobody has taken on yet."""


@frozen
class ActionChanged(Body):
    """An action item reads differently now; every field stands for itself."""

    kind: ClassVar[str] = "action_changed"
    target: str
    text: str
    action_kind: str = "prevent"
    owner: str = ""
    due: str = ""
    link: str = ""
    causes: tuple[str, ...] = ()
    product: bool = False
    candidate: bool = False


@frozen
class ActionMoved(Body):
    """An action item is open, in progress, done or will not be done."""

    kind: ClassVar[str] = "action_moved"
    target: str
    state: str
    reason: str = ""
    """Why it will not be done."""


@frozen
class Reviewed(Body):
    """The postmortem is finished."""

    kind: ClassVar[str] = "reviewed"
    reason: str = ""
    """Why it is finished although something is missing, such as action items."""
