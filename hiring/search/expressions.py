"""A query's tree as the databases' own search expressions. Pure. Tokens are letters and digits, so nothing needs escaping."""

from collections.abc import Iterable, Sequence

from hiring.search.language import Either, Not, Term, Tree
from hiring.search.tokens import EVERY, posting_token, readings


def for_sqlite(tree: Tree, *, postings: Sequence[int] | None = None) -> str:
    """An FTS5 expression; with `postings`, only what belongs to one of them."""
    if postings is None:
        return _fts5(tree)
    return f"({_any(posting_token(key) for key in postings)}) AND {_fts5(tree)}"


def _any(tokens: Iterable[str]) -> str:
    return " OR ".join(f'"{token}"' for token in tokens)


def _fts5(tree: Tree) -> str:
    if isinstance(tree, Term):
        return "(" + " OR ".join('"' + " ".join(reading) + '"' for reading in readings(tree.words, tree.field)) + ")"
    if isinstance(tree, Not):
        return f'("{EVERY}" NOT {_fts5(tree.what)})'
    if isinstance(tree, Either):
        return "(" + " OR ".join(_fts5(part) for part in tree.parts) + ")"
    wanted = [_fts5(part) for part in tree.parts if not isinstance(part, Not)]
    unwanted = [_fts5(part.what) for part in tree.parts if isinstance(part, Not)]
    joined = "(" + " AND ".join(wanted or [f'"{EVERY}"']) + ")"
    for part in unwanted:  # FTS5 takes away, it has no "not" of its own
        joined = f"({joined} NOT {part})"
    return joined


def for_postgresql(tree: Tree, *, postings: Sequence[int] | None = None) -> str:
    """A tsquery; with `postings`, only what belongs to one of them."""
    if postings is None:
        return _tsquery(tree)
    return f"({' | '.join(posting_token(key) for key in postings)}) & {_tsquery(tree)}"


def _tsquery(tree: Tree) -> str:
    if isinstance(tree, Term):
        return "(" + " | ".join("(" + " <-> ".join(reading) + ")" for reading in readings(tree.words, tree.field)) + ")"
    if isinstance(tree, Not):
        return f"!{_tsquery(tree.what)}"
    sign = " | " if isinstance(tree, Either) else " & "
    return "(" + sign.join(_tsquery(part) for part in tree.parts) + ")"
