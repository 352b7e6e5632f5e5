"""Message templates from TOML. The shipped ones are checked by the tests, a company's own whenever they are loaded."""

from pathlib import Path
from typing import Any

from incident_console.content.packs import ContentTrouble, check, read_pack
from incident_console.domain.comms import COMPUTED, PLACEHOLDER, Field, Template


def load_template(kind: str, folder: Path | None) -> Template:
    """The template of a kind; raises ContentTrouble with file, key and reason."""
    data, own = read_pack(f"templates/{kind}.toml", folder)
    if own is not None:
        from incident_console.content.models import TemplateModel

        check(TemplateModel, data, own)
    template = _template(data, own)
    if own is not None:
        _cross_check(template, kind, own)
    return template


def _template(data: dict[str, Any], own: Path | None) -> Template:
    fields = tuple(
        Field(each["name"], each["label"], each["required"], each["help"], each["example"]) for each in data["fields"]
    )
    source = own.parent.parent.name if own is not None else "default"
    return Template(
        data["kind"], data["version"], tuple(data["audiences"]), data["subject"], data["body"], fields, source
    )


def _cross_check(template: Template, kind: str, own: Path) -> None:
    """What no single key shows: the file's kind, names used twice, placeholders that mean nothing."""
    if template.kind != kind:
        raise ContentTrouble(f"{own}: kind: must be “{kind}”, as the file is called.")
    names = [field.name for field in template.fields]
    for name in names:
        if names.count(name) > 1 or name in COMPUTED:
            raise ContentTrouble(f"{own}: fields: “{name}” is used twice or is a computed value. Rename it.")
    for key, pattern in (("subject", template.subject), ("body", template.body)):
        for name in PLACEHOLDER.findall(pattern):
            if name not in names and name not in COMPUTED:
                raise ContentTrouble(f"{own}: {key}: there is no field or computed value ${name}.")
