"""Message templates from TOML. The shipped ones are checked by the tests, a company's own whenever they are loaded; one
bad file of theirs costs that file and nothing else."""

import os
import re
from pathlib import Path
from typing import Any, Final

from incident_console.content.packs import ContentTrouble, check, parse, shipped
from incident_console.domain.templates import COMPUTED, FORMS, PHASES, PLACEHOLDER, Catalog, Field, Template, Words
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import MESSAGE_NAMES, SEVERITIES, MessageKind

KIND: Final = re.compile(r"[a-z][a-z_]{0,39}")
"""What a kind of message may be called, and so its file."""

_MEANT: Final = re.compile(r"\$(?![a-z])[A-Z_{]\w*\}?")
"""Looks like a placeholder and is none: it would stand in the message as it is."""


def load_catalog(folder: Path | None) -> Catalog:
    """Every shipped template, and those of a company's folder in their place or beside them. A file that cannot be used
    is named in the catalog's troubles; raises ContentTrouble only when there is no such folder."""
    found = {kind.value: load_template(kind, None) for kind in MessageKind}
    paths, troubles = _own_files(folder)
    for path in paths:
        try:
            found[path.stem] = _own(path)
        except ContentTrouble as trouble:
            troubles.append(str(trouble))
    return Catalog(tuple(found.values()), tuple(clip(clean_line(trouble), 500) for trouble in troubles))


def load_template(kind: str, folder: Path | None) -> Template:
    """The template of a kind, a company's own first; raises ContentTrouble with file, key and reason."""
    for path in _own_files(folder)[0]:
        if path.stem == kind:
            return _own(path)
    if kind not in set(MessageKind):
        raise ContentTrouble(f"There is no template for “{clip(clean_line(kind), 40)}”.")
    return _template(parse(shipped() / "templates" / f"{kind}.toml"), "default")


def _own_files(folder: Path | None) -> tuple[list[Path], list[str]]:
    """The templates of a company's folder by name, and why they cannot be listed. Hidden files are what editors leave
    behind."""
    if folder is None:
        return [], []
    if not folder.is_dir():
        raise ContentTrouble(f"{folder} is not a folder. Name the folder of your content pack with --content.")
    place = folder / "templates"
    try:
        names = sorted(os.listdir(place)) if os.path.lexists(place) else []
    except OSError as error:
        return [], [f"{place}: {error.strerror}."]
    return [place / name for name in names if name.endswith(".toml") and not name.startswith(".")], []


def _own(path: Path) -> Template:
    """A company's template that passed every check."""
    if not KIND.fullmatch(path.stem):
        raise ContentTrouble(f"{path}: the file: its name may have lower-case letters and underscores only.")
    data = parse(_file(path))
    from incident_console.content.template_models import TemplateModel

    check(TemplateModel, data, path)
    template = _template(data, clean_line(path.parent.parent.resolve().name) or "own")
    _cross_check(template, path)
    return template


def _file(path: Path) -> Path:
    """A pipe or a device would never come to an end; what cannot even be looked at is left to the reading."""
    if path.is_dir():
        raise ContentTrouble(f"{path}: the file: this is a folder. Rename it or take it away.")
    if path.exists() and not path.is_file():
        raise ContentTrouble(f"{path}: the file: this is not an ordinary file.")
    return path


def _template(data: dict[str, Any], source: str) -> Template:
    fields = tuple(
        Field(each["name"], each["label"], each["required"], each["help"], each["example"]) for each in data["fields"]
    )
    kind, body, outside = data["kind"], data["body"], data.get("outside")
    return Template(
        kind, data["version"], tuple(map(str, data["audiences"])), data["subject"], body, fields, source,
        name=data.get("name") or _name(kind),
        phases=tuple(data.get("phases", PHASES)),
        severities=tuple(data.get("severities", SEVERITIES)),
        forms=tuple(data.get("forms", FORMS)),
        tone=tuple(data.get("tone", ())),
        promises=data.get("promises", _promises(body)),
        outside=Words(outside["subject"], outside["body"]) if outside is not None else None,
    )  # fmt: skip


def _name(kind: str) -> str:
    return MESSAGE_NAMES[MessageKind(kind)] if kind in set(MessageKind) else kind.replace("_", " ")


def _cross_check(template: Template, path: Path) -> None:
    """What no single key shows: the file's kind, names used twice, placeholders that mean nothing, a promise that is
    not in the text."""
    if template.kind != path.stem:
        raise ContentTrouble(f"{path}: kind: must be “{path.stem}”, as the file is called.")
    names = [field.name for field in template.fields]
    for name in names:
        if names.count(name) > 1 or name in COMPUTED:
            raise ContentTrouble(f"{path}: fields: “{name}” is used twice or is a computed value. Rename it.")
    for key, words in _all_words(template):
        _placeholders(words.subject, {*names, *COMPUTED}, f"{path}: {key}subject")
        _placeholders(words.body, {*names, *COMPUTED}, f"{path}: {key}body")
    if template.promises != _promises(template.body):
        raise ContentTrouble(f"{path}: promises: must be true where the body has $next_update, and false elsewhere.")
    if template.outside is not None and _promises(template.outside.body) != template.promises:
        raise ContentTrouble(f"{path}: outside.body: must have $next_update where body has it, and not elsewhere.")


def _all_words(template: Template) -> tuple[tuple[str, Words], ...]:
    """What it says to everybody and to people outside, each with where that stands in the file."""
    said = ("", Words(template.subject, template.body))
    return (said, ("outside.", template.outside)) if template.outside is not None else (said,)


def _promises(body: str) -> bool:
    return "next_update" in PLACEHOLDER.findall(body)


def _placeholders(pattern: str, known: set[str], where: str) -> None:
    for name in PLACEHOLDER.findall(pattern):
        if name not in known:
            raise ContentTrouble(f"{where}: there is no field or computed value ${name}.")
    odd = _MEANT.search(pattern)
    if odd is not None:
        raise ContentTrouble(f"{where}: {odd[0]} is not how a value is written. Write it like $impact.")
