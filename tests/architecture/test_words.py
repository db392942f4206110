"""Every state has a word, every event a sentence, every mail its three templates."""

import ast
import importlib
import re
from enum import StrEnum
from typing import Any

import pytest
from flask import Flask

import wsgi
from core.workflow import Workflow
from tests.architecture.source import ROOT, modules

SILENT = {"Purpose", "Standing", "ChangeKind"}


def everything(kind: type) -> list[tuple[str, Any]]:
    found = []
    for path in modules():
        module = importlib.import_module(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        for name, value in vars(module).items():
            if isinstance(value, kind) and getattr(value, "__module__", module.__name__) == module.__name__:
                found.append((f"{module.__name__}.{name}", value))
    return found


def test_every_member_of_every_enum_has_a_word() -> None:
    labelled = [set(value) for name, value in everything(dict) if value and all(isinstance(key, StrEnum) for key in value)]
    enums = [
        value
        for _name, value in everything(type)
        if issubclass(value, StrEnum) and value is not StrEnum and len(value) and value.__name__ not in SILENT
    ]
    wordless = sorted({f"{enum.__module__}.{enum.__name__}" for enum in enums if set(enum) not in labelled})
    assert not wordless


def test_every_state_can_be_reached() -> None:
    for name, workflow in everything(Workflow):
        states = list(type(next(iter(workflow.transitions))))
        reached, edge = {states[0]}, {states[0]}
        while edge:
            edge = {following for state in edge for following in workflow.following(state)} - reached
            reached |= edge
        assert reached == set(states), f"{name}: {set(states) - reached} cannot be reached"


def _literals(function: str) -> dict[str, str]:
    found = {}
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
                if name in (function, f"_{function}"):
                    found[node.args[0].value] = path
    return found


def test_every_audit_event_states_its_sentence() -> None:
    sentences = {name for package in wsgi.PACKAGES for name in package.EVENTS}
    recorded = {name: path for name, path in _literals("record").items() if re.fullmatch(r"[a-z]+\.[a-z_]+\.[a-z_]+", name)}
    silent = {name: path for name, path in recorded.items() if name not in sentences}
    assert not silent


def test_every_mail_has_its_three_templates_and_is_sent_by_somebody() -> None:
    sent = _literals("queue_mail")
    folders = {path.name for path in (ROOT / "templates" / "mails").iterdir() if path.is_dir()}
    assert set(sent) <= folders
    for folder in folders:
        names = {path.name for path in (ROOT / "templates" / "mails" / folder).iterdir()}
        assert {"subject.txt", "body.txt", "body.html"} <= names, folder
    code = "\n".join((ROOT / path).read_text("utf-8") for path in modules())
    assert not [folder for folder in folders if f'"{folder}"' not in code]


@pytest.mark.sqlite_only
def test_every_template_is_sound(app: Flask) -> None:
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in (".html", ".txt"):
            app.jinja_env.get_template(str(path.relative_to(ROOT / "templates")))
