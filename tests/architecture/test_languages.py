"""No text for people stands in a template without being wrapped for translation."""

import re

from jinja2 import Environment
from lxml import etree, html

from tests.architecture.source import ROOT, of_each

TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.*") if path.suffix in (".html", ".txt"))
SPOKEN = ("title", "aria-label", "placeholder", "alt", "aria-description")
PROPER = {"Trilha", "Trilha:", "PDF", "DOCX", "CSV", "XLSX", "HTML", "SHA", "CPF", "px", "kB", "MB"}  # the same in every language
UNSPOKEN = {"script", "style", "code", "pre", "svg"}
KIND = re.compile(r"{% block kind %}\w+{% endblock %}")  # a class of the document's body
lexer = Environment(autoescape=True).lexer


def literal_text(source: str) -> str:
    """The template without statements, expressions and comments; an expression leaves one space, one that names a tag a tag."""
    kept: list[str] = []
    for _line, kind, value in lexer.tokeniter(KIND.sub("", source), None):
        if kind == "data":
            kept.append(value)
        elif kind in ("variable_begin", "block_begin"):
            kept.append("div" if kept and kept[-1].endswith(("<", "</")) else " ")
    return "".join(kept)


def words(text: str) -> list[str]:
    """What a reader would have to understand."""
    return [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in PROPER]


def spoken_in_html(source: str) -> list[str]:
    """Words in texts and in attributes that are read out or shown."""
    found: list[str] = []
    tree = html.fragment_fromstring(literal_text(source), create_parent="div", parser=html.HTMLParser(recover=True))
    for element in tree.iter():
        if isinstance(element.tag, str):
            if element.tag not in UNSPOKEN:
                found += words(element.text or "")
            found += [word for name in SPOKEN for word in words(element.get(name) or "")]
        found += words(element.tail or "")
    return found


@of_each([path for path in TEMPLATES if "gallery" not in path])
def test_every_word_of_a_template_can_be_translated(path: str) -> None:
    source = (ROOT / path).read_text("utf-8")
    try:
        bare = spoken_in_html(source) if path.endswith(".html") else words(literal_text(source))
    except etree.ParserError:  # nothing but macros
        bare = []
    assert not bare, f"{path} says without translation: {' '.join(bare[:20])}"


def test_a_bare_word_is_found_wherever_it_is_read() -> None:
    assert spoken_in_html('<p class="lead">{{ name }} Hello</p>') == ["Hello"]
    assert spoken_in_html('<img alt="Portrait" src="x.png">{{ _("fine") }}') == ["Portrait"]
    assert not spoken_in_html('{% if a %}<a href="/b" class="c">{{ _("Go") }}</a>{# a remark #}{% endif %}')
