"""A tree of XML elements that know their line, read from a file nobody trusts: no document type, no entity, not too deep, not too many."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from core.web.i18n import _

DEEPEST = 40
MOST = 1_000_000


class XmlError(ValueError):
    """A file that is no XML or asks for more than reading it, with line and sentence."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


@dataclass
class Element:
    """An element with what it holds; `text` is its own text without that of its children."""

    name: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Element"]:
        """Its children of this name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> "Element | None":
        """Its first child of this name."""
        return next(self.all(name), None)

    def words(self, *path: str) -> str:
        """The text of the element at the path below it, empty where there is none."""
        found: Element | None = self
        for name in path:
            found = None if found is None else found.first(name)
        return "" if found is None else found.text.strip()


class _Builder:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser, self.root, self.count = parser, Element("", 0, {}), 0
        self.open, self.texts = [self.root], [list[str]()]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) > DEEPEST or self.count > MOST:
            raise XmlError(self.parser.CurrentLineNumber, _("The file nests too deep or holds too much."))
        element = Element(name, self.parser.CurrentLineNumber, attributes)
        self.open[-1].children.append(element)
        self.open.append(element)
        self.texts.append([])

    def end(self, _name: str) -> None:
        self.open.pop().text = "".join(self.texts.pop())

    def letters(self, text: str) -> None:
        self.texts[-1].append(text)

    def refuse(self, *_told: object) -> int:
        sentence = _("The file declares a document type or an entity. Take that out: nothing is fetched or expanded.")
        raise XmlError(self.parser.CurrentLineNumber, sentence)


def read_xml(content: bytes) -> Element:
    """The root of the document. Raises XmlError."""
    parser = expat.ParserCreate()
    builder = _Builder(parser)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = builder.start, builder.end, builder.letters
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = builder.refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise XmlError(error.lineno, _("This is no XML from here on: %(reason)s.", reason=expat.errors.messages[error.code])) from error
    return builder.root.children[0]
