"""Catalogues: `collect` gathers every string into translations/, `check` fails on one that is new, gone, fuzzy or not translated."""

import sys
from io import StringIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "translations" / "pt_BR" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def found_strings() -> Catalog:
    """Every string of code and templates."""
    method_map, options = parse_mapping(StringIO((ROOT / "babel.cfg").read_text()))
    template = Catalog(charset="utf-8")
    for package in ("core", "home", "hiring", "onboarding", "training", "templates"):
        for name, line, message, comments, context in extract_from_dir(
            ROOT / package, [(pattern.removeprefix(f"{package}/"), method) for pattern, method in method_map if pattern.startswith(package)], options, KEYWORDS
        ):
            template.add(message, locations=[(f"{package}/{name}", line)], auto_comments=comments, context=context)
    return template


def kept() -> Catalog:
    """The catalogue as it is in the repository."""
    if not CATALOGUE.exists():
        return Catalog(locale="pt_BR", charset="utf-8")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="pt_BR")


def collect() -> None:
    """Bring the catalogue up to date with the code; translations are kept, strings no longer used are dropped."""
    catalogue = kept()
    catalogue.update(found_strings(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=140, no_location=True, omit_header=False, sort_output=True, ignore_obsolete=True)


def problems() -> list[str]:
    """What is wrong with the catalogue."""
    catalogue, found = kept(), found_strings()
    wrong = []
    for message in found:
        if not message.id:
            continue
        translated = catalogue.get(message.id)
        strings = translated.string if translated and isinstance(translated.string, (tuple, list)) else [translated.string if translated else ""]
        if translated is None or not all(strings):
            wrong.append(f"not translated: {message.id!r}")
        elif translated.fuzzy:
            wrong.append(f"fuzzy: {message.id!r}")
        else:
            wrong += [f"{error}: {message.id!r}" for error in translated.check(catalogue)]
    return wrong


if __name__ == "__main__":
    if sys.argv[1:] == ["collect"]:
        collect()
    else:
        found_problems = problems()
        for problem in found_problems[:40]:
            print(problem)
        if found_problems:
            print(f"{len(found_problems)} strings need care: run make translations, then translate.")
        sys.exit(bool(found_problems))
