"""The language of the search: words, "phrases", AND, OR, NOT, -word, parentheses and fields. Pure: text in, tree or mistake out."""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.people.folding import folded

LONGEST = 400
DEEPEST = 12
MOST_TERMS = 40


class Field(StrEnum):
    """Where a word is looked for; ANY is everything the candidate sent, their name and their tags."""

    ANY = "any"
    SKILL = "skill"
    STAGE = "stage"
    SOURCE = "source"
    POSTING = "posting"
    TAG = "tag"
    STATE = "state"


NAMES = {
    "skill": Field.SKILL, "habilidade": Field.SKILL,
    "stage": Field.STAGE, "etapa": Field.STAGE,
    "source": Field.SOURCE, "origem": Field.SOURCE,
    "posting": Field.POSTING, "vaga": Field.POSTING,
    "tag": Field.TAG, "etiqueta": Field.TAG,
    "state": Field.STATE, "estado": Field.STATE, "situacao": Field.STATE,
}  # fmt: skip
STATES = {
    "active": "active", "ativa": "active", "ativo": "active", "open": "active",
    "hired": "hired", "contratada": "hired", "contratado": "hired",
    "declined": "declined", "recusada": "declined", "recusado": "declined", "rejected": "declined",
    "withdrawn": "withdrawn", "retirada": "withdrawn", "retirado": "withdrawn",
}  # fmt: skip
OPERATORS = {"AND": "and", "E": "and", "OR": "or", "OU": "or", "NOT": "not", "NÃO": "not", "NAO": "not"}
PIECE = re.compile(
    r'\s*(?:(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[\w("]))|(?P<field>[^\W\d_]+):|(?P<quote>")|'
    r'(?P<word>[^\s()":]+(?::[^\s()":]+)*))'
)
WORDS = re.compile(r"[^\W_]+")


class Mistake(StrEnum):
    """What can be wrong with a query."""

    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TOO_DEEP = "too_deep"
    QUOTE = "quote"
    NOT_CLOSED = "not_closed"
    NOT_OPENED = "not_opened"
    NOTHING_INSIDE = "nothing_inside"
    NOTHING_BEFORE = "nothing_before"
    NOTHING_AFTER = "nothing_after"
    FIELD = "field"
    FIELD_VALUE = "field_value"
    STATE = "state"
    NO_WORD = "no_word"


class QueryError(ValueError):
    """A query that cannot be read: what is wrong, with which piece, at which character (from 1)."""

    def __init__(self, mistake: Mistake, at: int, piece: str = "") -> None:
        super().__init__(mistake.value)
        self.mistake, self.at, self.piece = mistake, at, piece


@dataclass(frozen=True)
class Term:
    """Words that stand beside each other, in a field."""

    words: tuple[str, ...]
    field: Field = Field.ANY


@dataclass(frozen=True)
class Not:
    """What must not be there."""

    what: "Tree"


