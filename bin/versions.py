"""Fails when a package is pinned below the version that mended a known hole (an audit tool finds nothing on a closed network)."""

import sys
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def pinned(path: Path) -> dict[str, str]:
    """The version of each package in a list of requirements, by canonical name."""
    lines = [line.strip() for line in path.read_text().splitlines()]
    pairs = [line.split("==") for line in lines if "==" in line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def too_old(minimums: Path, pins: dict[str, str]) -> list[str]:
    """One sentence for each package pinned below its minimum."""
    wanted = [Requirement(line.split("#")[0]) for line in minimums.read_text().splitlines() if line.split("#")[0].strip()]
    return [
        f"{want.name} is pinned at {pins[canonicalize_name(want.name)]}, but must be {want.specifier}"
        for want in wanted
        if canonicalize_name(want.name) in pins and not want.specifier.contains(pins[canonicalize_name(want.name)])
    ]


if __name__ == "__main__":
    problems = too_old(ROOT / ".ci" / "minimum-versions.txt", pinned(ROOT / "requirements.txt") | pinned(ROOT / "requirements-dev.txt"))
    if problems:
        sys.exit("\n".join(problems))
