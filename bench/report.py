"""The figures as text: tables on the screen and in docs/benchmarks.md."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import quantiles

from bench.measuring import Figures

BEGIN, END = "<!-- figures begin -->", "<!-- figures end -->"
MOST_STATEMENTS = 12
MOST_FLOORS = 3.0
MOST_GROWTH = 1.25
MOST_OF_A_SEARCH, MOST_OF_SENDING = 50, 60  # milliseconds


@dataclass(frozen=True)
class Round:
    """All pages on one database at one size."""

    database: str
    many: int
    figures: Sequence[Figures]
    what: str = "applications"


def table(rounds: Sequence[Round]) -> str:
    """All rounds on one database as a Markdown table, smallest first; what misses a target is set in bold."""
    last = rounds[-1]
    sizes = " | ".join(f"{each.many:,}" for each in rounds)
    lines = [
        f"### {last.database}: CPU ms with so many {last.what}, the rest with {last.many:,}",
        "",
        f"| Page | As | {sizes} | growth | × floor | SQL | Bytes |",
        f"|---|---|{'---:|' * len(rounds)}---:|---:|---:|---:|",
    ]
    for account in dict.fromkeys(each.page.account for each in last.figures):
        floors = " | ".join(f"{next(each.floor for each in one.figures if each.page.account == account):.1f}" for one in rounds)
        lines.append(f"| *floor* | {account or 'public'} | {floors} | | 1.0 | | |")
    for place, each in enumerate(last.figures):
        cells = [_bold(f"{one.figures[place].milliseconds:.1f}", one.figures[place].is_late) for one in rounds]
        growth = each.ratio / rounds[0].figures[place].ratio
        cells.append(_bold(f"{growth:.2f}", growth > MOST_GROWTH))
        cells.append(_bold(f"{each.ratio:.1f}", each.page.is_list and each.ratio > MOST_FLOORS))
        cells.append(_bold(f"{each.statements}", each.statements > MOST_STATEMENTS and each.page.send is None))
        lines.append(f"| {each.page.name} | {each.page.account or 'public'} | {' | '.join(cells)} | {each.size:,} |")
    return "\n".join(lines)


def _bold(text: str, wanted: bool) -> str:
    return f"**{text}**" if wanted else text


def searches(rounds: Sequence[Round]) -> list[str]:
    """A sentence for each round: what 95 of 100 searches stay below."""
    found = []
    for round_ in rounds:
        runs = [run for each in round_.figures if each.page.name.startswith("Search,") for run in each.runs]
        if runs:
            slow = quantiles(runs, n=20)[-1]
            found.append(f"Searches {_where(round_)}: 95 of 100 take at most {slow:.0f} ms of processor time (at most {MOST_OF_A_SEARCH} wanted).")
    return found


def missed(rounds: Sequence[Round]) -> list[str]:
    """A sentence for each target that was missed."""
    sentences = []
    of_page: dict[tuple[str, str], list[Figures]] = {}
    what_of: dict[tuple[str, str], str] = {}
    for round_ in rounds:
        for each in round_.figures:
            what_of[round_.database, each.page.name] = round_.what
            of_page.setdefault((round_.database, each.page.name), []).append(each)
            where = f"{each.page.name} {_where(round_)}"
            if each.statements > MOST_STATEMENTS and not each.page.send:
                sentences.append(f"{where}: {each.statements} statements, at most {MOST_STATEMENTS} wanted.")
            if each.page.is_list and each.ratio > MOST_FLOORS:
                sentences.append(f"{where}: {each.ratio:.1f} times the floor, at most {MOST_FLOORS:.0f} wanted.")
            if each.is_late:
                sentences.append(f"{where}: {each.milliseconds:.0f} ms, at most {each.page.most:.0f} wanted.")
            if each.page.send and each.milliseconds > MOST_OF_SENDING:
                sentences.append(f"{where}: {each.milliseconds:.0f} ms, at most {MOST_OF_SENDING} wanted.")
    for (database, name), figures in of_page.items():
        counts = [each.statements for each in figures]
        if len(set(counts)) > 1:
            sentences.append(f"{name} on {database}: the count of statements changes with the number of {what_of[database, name]}, {counts}.")
        growth = figures[-1].ratio / figures[0].ratio
        if growth > MOST_GROWTH:
            sentences.append(
                f"{name} on {database}: {growth:.2f} times as much with the most {what_of[database, name]}, at most {MOST_GROWTH} wanted."
            )
    return sentences


def _where(round_: Round) -> str:
    return f"with {round_.many:,} {round_.what} on {round_.database}"


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
