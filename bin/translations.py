"""Catalogues of texts: `update` gathers and compiles them, `check` fails while a text has no translation."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "translations"
LOCALE = "pt_BR"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")


def babel(*arguments: str | Path) -> None:
    """Run pybabel in the root of the project."""
    subprocess.run([Path(sys.executable).parent / "pybabel", "-q", *arguments], cwd=ROOT, check=True)


def gather(template: Path) -> None:
    """Write every text of code and templates to the template file."""
    babel("extract", "-F", "babel.cfg", "-k", "_l", "-k", "lazy_gettext", "--no-location", "--sort-output", "-o", template, ".")


def read(path: Path) -> Catalog:
    """The catalogue in a file."""
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def update() -> None:
    """Bring the catalogue up to date with code and templates, and compile it."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        gather(template)
        catalogue = CATALOGUES / LOCALE / "LC_MESSAGES" / "messages.po"
        catalogue.parent.mkdir(parents=True, exist_ok=True)
        if catalogue.exists():
            options = ("--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", "-w", "140")
            babel("update", "-i", template, "-d", CATALOGUES, "-l", LOCALE, *options)
        else:
            babel("init", "-i", template, "-d", CATALOGUES, "-l", LOCALE)
    babel("compile", "-d", CATALOGUES)
    problems = problems_of(catalogue)
    print(f"{len(problems)} texts need a translation in {catalogue.relative_to(ROOT)}")


def problems_of(catalogue: Path, texts: Catalog | None = None) -> list[str]:
    """What is wrong with a catalogue, one sentence each; `texts` are those it must have."""
    translated = read(catalogue)
    problems = []
    for text in texts or translated:
        if not text.id:
            continue
        found = translated.get(text.id, text.context)
        problems += [f"{problem}: {text.id}" for problem in _wrong_with(found)]
    return problems


def _wrong_with(found: Message | None) -> list[str]:
    if found is None:
        return ["not in the catalogue"]
    if found.fuzzy:
        return ["uncertain (fuzzy)"]
    strings = [found.string] if isinstance(found.string, str) else list(found.string or [])
    if not strings or not all(strings):
        return ["not translated"]
    wanted = set(PLACEHOLDER.findall(found.id if isinstance(found.id, str) else found.id[-1]))
    plural = not isinstance(found.id, str)
    for string in strings:
        present = set(PLACEHOLDER.findall(string))
        if not (present <= wanted if plural else present == wanted):
            return [f"other placeholders ({string})"]
    return []


def check() -> None:
    """Exit 1, naming the texts, unless every one has a certain translation with the same placeholders."""
    catalogue = CATALOGUES / LOCALE / "LC_MESSAGES" / "messages.po"
    if not catalogue.exists():
        sys.exit(f"There is no {catalogue.relative_to(ROOT)}. Run: make translations")
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        gather(template)
        problems = problems_of(catalogue, read(template))
    if problems:
        sys.exit("\n".join([*problems[:30], f"{len(problems)} texts are not translated. Run: make translations"]))


if __name__ == "__main__":
    {"update": update, "check": check}[sys.argv[1] if len(sys.argv) > 1 else "check"]()
