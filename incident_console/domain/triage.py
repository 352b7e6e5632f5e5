"""How bad is it: a level from facts, by rules that are data; why; and what would change it. Pure.

A rule names the mildest answers for which it holds, so a worse fact can only make the level worse."""

from typing import Final

from incident_console.domain.facts import FLAGS, LOWERING, NAMES, PHRASES, RAISING, SCALES, Facts, contradictions, rank
from incident_console.domain.frozen import frozen
from incident_console.domain.vocabulary import SEVERITIES, severity_label


@frozen
class Criterion:
    """Holds when every fact that it names is at least as bad as it says; a fact that it leaves out may be anything."""

    says: str = ""
    """The criterion in words, for the reasons."""
    function: str | None = None
    criticality: str | None = None
    affected: str | None = None
    workaround: str | None = None
    data_loss: bool = False
    security_breach: bool = False
    always: bool = False
    """Business context never makes it milder."""

    def holds(self, facts: Facts) -> bool:
        """Whether it is met; a fact that is not known does not meet anything."""
        scales = all(_reaches(key, getattr(facts, key), getattr(self, key)) for key in SCALES)
        return scales and all(getattr(facts, key) or not getattr(self, key) for key in FLAGS)


def _reaches(key: str, value: str | None, least: str | None) -> bool:
    return least is None or (value is not None and rank(key, value) >= rank(key, least))


@frozen
class Rules:
    """The criteria of a pack."""

    criteria: tuple[tuple[int, tuple[Criterion, ...]], ...]
    """(level, any of these); the worst level of which one holds is the level. Where none holds it is SEV4."""
    otherwise: str = ""
    """SEV4 in words."""
    sev1_if: tuple[Criterion, ...] = ()
    """Business context lifts an incident to SEV1 only where one of these holds; none given: always."""
    raise_if: tuple[Criterion, ...] = ()
    """Business context makes it worse at all only where one of these holds; none given: always."""


@frozen
class Verdict:
    """What triage found."""

    severity: int
    best: int
    """The mildest level that it could still be, once the unknown answers are known."""
    worst: int
    """The most severe one."""
    reasons: tuple[str, ...]
    would_raise: tuple[str, ...]
    """Single changes that would make it more severe, one phrase each."""
    would_lower: tuple[str, ...]
    unknown: tuple[str, ...]
    """The facts that nobody knows yet."""
    warnings: tuple[str, ...]
    """Answers that contradict each other."""


MILDEST: Final = SEVERITIES[-1]

WORST: Final = {key: scale[-1] for key, scale in SCALES.items()}
BEST: Final = {key: scale[0] for key, scale in SCALES.items()}


def assess(facts: Facts, rules: Rules) -> Verdict:
    """The verdict on any facts, also on none at all.

    A scale that is not known counts as its worst answer (domain: when unsure take the worse); lost data, a breach
    and business context count once somebody has said so, and widen the range until then.
    """
    severity = level_of(facts, rules)
    return Verdict(
        severity,
        level_of(_mildest(facts), rules),
        level_of(_gravest(facts), rules),
        _reasons(facts, rules, severity),
        tuple(_changes(facts, rules, severity, -1)),
        tuple(_changes(facts, rules, severity, 1)),
        facts.unknown,
        contradictions(facts),
    )


def level_of(facts: Facts, rules: Rules) -> int:
    """1 to 4."""
    reading = worse_reading(facts)
    usual = _level(reading, rules.criteria)
    fixed = _level(reading, tuple((level, tuple(c for c in some if c.always)) for level, some in rules.criteria))
    return min(fixed, _shifted(usual, reading, rules))


def worse_reading(facts: Facts) -> Facts:
    """The same facts with the worst answer wherever a scale is not known."""
    return facts.but(**{key: worst for key, worst in WORST.items() if getattr(facts, key) is None})


def _level(facts: Facts, criteria: tuple[tuple[int, tuple[Criterion, ...]], ...]) -> int:
    return min((level for level, some in criteria if any(c.holds(facts) for c in some)), default=MILDEST)


