"""The courses of the demonstration can be read, answered and graded."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from home.demo.people import JOB_ROLES
from training.catalogue.models import CourseArea, CourseForm
from training.demo import FOLDER, read_item
from training.exams.grading import read_number
from training.items.content import check
from training.items.models import ItemKind

CHOSEN = frozenset({ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.TRUE_FALSE, ItemKind.NUMERIC})
FILES = sorted(FOLDER.glob("*.toml"))
each_course = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@each_course
def test_a_course_has_modules_and_at_least_eight_questions_that_can_be_graded(app: Flask, path: Path) -> None:
    source = tomllib.loads(path.read_text("utf-8"))
    about = source["course"]
    assert CourseArea(about["area"])
    assert CourseForm(about.get("form", "e_learning"))
    assert source["modules"]
    assert len(source["items"]) >= max(8, about.get("item_count", 8))
    for item in source["items"]:
        check(read_item(item))


@each_course
def test_what_describes_a_course_fits_the_form_that_would_change_it(path: Path) -> None:
    about = tomllib.loads(path.read_text("utf-8"))["course"]
    assert 0 < len(about["title"]) <= 150
    assert 0 < len(about["code"]) <= 20
    assert len(about["summary"]) <= 600
    assert len(about["regulation"]) <= 200
    assert about["language"] in {"pt_BR", "en"}
    assert 50 <= about["pass_mark"] <= 100
    assert 15 <= about["minutes"] <= 30
    assert 6 <= about["item_count"] <= 8


@each_course
def test_modules_are_long_enough_to_teach_and_short_enough_to_read(path: Path) -> None:
    modules = tomllib.loads(path.read_text("utf-8"))["modules"]
    assert 2 <= len(modules) <= 3
    for module in modules:
        assert 0 < len(module["title"]) <= 150
        assert 150 <= len(module["text"].split()) <= 350, module["title"]


@each_course
def test_every_question_has_its_key_and_answers_that_differ(path: Path) -> None:
    items = tomllib.loads(path.read_text("utf-8"))["items"]
    assert len({item["text"].casefold() for item in items}) == len(items)
    for item in items:
        options = item.get("options", [])
        if ItemKind(item["kind"]) not in CHOSEN:
            continue  # `check` above has looked at them
        right = sum(option["correct"] for option in options)
        assert len({option["text"].casefold() for option in options}) == len(options)
        assert all(0 < len(option["text"]) <= 500 and len(option["feedback"]) <= 500 for option in options)
        match ItemKind(item["kind"]):
            case ItemKind.SINGLE:
                assert (len(options) >= 3, right) == (True, 1), item["text"]
            case ItemKind.MULTIPLE:
                assert 2 <= right < len(options), item["text"]
            case ItemKind.TRUE_FALSE:
                assert (len(options), right) == (2, 1), item["text"]
            case ItemKind.NUMERIC:
                assert options == []
                assert read_number(item["answer"]) == Decimal(item["answer"])


@each_course
def test_rules_of_a_course_ask_roles_that_exist(path: Path) -> None:
    for rule in tomllib.loads(path.read_text("utf-8")).get("rules", []):
        assert rule["role"] in JOB_ROLES


def test_there_are_courses_in_both_languages() -> None:
    languages = [tomllib.loads(path.read_text("utf-8"))["course"]["language"] for path in FILES]
    assert (languages.count("pt_BR"), languages.count("en")) == (8, 4)


def test_codes_and_titles_of_courses_are_unique() -> None:
    courses = [tomllib.loads(path.read_text("utf-8"))["course"] for path in FILES]
    assert len({course["code"].casefold() for course in courses}) == len({course["title"] for course in courses}) == len(FILES)
