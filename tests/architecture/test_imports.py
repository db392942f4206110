"""The arrow between packages, and what each kind of file may know."""

import ast

from tests.architecture.source import ORDER, imported, modules, of_each, target

DOORS = {"public", "demo"}
NEVER = {
    "models": ("flask", "flask_login", "wtforms", "flask_wtf"),
    "policy": ("flask", "sqlalchemy", "wtforms", "flask_wtf", "flask_login"),
    "queries": ("flask", "wtforms", "flask_wtf", "flask_login"),
    "actions": ("flask", "wtforms", "flask_wtf", "flask_login"),
    "forms": ("sqlalchemy",),
    "views": ("sqlalchemy",),
    "mails": ("flask", "smtplib"),
}
NO_SESSION = {"models", "policy", "forms", "views", "mails"}
KERNEL_FORMS = "core/web/"


@of_each(modules())
def test_packages_import_only_rightwards_and_through_their_doors(path: str) -> None:
    package = path.split("/")[0]
    for module, name in imported(modules()[path]):
        reached = target(module, name).split(".")
        other = reached[0]
        if other not in ORDER or other == package:
            continue
        assert ORDER.index(other) > ORDER.index(package), f"{path} imports {module}"
        if other == "core":
            continue
        assert len(reached) == 2 and reached[1] in DOORS, f"{path} goes into {'.'.join(reached)} past its doors"
        assert reached[1] != "demo" or path.startswith("home/demo/"), f"{path} uses the door of the demonstration"


@of_each([path for path in modules() if path.rsplit("/", 1)[-1].removesuffix(".py") in NEVER])
def test_each_kind_of_file_knows_only_what_it_promises(path: str) -> None:
    kind = path.rsplit("/", 1)[-1].removesuffix(".py")
    tree = modules()[path]
    for module, name in imported(tree):
        banned = module.split(".")[0] in NEVER[kind] and not (kind == "models" and module == "flask_login")
        assert not banned, f"{path} imports {module}"
        assert not (kind in NO_SESSION and module == "core.db" and name in ("session", "db")), f"{path} uses the session"
    if kind in ("actions", "queries", "views"):
        commits = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in ("commit", "populate_obj")]
        assert not commits, f"{path} commits or assigns in bulk"
    if kind == "queries":
        writes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in ("add", "delete") and _is_session(node.value)]
        assert not writes, f"{path} writes"


def _is_session(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "session"


@of_each(modules())
def test_only_the_clock_reads_the_clock(path: str) -> None:
    if path in ("core/clock.py", "core/log.py"):
        return
    for node in ast.walk(modules()[path]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            reads = (
                node.func.attr in ("utcnow", "today", "now") and isinstance(node.func.value, ast.Name) and node.func.value.id in ("datetime", "date")
            )
            assert not reads, f"{path}:{node.lineno} reads the clock"
