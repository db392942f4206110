"""The source as the house checks read it."""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ORDER = ["home", "hiring", "onboarding", "training", "core"]  # each may import what stands to its right


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the product by its path from the root."""
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for package in ORDER for path in sorted((ROOT / package).rglob("*.py"))}


def imported(tree: ast.Module) -> list[tuple[str, str]]:
    """Every import, hidden ones too, as (module, name); the name is empty for `import module`."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(node.module, alias.name) for alias in node.names]
    return found


def target(module: str, name: str) -> str:
    """The module an import reaches: `from a import b` may reach a.b."""
    as_path = ROOT / Path(*module.split("."), name)
    return f"{module}.{name}" if name and (as_path.with_suffix(".py").exists() or (as_path / "__init__.py").exists()) else module


def of_each(paths: Iterable[str]) -> Callable[[Callable[[str], None]], Callable[[str], None]]:
    """Make a check of one file a test of each package, which names every file that fails it: thousands of tests would take minutes to hand out."""
    groups: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        groups[path.split("/")[0]].append(path)

    def decorate(check: Callable[[str], None]) -> Callable[[str], None]:
        @pytest.mark.parametrize("package", groups)
        def test(package: str) -> None:
            complaints = []
            for path in groups[package]:
                try:
                    check(path)
                except AssertionError as complaint:
                    complaints.append(f"{path}: {complaint}")
            assert not complaints, "\n".join(complaints)

        test.__name__, test.__doc__, test.__module__ = check.__name__, check.__doc__, check.__module__
        return test

    return decorate
