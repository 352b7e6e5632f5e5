"""Finds and reads the packs of TOML that people can replace: a company's own folder first, then what is shipped."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from incident_console.domain.text import clean

if TYPE_CHECKING:
    from pydantic import BaseModel

LARGEST: Final = 1_000_000
"""A pack file may have this many bytes; a larger one is somebody's mistake."""


class ContentTrouble(Exception):
    """A pack that cannot be used; the text names the file, the key and the reason."""


def shipped() -> Path:
    """The packs that came with the program: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "_data"
    return inside if inside.is_dir() else package.parent / "data"


def read_pack(name: str, folder: Path | None) -> tuple[dict[str, Any], Path | None]:
    """The parsed file and, where it is a company's own, its path (it still has to be checked)."""
    if folder is not None and not folder.is_dir():
        raise ContentTrouble(f"{folder} is not a folder. Name the folder of your content pack with --content.")
    own = folder / name if folder is not None and (folder / name).exists() else None
    return parse(own or shipped() / name), own


def parse(path: Path) -> dict[str, Any]:
    """A TOML file as data; raises ContentTrouble when it cannot be read or is not TOML."""
    import tomllib

    try:
        if path.stat().st_size > LARGEST:
            raise ContentTrouble(f"{path}: larger than {LARGEST} bytes. Make it smaller.")
        return {key: _safe(value) for key, value in tomllib.loads(path.read_text("utf-8")).items()}
    except OSError as error:
        raise ContentTrouble(f"{path}: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ContentTrouble(f"{path}: not valid TOML: {error}.") from error


def _safe(value: Any) -> Any:
    """Text in packs is somebody's text, too: nothing in it reaches a terminal as it is."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return list(map(_safe, value))
    return {key: _safe(each) for key, each in value.items()} if isinstance(value, dict) else value


def check(model: "type[BaseModel]", data: dict[str, Any], path: Path) -> None:
    """Hold data against a model; raises ContentTrouble with the first thing that does not fit."""
    from pydantic import ValidationError

    try:
        model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "the file"
        said = PLAIN.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise ContentTrouble(f"{path}: {key}: {said}.") from error


PLAIN: Final = {
    "extra_forbidden": "there is no such key here; check its spelling",
    "missing": "this key is needed",
    "string_too_short": "it is empty",
    "string_type": "this must be text in quotes",
    "int_type": "this must be a whole number",
    "bool_type": "this must be true or false",
    "list_type": "this must be a list in brackets",
}
"""What is wrong, in words for whoever wrote the file."""
