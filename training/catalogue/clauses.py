"""Regulations and their articles, as people write them in one line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ARTICLE = re.compile(
    r"^(?P<name>.+?)[,\s]+(?P<article>(?:arts?\.|artigos?|articles?|sections?|sec\.|se[çc][ãa]o|cl[áa]usulas?|clauses?|incisos?|rules?|§+)\s*\S.*)$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Clause:
    """A regulation by its name, and the article of it, which may be empty."""

    regulation: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.regulation}, {self.article}" if self.article else self.regulation


def take_apart(text: str) -> tuple[Clause, ...]:
    """The clauses written in a text, one a line or parted by semicolons: "Circular BCB 3.978/2020, art. 9; LGPD, art. 46"."""
    found = []
    for part in re.split(r"[;\n]", text):
        words = " ".join(part.split()).strip(" ,")
        if not words:
            continue
        matched = ARTICLE.match(words)
        found.append(Clause(matched["name"].strip(" ,"), matched["article"].strip()) if matched else Clause(words))
    return once_each(found)


def once_each(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses in their order, each once; those without a regulation are left out."""
    return tuple(dict.fromkeys(clause for clause in clauses if clause.regulation))


def in_one_line(clauses: Iterable[Clause]) -> str:
    """The clauses as a certificate says them."""
    return "; ".join(str(clause) for clause in clauses)
