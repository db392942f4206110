"""Suggesting what a résumé says for the fields of a form; the candidate takes each one up, and nothing typed is overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.files.models import StoredFile, TextState
from hiring.applying.forms import ApplicationForm
from hiring.applying.reading import read_resume

FIELD_OF = {"name": "name", "email": "email", "phone": "phone", "links": "cover_letter"}
LONGEST = {"name": 200, "email": 254, "phone": 40, "links": 2000}


@dataclass(frozen=True)
class Suggestions:
    """What may be suggested from the résumé held for a form; `reading` while its text is still awaited."""

    values: Mapping[str, str]
    reading: bool = False


def suggestions_from(resume: StoredFile, typed: Mapping[str, Any]) -> Suggestions:
    """What the résumé says that the form does not say yet."""
    if resume.text_state is TextState.WAITING:
        return Suggestions({}, reading=True)
    found = read_resume(resume.text).values
    return Suggestions({name: value[: LONGEST[name]] for name, value in found.items() if not _says(typed, name, value)})


def _says(typed: Mapping[str, Any], name: str, value: str) -> bool:
    there = str(typed.get(FIELD_OF[name]) or "").casefold()
    return all(part in there for part in value.casefold().splitlines())


def taken_up(typed: Mapping[str, Any], name: str, value: str) -> str | None:
    """What the field holds once the suggestion is taken up; None where something else is typed there. Links are added below the text."""
    there = str(typed.get(FIELD_OF[name]) or "").strip()
    if name == "links":
        new = [link for link in value.splitlines() if link.casefold() not in there.casefold()]
        return "\n".join(part for part in (there, *new) if part)
    return value if not there else None


def typed_into(form: ApplicationForm) -> dict[str, str]:
    """What stands in the fields that a résumé may fill."""
    return {name: form[name].data or "" for name in FIELD_OF.values()}
