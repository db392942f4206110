"""The figures as text: tables on the screen and in docs/benchmarks.md."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.measuring import Figures

BEGIN, END = "<!-- figures begin -->", "<!-- figures end -->"
MOST_STATEMENTS = 12
MOST_FLOORS = 3.0


@dataclass(frozen=True)
class Round:
    """All pages on one database at one size."""

    database: str
    applications: int
    figures: Sequence[Figures]


def table(round_: Round) -> str:
    """One round as a Markdown table; what misses a target is set in bold."""
    lines = [
        f"### {round_.applications:,} applications, {round_.database}",
        "",
        "| Page | As | CPU ms | p95 | × floor | SQL | Bytes |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    floors = {figures.page.account: figures.floor for figures in round_.figures}
    for account, floor in floors.items():
        lines.append(f"| *floor* | {account or 'public'} | {floor:.1f} | | 1.0 | | |")
    for each in round_.figures:
        ratio = f"{each.ratio:.1f}"
        if each.page.is_list and each.ratio > MOST_FLOORS:
            ratio = f"**{ratio}**"
        statements = str(each.statements) if each.statements <= MOST_STATEMENTS or each.page.send else f"**{each.statements}**"
        who = each.page.account or "public"
        lines.append(f"| {each.page.name} | {who} | {each.milliseconds:.1f} | {each.slowest:.1f} | {ratio} | {statements} | {each.size:,} |")
    return "\n".join(lines)


def missed(rounds: Sequence[Round]) -> list[str]:
    """A sentence for each target that was missed."""
    sentences = []
    statements: dict[tuple[str, str], dict[int, int]] = {}
    for round_ in rounds:
        where = f"with {round_.applications:,} applications on {round_.database}"
        for each in round_.figures:
            statements.setdefault((round_.database, each.page.name), {})[round_.applications] = each.statements
            if each.statements > MOST_STATEMENTS and not each.page.send:
                sentences.append(f"{each.page.name} {where}: {each.statements} statements, at most {MOST_STATEMENTS} wanted.")
            if each.page.is_list and each.ratio > MOST_FLOORS:
                sentences.append(f"{each.page.name} {where}: {each.ratio:.1f} times the floor, at most {MOST_FLOORS:.0f} wanted.")
    for (database, name), counts in statements.items():
        if len(set(counts.values())) > 1:
            sentences.append(f"{name} on {database}: the count of statements changes with the number of applications, {counts}.")
    return sentences


def heading(today: date) -> str:
    """When, where and with what."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in ("Flask", "SQLAlchemy", "Jinja2", "WeasyPrint", "psycopg"))
    return (
        f"Measured on {today.isoformat()}, {os.cpu_count()} cores, {memory:.0f} GB of memory, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}."
    )


def write(path: Path, text: str) -> None:
    """Put the text between the markers of the page, and leave the rest as it is."""
    page = path.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")
