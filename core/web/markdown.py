"""Rich text: Markdown in, a small safe set of HTML out."""

from collections.abc import Mapping
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "a",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "code",
    "pre",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
}


@dataclass(frozen=True)
class Picture:
    """A picture a text may show: its address here, and what it says to who cannot see it."""

    address: str
    alternative: str


def render_markdown(text: str, pictures: Mapping[str, Picture] | None = None) -> str:
    """HTML of Markdown text, sanitised: no scripts or styles, links to http, https and mailto only.

    A heading in the text starts at `h2`, because the page has its own `h1`. Pictures are shown where they are named in `pictures`, as
    `![words](name)`; the words given in the text stand for it, or else its own. Any other is left out.
    """
    known = pictures or {}
    tokens = _markdown.parse(text)
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                _place(child, known.get(str(child.attrGet("src"))))
    html = _markdown.renderer.render(tokens, _markdown.options, {}).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    addresses = {picture.address for picture in known.values()}

    def allowed(_tag: str, attribute: str, value: str) -> str | None:
        return None if attribute == "src" and value not in addresses else value

    return nh3.clean(
        html,
        tags=TAGS | {"img"} if known else TAGS,
        attributes={"a": {"href"}, "img": {"src", "alt"}},
        attribute_filter=allowed,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def _place(token: Token, picture: Picture | None) -> None:
    if picture is None:
        token.type, token.tag, token.children, token.content = "text", "", [], token.content
        return
    token.attrSet("src", picture.address)
    if not token.content.strip():
        token.children = [Token("text", "", 0, content=picture.alternative)]