@dataclass(frozen=True)
class Both:
    """What must all be there."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True)
class Either:
    """Of what at least one must be there."""

    parts: tuple["Tree", ...]


Tree = Term | Not | Both | Either


@dataclass(frozen=True)
class _Piece:
    kind: str
    text: str
    at: int
    field: Field = Field.ANY


def parse(query: str) -> Tree | None:
    """The tree of a query, None when it is empty. OR binds weaker than AND, which may be left out. Raises QueryError."""
    if len(query) > LONGEST:
        raise QueryError(Mistake.TOO_LONG, LONGEST + 1)
    pieces = _pieces(query)
    return _Reader(pieces, len(query) + 1).all() if pieces else None


def _pieces(query: str) -> list[_Piece]:
    found: list[_Piece] = []
    at, end = 0, len(query.rstrip())
    while at < end:
        match = PIECE.match(query, at)
        if match is None:  # a colon that names no field
            raise QueryError(Mistake.NO_WORD, at + 1, query[at : at + 1])
        kind, start = str(match.lastgroup), match.start(str(match.lastgroup))
        text, at = match.group(kind), match.end()
        if kind == "quote":
            text, at = _quoted(query, start)
            found.append(_Piece("term", text, start + 1))
        elif kind == "field":
            if folded(text) not in NAMES:
                raise QueryError(Mistake.FIELD, start + 1, text)
            found.append(_Piece("field", text, start + 1, NAMES[folded(text)]))
            if not query[at : at + 1].strip() or query[at] in ")(":
                raise QueryError(Mistake.FIELD_VALUE, start + 1, text)
        elif kind == "word":
            found.append(_Piece(OPERATORS.get(text, "term"), text, start + 1))
        else:
            found.append(_Piece("not" if kind == "minus" else kind, text, start + 1))
    return found


def _quoted(query: str, start: int) -> tuple[str, int]:
    end = query.find('"', start + 1)
    if end < 0:
        raise QueryError(Mistake.QUOTE, start + 1)
    return query[start + 1 : end], end + 1


class _Reader:
    def __init__(self, pieces: list[_Piece], end: int) -> None:
        self.pieces, self.end, self.place, self.terms = pieces, end, 0, 0

    def all(self) -> Tree:
        tree = self.either(0)
        left = self.next()
        if left is not None:  # only a closing parenthesis ends a tree too early
            raise QueryError(Mistake.NOT_OPENED, left.at)
        return tree

    def next(self) -> _Piece | None:
        return self.pieces[self.place] if self.place < len(self.pieces) else None

    def either(self, depth: int) -> Tree:
        parts = [self.both(depth)]
        while (piece := self.next()) is not None and piece.kind == "or":
            self.place += 1
            parts.append(self.both(depth, after=piece))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self, depth: int, after: _Piece | None = None) -> Tree:
        parts = [self.one(depth, after)]
        while (piece := self.next()) is not None and piece.kind not in ("or", "close"):
            joined = piece if piece.kind == "and" else None
            self.place += joined is not None
            parts.append(self.one(depth, joined))
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def one(self, depth: int, after: _Piece | None) -> Tree:
        piece = self.next()
        if piece is None or piece.kind in ("or", "and", "close"):
            raise self._missing(piece, after)
        self.place += 1
        if depth > DEEPEST:
            raise QueryError(Mistake.TOO_DEEP, piece.at)
        if piece.kind == "not":
            return Not(self.one(depth + 1, piece))
        if piece.kind == "open":
            inside = self.either(depth + 1) if not self._closes() else None
            if inside is None:
                raise QueryError(Mistake.NOTHING_INSIDE, piece.at)
            if not self._closes():
                raise QueryError(Mistake.NOT_CLOSED, piece.at)
            self.place += 1
            return inside
        return self._term(piece)

    def _closes(self) -> bool:
        piece = self.next()
        return piece is not None and piece.kind == "close"

    def _missing(self, piece: _Piece | None, after: _Piece | None) -> QueryError:
        if after is not None:
            return QueryError(Mistake.NOTHING_AFTER, after.at, after.text)
        if piece is None:  # an opening parenthesis is the last thing written
            return QueryError(Mistake.NOT_CLOSED, self.pieces[-1].at)
        return QueryError(Mistake.NOT_OPENED if piece.kind == "close" else Mistake.NOTHING_BEFORE, piece.at, piece.text)

    def _term(self, piece: _Piece) -> Term:
        field = piece.field
        if piece.kind == "field":
            value = self.next()
            if value is None or value.kind in ("open", "close"):
                raise QueryError(Mistake.FIELD_VALUE, piece.at, piece.text)
            self.place += 1
            piece = value
        words = tuple(WORDS.findall(piece.text))
        if not words:
            raise QueryError(Mistake.NO_WORD, piece.at, piece.text)
        if field is Field.STATE:
            known = STATES.get(folded(piece.text))
            if known is None:
                raise QueryError(Mistake.STATE, piece.at, piece.text)
            words = (known,)
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise QueryError(Mistake.TOO_MANY, piece.at)
        return Term(words, field)
