"""A query's tree as the databases' own search expressions. Pure. Tokens are letters and digits, so nothing needs escaping."""

from collections.abc import Iterable, Sequence

from hiring.search.language import Either, Not, Term, Tree
from hiring.search.tokens import ENGLISH, EVERY, PORTUGUESE, pairs, posting_token, readings


def for_sqlite(tree: Tree, *, postings: Sequence[int] | None = None) -> str:
    """An FTS5 expression; with `postings`, only what belongs to one of them."""
    if postings is None:
        return _fts5(tree)
    return f"({_any(posting_token(key) for key in postings)}) AND {_fts5(tree)}"


def _any(tokens: Iterable[str]) -> str:
    return " OR ".join(f'"{token}"' for token in tokens)


def _fts5(tree: Tree) -> str:
    if isinstance(tree, Term):
        return "(" + " OR ".join(_fts5_phrase(reading) for reading in readings(tree.words, tree.field)) + ")"
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
        return f"{EVERY} & {_tsquery(tree)}" if _only_excludes(tree) else _tsquery(tree)
    return f"({' | '.join(posting_token(key) for key in postings)}) & {_tsquery(tree)}"


def _only_excludes(tree: Tree) -> bool:
    """Whether there is nothing to look for, only what shall not be there: then an index wants to know what it is taken from."""
    if isinstance(tree, Either):
        return any(_only_excludes(part) for part in tree.parts)
    return isinstance(tree, Not) or (not isinstance(tree, Term) and all(_only_excludes(part) for part in tree.parts))


def _tsquery(tree: Tree) -> str:
    if isinstance(tree, Term):
        return "(" + " | ".join(_tsquery_phrase(reading) for reading in readings(tree.words, tree.field)) + ")"
    if isinstance(tree, Not):
        return f"!{_tsquery(tree.what)}"
    sign = " | " if isinstance(tree, Either) else " & "
    return "(" + sign.join(_tsquery(part) for part in tree.parts) + ")"


def _tsquery_phrase(reading: Sequence[str]) -> str:
    return "(" + " & ".join([*_pairs(reading), f"({' <-> '.join(reading)})"]) + ")"


def _fts5_phrase(reading: Sequence[str]) -> str:
    quoted = [f'"{token}"' for token in [*_pairs(reading), " ".join(reading)]]
    return quoted[0] if len(quoted) == 1 else f"({' AND '.join(quoted)})"


def _pairs(reading: Sequence[str]) -> list[str]:
    """What the index is to look for before it looks at the places of words, in what the candidate sent."""
    return pairs(reading) if reading[0].startswith((ENGLISH, PORTUGUESE)) else []
