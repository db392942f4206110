"""The courses of the demonstration can be read, answered and graded."""

import tomllib
from pathlib import Path

import pytest
from flask import Flask

from training.catalogue.content import check
from training.catalogue.models import CourseArea, CourseForm
from training.demo import FOLDER, read_item

FILES = sorted(FOLDER.glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_course_has_modules_and_at_least_eight_questions_that_can_be_graded(app: Flask, path: Path) -> None:
    source = tomllib.loads(path.read_text("utf-8"))
    about = source["course"]
    assert CourseArea(about["area"])
    assert CourseForm(about.get("form", "e_learning"))
    assert source["modules"]
    assert len(source["items"]) >= max(8, about.get("item_count", 8))
    for item in source["items"]:
        check(read_item(item))


def test_codes_and_titles_of_courses_are_unique() -> None:
    courses = [tomllib.loads(path.read_text("utf-8"))["course"] for path in FILES]
    assert len({course["code"].casefold() for course in courses}) == len({course["title"] for course in courses}) == len(FILES)
