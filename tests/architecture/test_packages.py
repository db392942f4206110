"""What is imported is also installed, in a fixed version without known holes; what is made can be found by `make`."""

import importlib.metadata
import sys
from collections.abc import Mapping
from functools import cache

from packaging.utils import canonicalize_name

from bin.versions import pinned, too_old
from tests.architecture.source import ORDER, ROOT, imported, modules

OURS = {*ORDER, "wsgi"}


@cache
def _provided() -> Mapping[str, list[str]]:
    return importlib.metadata.packages_distributions()


def _distributions(name: str) -> set[str]:
    return {canonicalize_name(each) for each in _provided().get(name, [])}


def test_whatever_the_product_imports_is_in_requirements() -> None:
    pins = set(pinned(ROOT / "requirements.txt"))
    roots = {(module.split(".")[0], path) for path, tree in modules().items() for module, _name in imported(tree)}
    wanted = {(name, path) for name, path in roots if name not in sys.stdlib_module_names and name not in OURS}
    missing = sorted({f"{name} ({path})" for name, path in wanted if not _distributions(name) & pins})
    assert not missing


def test_every_requirement_is_pinned_to_one_version() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith(("#", "-r "))]
        assert all("==" in line for line in lines), name


def test_a_version_with_a_known_hole_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    minimums = tmp_path / "minimums"
    minimums.write_text("weasyprint>=70.0  # requests by untrusted HTML\nnot-used>=1\n")
    assert too_old(minimums, {"weasyprint": "69.0"}) == ["weasyprint is pinned at 69.0, but must be >=70.0"]
    assert not too_old(ROOT / ".ci" / "minimum-versions.txt", pinned(ROOT / "requirements.txt"))
