"""A company's own templates: they take the place of what is shipped or stand beside it, or are refused by name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from incident_console.content.packs import LARGEST, ContentTrouble
from incident_console.content.templates import load_catalog, load_template
from incident_console.domain.templates import FORMS, PHASES, Catalog, Words
from incident_console.domain.vocabulary import MessageKind
from tests.console import environment

KINDS = [kind.value for kind in MessageKind]
CATALOG = load_catalog(None)

OWN = '''
kind = "vendor_note"
version = 3
audiences = ["internal"]
subject = "$title"
body = """
What we see: $impact
Ticket: $ticket
Next update: $next_update
"""
[[fields]]
name = "impact"
label = "what we see"
required = true
help = "In one sentence."
example = "calls fail"
[[fields]]
name = "ticket"
label = "ticket"
required = false
help = "Their number for it."
example = "4711"
'''


def pack(folder: Path, name: str, text: str) -> Path:
    place = folder / "templates" / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, "utf-8")
    return place


def test_a_company_adds_a_kind_and_replaces_another(tmp_path: Path) -> None:
    pack(tmp_path, "vendor_note.toml", OWN)
    pack(tmp_path, "brief.toml", OWN.replace("vendor_note", "brief"))
    catalog = load_catalog(tmp_path)
    own = catalog.get("vendor_note")
    assert own is not None
    assert (own.name, own.label, own.forms, own.phases) == (
        "vendor note",
        f"{tmp_path.name}/vendor_note v3",
        FORMS,
        PHASES,
    )
    assert own.promises
    brief = catalog.get("brief")
    assert brief is not None
    assert (brief.name, brief.version) == ("brief update", 3)
    assert [each.kind for each in catalog.templates] == [*KINDS, "vendor_note"]
    assert load_template("vendor_note", tmp_path) == own


def refused(folder: Path, name: str = "vendor_note.toml") -> str:
    """The one trouble of a folder; everything that is shipped must be there all the same."""
    catalog = load_catalog(folder)
    assert [each.label for each in catalog.templates] == [each.label for each in CATALOG.templates]
    (trouble,) = catalog.troubles
    assert trouble.startswith(f"{folder / 'templates' / name}: ")
    assert "\n" not in trouble
    return trouble.removeprefix(f"{folder / 'templates' / name}: ")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('kind = "vendor_note"', 'kind = "vendor"'), "kind: must be “vendor_note”, as the file is called."),
        (('kind = "vendor_note"', 'kind = "Vendor"'), "kind: "),
        (('kind = "vendor_note"\n', ""), "kind: this key is needed"),
        (('subject = "$title"\n', ""), "subject: this key is needed"),
        (('subject = "$title"', 'subject = "  "'), "subject: "),
        (('subject = "$title"', 'subject = 3'), "subject: "),
        (('subject = "$title"', 'subject = "$body"'), "subject: there is no field or computed value $body."),
        (('subject = "$title"', 'subject = "${title}"'), "subject: ${title} is not how a value is written."),
        (("body = ", "bodi = "), "body: this key is needed"),
        (("What we see: $impact", "What we see: $imapct"), "body: there is no field or computed value $imapct."),
        (("What we see: $impact", "$body $impact"), "body: there is no field or computed value $body."),
        (("What we see: $impact", "$subject $impact"), "body: there is no field or computed value $subject."),
        (("What we see: $impact", "$Impact $impact"), "body: $Impact is not how a value is written."),
        (("version = 3", "version = 0"), "version: "),
        (("version = 3", "version = true"), "version: "),
        (("version = 3", "version = 3\nmood = 2"), "mood: "),
        (("version = 3", 'version = 3\nphases = ["later"]'), "phases.0: "),
        (("version = 3", "version = 3\nphases = []"), "phases: "),
        (("version = 3", 'version = 3\nforms = ["fax"]'), "forms.0: "),
        (("version = 3", "version = 3\nseverities = [5]"), "severities.0: "),
        (("version = 3", "version = 3\npromises = false"), "promises: must be true where the body has $next_update"),
        (("Next update: $next_update\n", ""), "promises: must be true"),
        (('audiences = ["internal"]', 'audiences = ["everybody"]'), "audiences.0: "),
        (('audiences = ["internal"]', "audiences = []"), "audiences: "),
        (('name = "ticket"', 'name = "impact"'), "fields: “impact” is used twice or is a computed value."),
        (('name = "ticket"', 'name = "severity"'), "fields: “severity” is used twice or is a computed value."),
        (('name = "ticket"', 'name = "a b"'), "fields.1.name: "),
        (('label = "ticket"', 'label = ""'), "fields.1.label: "),
        (("required = false", 'required = "no"'), "fields.1.required: "),
        (("required = false", "required = false\nsize = 3"), "fields.1.size: "),
        (('example = "4711"', ""), "fields.1.example: this key is needed"),
        (("version = 3", "version ="), "not valid TOML: "),
        (("version = 3", "version = 3\nversion = 4"), "not valid TOML: "),
        (("version = 3", f"deep = {'[' * 5000}{']' * 5000}"), "not valid TOML: "),
        (("version = 3", f"deep{'.a' * 5000} = 1\nversion = 3"), ""),
    ],
)  # fmt: skip
def test_a_bad_file_is_named_and_everything_else_works(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    text = OWN.replace(*change, 1)
    if change[0].startswith("Next"):
        text = text.replace("version = 3", "version = 3\npromises = true")
    assert text != OWN
    place = pack(tmp_path, "vendor_note.toml", text)
    assert refused(tmp_path).startswith(says)
    with pytest.raises(ContentTrouble) as trouble:
        load_template("vendor_note", tmp_path)
    assert str(trouble.value).startswith(f"{place}: {says}")


OUTSIDE = '''
[outside]
subject = "$services"
body = """
$impact
You hear from us by $next_update.
"""
'''


def test_words_for_people_outside_are_taken_over(tmp_path: Path) -> None:
    pack(tmp_path, "vendor_note.toml", OWN + OUTSIDE)
    own = load_catalog(tmp_path).get("vendor_note")
    assert own is not None
    assert own.outside == Words("$services", "$impact\nYou hear from us by $next_update.\n")
    pack(tmp_path, "vendor_note.toml", OWN)
    alike = load_catalog(tmp_path).get("vendor_note")
    assert alike is not None
    assert alike.outside is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('subject = "$services"\n', ""), "outside.subject: this key is needed"),
        (('subject = "$services"', 'subject = " "'), "outside.subject: "),
        (('subject = "$services"', 'subject = "$nobody"'), "outside.subject: there is no field or computed value $nobody."),
        (('subject = "$services"', 'subject = "${impact}"'), "outside.subject: ${impact} is not how a value is written."),
        (("$impact", "$imapct"), "outside.body: there is no field or computed value $imapct."),
        (("$impact", "$body"), "outside.body: there is no field or computed value $body."),
        (("by $next_update", "soon"), "outside.body: must have $next_update where body has it"),
        (("body = ", "bodi = "), "outside.body: this key is needed"),
        (("[outside]", "[outside]\nmood = 1"), "outside.mood: "),
        (("[outside]", "[[outside]]"), "outside: "),
    ],
)  # fmt: skip
def test_bad_words_for_people_outside_are_refused_by_key(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    text = OUTSIDE.replace(*change, 1)
    assert text != OUTSIDE
    pack(tmp_path, "vendor_note.toml", OWN + text)
    assert refused(tmp_path).startswith(says)


def test_a_bad_file_in_the_place_of_a_shipped_one_leaves_that_in_force(tmp_path: Path) -> None:
    pack(tmp_path, "update.toml", OWN)
    assert refused(tmp_path, "update.toml").startswith("kind: must be “update”")


def test_one_bad_file_does_not_hide_a_good_one_or_another_bad_one(tmp_path: Path) -> None:
    pack(tmp_path, "a.toml", "")
    pack(tmp_path, "b.toml", "x")
    pack(tmp_path, "vendor_note.toml", OWN)
    catalog = load_catalog(tmp_path)
    assert len(catalog.troubles) == 2
    assert catalog.get("vendor_note") is not None


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    place = pack(tmp_path, "vendor_note.toml", "#" * 10_000_000)
    assert refused(tmp_path) == f"larger than {LARGEST} bytes. Make it smaller."
    place.write_bytes(b"kind = '\xff'")
    assert refused(tmp_path).startswith("not valid TOML: ")
    place.unlink()
    place.mkdir()
    assert refused(tmp_path) == "the file: this is a folder. Rename it or take it away."
    place.rmdir()
    place.symlink_to(place)
    assert "symbolic links" in refused(tmp_path)
    place.unlink()
    place.symlink_to(tmp_path / "gone")
    assert refused(tmp_path) == "No such file or directory."
    place.unlink()
    os.mkfifo(place)
    assert refused(tmp_path) == "the file: this is not an ordinary file."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    place = pack(tmp_path, "vendor_note.toml", OWN)
    place.chmod(0)
    assert refused(tmp_path) == "Permission denied."


@pytest.mark.parametrize("name", ["Vendor.toml", "vendor-note.toml", "1.toml", "a b.toml", f"{'a' * 60}.toml"])
def test_a_file_with_an_odd_name_is_named(name: str, tmp_path: Path) -> None:
    pack(tmp_path, name, OWN)
    assert refused(tmp_path, name) == "the file: its name may have lower-case letters and underscores only."


def test_names_and_keys_that_would_act_on_a_terminal_are_shown_plainly(tmp_path: Path) -> None:
    pack(tmp_path, "a\x1b[2J\nb.toml", OWN)
    pack(tmp_path, "vendor_note.toml", OWN.replace("version = 3", 'version = 3\n"\\u001b[2J\\n" = 1'))
    troubles = load_catalog(tmp_path).troubles
    assert len(troubles) == 2
    assert not any(set(trouble) & set("\x1b\n") for trouble in troubles)
    assert all(len(trouble) <= 500 for trouble in troubles)


def test_what_is_no_template_is_left_alone(tmp_path: Path) -> None:
    for name in (".vendor_note.toml", "vendor_note.toml~", "README.md"):
        pack(tmp_path, name, "nothing")
    assert load_catalog(tmp_path) == CATALOG


def test_a_folder_without_templates_changes_nothing(tmp_path: Path) -> None:
    assert load_catalog(tmp_path) == CATALOG
    assert load_template("initial", tmp_path) == load_template("initial", None)
    with pytest.raises(ContentTrouble, match="is not a folder"):
        load_catalog(tmp_path / "nowhere")
    with pytest.raises(ContentTrouble, match="There is no template for “gossip”"):
        load_template("gossip", tmp_path)


@pytest.mark.parametrize("kind", ["../severity", "/etc/passwd", "", "initial.toml"])
def test_a_kind_is_never_a_path(kind: str) -> None:
    with pytest.raises(ContentTrouble):
        load_template(kind, None)


def test_templates_that_are_a_file_or_a_loop_are_named_and_the_shipped_ones_work(tmp_path: Path) -> None:
    place = tmp_path / "templates"
    place.write_text("")
    assert load_catalog(tmp_path) == Catalog(CATALOG.templates, (f"{place}: Not a directory.",))
    place.unlink()
    place.symlink_to(place)
    assert len(load_catalog(tmp_path).troubles) == 1


def test_pydantic_is_loaded_only_where_a_company_has_templates(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "none").mkdir()
    pack(tmp_path / "own", "vendor_note.toml", OWN)
    for folder, loaded in ((None, False), (tmp_path / "none", False), (tmp_path / "own", True)):
        path = f"Path({str(folder)!r})" if folder else "None"
        code = (
            "import sys; from pathlib import Path; from incident_console.content.templates import load_catalog; "
            f"load_catalog({path}); print('pydantic' in sys.modules)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=True
        )
        assert done.stdout == f"{loaded}\n"