def shift(facts: Facts) -> int:
    """By how many levels the business context moves it: -1 is worse, 1 is milder, 0 when both or neither speak."""
    context = facts.context or ()
    worse, milder = any(word in RAISING for word in context), any(word in LOWERING for word in context)
    return int(milder) - int(worse)


def _shifted(usual: int, facts: Facts, rules: Rules) -> int:
    moved = min(MILDEST, max(1, usual + shift(facts)))
    if moved < usual and not _any(rules.raise_if, facts):
        return usual
    if moved == 1 < usual and not _any(rules.sev1_if, facts):
        return usual
    return moved


def _any(criteria: tuple[Criterion, ...], facts: Facts) -> bool:
    """Whether one holds; where none is given, nothing stands in the way."""
    return not criteria or any(criterion.holds(facts) for criterion in criteria)


def _gravest(facts: Facts) -> Facts:
    """The worst that the facts can still turn out to be."""
    open_flags = {key: True for key in FLAGS if getattr(facts, key) is None}
    context = RAISING if facts.context is None else facts.context
    return worse_reading(facts).but(**open_flags, context=context)


def _mildest(facts: Facts) -> Facts:
    """The mildest that they can still turn out to be."""
    known = {key: best for key, best in BEST.items() if getattr(facts, key) is None}
    open_flags = {key: False for key in FLAGS if getattr(facts, key) is None}
    context = LOWERING if facts.context is None else facts.context
    return facts.but(**known, **open_flags, context=context)


# --- why


def _reasons(facts: Facts, rules: Rules, severity: int) -> tuple[str, ...]:
    reading = worse_reading(facts)
    usual = _level(reading, rules.criteria)
    met = [c for level, some in rules.criteria if level == usual for c in some if c.holds(reading)]
    words = [criterion.says for criterion in met if criterion.always] or [criterion.says for criterion in met[:1]]
    found = [*(words or [rules.otherwise]), *_context_words(facts, usual, severity)]
    guessed = [key for key in SCALES if getattr(facts, key) is None]
    if guessed:
        named = ", ".join(NAMES[key] for key in guessed)
        found.append(f"not known yet: {named}; the worse reading counts")
    return tuple(found)


def _context_words(facts: Facts, usual: int, severity: int) -> list[str]:
    """What the business context did to the level, in words."""
    context = facts.context or ()
    if not context:
        return []
    named = ", ".join(PHRASES["context", word] for word in context)
    if severity < usual:
        return [f"one level worse: {named}"]
    if severity > usual:
        return [f"one level milder: {named}"]
    if shift(facts) == 0:
        return [f"worse and milder context outweigh each other: {named}"]
    return [f"the context does not move it further: {named}"]


def _changes(facts: Facts, rules: Rules, severity: int, direction: int) -> list[str]:
    """The nearest change of each single fact that would move the level in one direction."""
    found = []
    for key in SCALES:
        if (phrase := _scale_change(facts, rules, severity, direction, key)) is not None:
            found.append(phrase)
    flags = {key: level_of(facts.but(**{key: direction < 0}), rules) for key in FLAGS}
    told = [key for key, level in flags.items() if level * direction > severity * direction]
    if told:
        value = "true" if direction < 0 else "false"
        found.append(_if(flags[told[0]], " or ".join(PHRASES[key, value] for key in told)))
    words = RAISING if direction < 0 else LOWERING
    context = {word: level_of(facts.but(context=(*(facts.context or ()), word)), rules) for word in words}
    moving = [word for word, level in context.items() if level * direction > severity * direction]
    if moving:
        found.append(_if(context[moving[0]], f"the business context speaks for it: {_listed(moving)}"))
    return found


def _listed(words: list[str]) -> str:
    return ", ".join(word.replace("_", " ") for word in words)


def _scale_change(facts: Facts, rules: Rules, severity: int, direction: int, key: str) -> str | None:
    scale = SCALES[key]
    place = rank(key, getattr(worse_reading(facts), key))
    candidates = scale[place + 1 :] if direction < 0 else scale[:place][::-1]
    for value in candidates:
        level = level_of(facts.but(**{key: value}), rules)
        if level != severity:
            return _if(level, PHRASES[key, value])
    return None


def _if(level: int, phrase: str) -> str:
    return f"{severity_label(level)} if {phrase}"
