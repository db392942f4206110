"""`python -m bench`: measures the main pages and writes the figures into docs/benchmarks.md."""

import argparse
import os
import subprocess
import sys
import time
from tempfile import TemporaryDirectory

from bench import bulk, crowd
from bench.installation import installation
from bench.measuring import measure
from bench.pages import pages, session_keys
from bench.paper import measure_paper
from bench.report import Round, heading, missed, searches, table, write
from core.clock import today
from tests.databases import postgresql_server
from wsgi import ROOT


def main() -> int:
    """Measure, print, write down. Returns 1 when a target was missed."""
    wanted = _arguments()
    rounds: list[Round] = []
    declined: list[bulk.Declined] = []
    crowds: list[crowd.Crowd] = []
    paper = (0.0, 1.0)
    for applications in wanted.applications:
        for kind in wanted.database:
            if kind == "postgresql" and postgresql_server() is None:
                print("PostgreSQL IS NOT INSTALLED: its half of the figures was not measured.", file=sys.stderr)
                continue
            with installation(kind, people=wanted.people, applications=applications) as app:
                if not rounds:
                    paper = measure_paper(app)
                with app.test_request_context():
                    found, keys = pages(), session_keys()
                found = [page for page in found if wanted.page in page.name]
                rounds.append(Round(kind, applications, measure(app, found, keys)))
                if not wanted.page:
                    declined.append(bulk.Declined(kind, applications, bulk.measure_bulk(app)))
                    crowds.append(crowd.measure_crowd(app, database=kind, applications=applications))
            print(table(rounds[-1:]), end="\n\n", flush=True)
    sentences = [*missed(rounds), *bulk.slow(declined), *crowd.lost(crowds)]
    tables = [table([each for each in rounds if each.database == kind]) for kind in dict.fromkeys(each.database for each in rounds)]
    parts = [heading(today("UTC")), *tables, *searches(rounds), *bulk.said(declined), *crowd.said(crowds), _paper(paper), _start(), *sentences]
    print("\n\n".join(parts))
    if not wanted.page and not wanted.dry:
        write(ROOT / "docs" / "benchmarks.md", "\n\n".join(parts))
    return 1 if sentences else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--applications", type=lambda text: [int(part) for part in text.split(",")], default=[1000, 10_000, 100_000])
    parser.add_argument("--database", type=lambda text: text.split(","), default=["sqlite", "postgresql"])
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--page", default="", help="only pages with this in their name; nothing is written down")
    parser.add_argument("--dry", action="store_true", help="write nothing down")
    return parser.parse_args()


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
