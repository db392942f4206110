"""How long things may grow, and names that say nothing."""

import ast
import re
from pathlib import Path

from tests.architecture.source import ROOT, modules, of_each

BANNED = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?|data|info)(_|$)")
PEOPLE = re.compile(r"managers?")  # the field's own noun: hiring managers, somebody's manager
FILE, FUNCTION, TEMPLATE = 300, 40, 150


@of_each(modules())
def test_files_and_functions_stay_within_their_budget(path: str) -> None:
    tree = modules()[path]
    assert len((ROOT / path).read_text("utf-8").splitlines()) <= FILE
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = [statement for statement in node.body if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))]
            first = body[0].lineno if body else node.lineno
            assert (node.end_lineno or 0) - first < FUNCTION, f"{path}:{node.lineno} {node.name}"


@of_each(modules())
def test_modules_say_what_they_are_in_their_first_sentence(path: str) -> None:
    if (ROOT / path).read_text("utf-8").strip():
        assert ast.get_docstring(modules()[path]), f"{path} does not say what it is"


@of_each(modules())
def test_no_name_says_nothing(path: str) -> None:
    for part in Path(path).with_suffix("").parts:
        assert not BANNED.search(part), path
    for node in ast.walk(modules()[path]):
        if isinstance(node, ast.ClassDef):
            assert not BANNED.search(re.sub(r"(?<!^)(?=[A-Z])", "_", node.name).lower()), f"{path}: {node.name}"
        elif isinstance(node, ast.FunctionDef):
            assert not BANNED.search(PEOPLE.sub("", node.name)), f"{path}: {node.name}"


def test_templates_stay_within_their_budget() -> None:
    long = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.*")
        if path.suffix in (".html", ".txt") and len(path.read_text("utf-8").splitlines()) > TEMPLATE
    ]
    assert not long


def test_every_template_is_used() -> None:
    code = "\n".join((ROOT / path).read_text("utf-8") for path in modules())
    templates = {str(path.relative_to(ROOT / "templates")): path for path in (ROOT / "templates").rglob("*.html")}
    everywhere = code + "\n".join(path.read_text("utf-8") for path in templates.values())
    unused = []
    for name in templates:
        mail = name.startswith("mails/") and name.count("/") == 2
        wanted = f'"{name.split("/")[1]}"' if mail else Path(name).name
        if wanted not in everywhere:
            unused.append(name)
    assert not unused
