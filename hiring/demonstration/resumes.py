"""Résumés of invented people, as PDF and as DOCX."""

from io import BytesIO
from random import Random
from typing import Any

from docx import Document
from markupsafe import escape

from core.documents.rendering import print_html
from core.files.models import DOCX, PDF, StoredFile, TextState
from core.files.store import store_bytes

TITLES = {"pt": ("Experiência", "Formação", "Certificações", "Competências"), "en": ("Experience", "Education", "Certifications", "Skills")}


def _lines(language: str, dice: Random, vocabulary: dict[str, Any]) -> list[tuple[str, list[str]]]:
    titles = TITLES[language]
    year = 2026
    jobs = []
    for _turn in range(2):
        years = dice.randrange(1, 5)
        employer, job = dice.choice(vocabulary["employers"]), dice.choice(vocabulary[f"jobs_{language}"])
        what = f"carteira de {dice.randrange(80, 400)} clientes" if language == "pt" else f"portfolio of {dice.randrange(80, 400)} clients"
        span = f"{years} anos de experiência" if language == "pt" else f"{years} years of experience"
        jobs.append(f"{year - years}–{year}: {job}, {employer}. {what}, {span}.")
        year -= years
    return [
        (titles[0], jobs),
        (titles[1], [dice.choice(vocabulary[f"degrees_{language}"])]),
        (titles[2], dice.sample(vocabulary["certifications"], dice.randrange(0, 3))),
        (titles[3], dice.sample(vocabulary[f"skills_{language}"], 4)),
    ]


def make_resume(name: str, address: str, *, language: str, dice: Random, vocabulary: dict[str, Any]) -> StoredFile:
    """A résumé kept as a file; its text is known already and need not be read again."""
    sections = _lines(language, dice, vocabulary)
    is_docx = dice.random() < 0.25
    content = _docx(name, address, sections) if is_docx else _pdf(name, address, sections, language)
    stored = store_bytes(content, name=f"{name}.{'docx' if is_docx else 'pdf'}", content_type=DOCX if is_docx else PDF, by=None, person=None)
    stored.text = "\n".join([name, address, *(line for title, lines in sections for line in (title, *lines))])
    stored.text_state = TextState.READY
    return stored


def _pdf(name: str, address: str, sections: list[tuple[str, list[str]]], language: str) -> bytes:
    tag = "pt-BR" if language == "pt" else "en"
    body = "".join(f"<h2>{escape(title)}</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" for title, lines in sections if lines)
    return print_html(
        f"<!doctype html><html lang='{tag}'><head><meta charset='utf-8'><title>{escape(name)}</title></head>"
        f"<body><h1>{escape(name)}</h1><p>{escape(address)}</p>{body}</body></html>"
    )


def _docx(name: str, address: str, sections: list[tuple[str, list[str]]]) -> bytes:
    document = Document()
    document.add_heading(name, 0)
    document.add_paragraph(address)
    for title, lines in sections:
        if lines:
            document.add_heading(title, 1)
            for line in lines:
                document.add_paragraph(line, style="List Bullet")
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
