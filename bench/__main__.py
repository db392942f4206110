"""`python -m bench`: measures the main pages and writes the figures into docs/benchmarks.md."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from tempfile import TemporaryDirectory

from flask import Flask

from bench import bulk, compliance, crowd, deeds, exams, onboarding
from bench.installation import installation
from bench.measuring import measure
from bench.pages import pages, session_keys
from bench.paper import measure_paper
from bench.report import Round, heading, missed, searches, table, write
from core.clock import today
from tests.databases import postgresql_server
from wsgi import ROOT

FILLED = {Round.what: "applications", onboarding.WHAT: "onboardings", compliance.WHAT: "trained"}
PAGES = {Round.what: pages, onboarding.WHAT: onboarding.pages, compliance.WHAT: compliance.pages}
DEEDS = {onboarding.WHAT: onboarding.deeds, compliance.WHAT: compliance.deeds}


def main() -> int:
    """Measure, print, write down. Returns 1 when a target was missed."""
    wanted = _arguments()
    rounds: list[Round] = []
    sentences: list[str] = []
    late: list[str] = []
    paper = (0.0, 1.0)
    for kind, many, what in _wanted_rounds(wanted):
        with installation(kind, people=wanted.people, **{FILLED[what]: many}) as app:
            if not rounds and not wanted.page:
                paper = measure_paper(app)
            with app.test_request_context():
                found, keys = PAGES[what](), session_keys()
            found = [page for page in found if wanted.page in page.name]
            rounds.append(Round(kind, many, measure(app, found, keys), what))
            if not wanted.page:
                told, missing = _besides(app, rounds[-1])
                sentences += told
                late += missing
        print(table(rounds[-1:]), end="\n\n", flush=True)
    sat = [] if wanted.page else [exams.measure_exams(each, people=wanted.sitting, seconds=60, kill=True) for each in _databases(wanted)]
    sentences, late = [*sentences, *(each.said() for each in sat)], [*missed(rounds), *late, *(each.missed() for each in sat if each.missed())]
    kinds = dict.fromkeys((each.database, each.what) for each in rounds)
    tables = [table([each for each in rounds if (each.database, each.what) == kind]) for kind in kinds]
    around = [] if wanted.page else [_paper(paper), _start()]
    parts = [heading(today("UTC")), *tables, *searches(rounds), *sentences, *around, *late]
    print("\n\n".join(parts))
    if not wanted.page and not wanted.dry:
        write(ROOT / "docs" / "benchmarks.md", "\n\n".join(parts))
    return 1 if late else 0


def _wanted_rounds(wanted: argparse.Namespace) -> Iterator[tuple[str, int, str]]:
    """Database, how many, and of what: applications first, then people in onboarding, then people who must hold courses."""
    for what, sizes in ((Round.what, wanted.applications), (onboarding.WHAT, wanted.onboardings), (compliance.WHAT, wanted.trained)):
        for many in sizes:
            for kind in _databases(wanted):
                yield kind, many, what


def _databases(wanted: argparse.Namespace) -> Iterator[str]:
    for kind in wanted.database:
        if kind == "postgresql" and postgresql_server() is None:
            print("PostgreSQL IS NOT INSTALLED: its half of the figures was not measured.", file=sys.stderr)
        else:
            yield kind


def _besides(app: Flask, round_: Round) -> tuple[list[str], list[str]]:
    """What is measured besides pages: sentences with the figures, and those that missed a target."""
    if round_.what in DEEDS:
        done = deeds.measure_deeds(app, DEEDS[round_.what], database=round_.database, many=round_.many, what=round_.what)
        return deeds.said(done), [*deeds.slow(done), *(compliance.missed(round_) if round_.what == compliance.WHAT else [])]
    declined = [bulk.Declined(round_.database, round_.many, bulk.measure_bulk(app))]
    crowds = [crowd.measure_crowd(app, database=round_.database, applications=round_.many)]
    return [*bulk.said(declined), *crowd.said(crowds)], [*bulk.slow(declined), *crowd.lost(crowds)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--applications", type=_sizes, default=[1000, 10_000, 100_000], help="sizes with commas; none: ''")
    parser.add_argument("--onboardings", type=_sizes, default=[20, 2000], help="how many people in onboarding, with commas; none: ''")
    parser.add_argument("--trained", type=_sizes, default=[10_000], help="how many people who must hold courses, with commas; none: ''")
    parser.add_argument("--database", type=lambda text: text.split(","), default=["sqlite", "postgresql"])
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--sitting", type=int, default=500, help="how many people sit an exam at once")
    parser.add_argument("--page", default="", help="only pages with this in their name; nothing is written down")
    parser.add_argument("--dry", action="store_true", help="write nothing down")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part]


def _paper(measured: tuple[float, float]) -> str:
    ours, bare = measured
    compared = f"bare WeasyPrint for the same HTML and style sheets: {bare:.0f} ms"
    return f"One certificate as PDF: {ours:.0f} ms; {compared}; {ours / bare:.2f} times as much (at most 1.3 wanted)."


def _start() -> str:
    """How long `make run` prepares when everything is there already: the third start of three, in an instance of its own."""
    with TemporaryDirectory(prefix="trilha-bench-") as folder:
        environ = {**os.environ, "TRILHA_INSTANCE": folder, "TRILHA_ENV": "demo"}
        took = 0.0
        for _turn in range(3):
            began = time.perf_counter()
            subprocess.run([sys.executable, ROOT / "bin" / "prepare.py"], env=environ, cwd=ROOT, check=True, capture_output=True)
            took = time.perf_counter() - began
    return f"Preparing for a start that finds everything there: {took:.1f} s (the whole second start of `make run` is to stay under 5 s)."


if __name__ == "__main__":
    sys.exit(main())
