"""When tasks fall due, and which tasks a new hire gets."""

from datetime import date
from typing import Any

import pytest

from core.people.models import Employment, EmploymentType, Location
from onboarding.templates.dependencies import find_circle
from onboarding.templates.matching import compose, due_day, due_days, fits, key_from
from onboarding.templates.models import Phase, Template, TemplateCriterion, TemplateTask, TemplateVersion

SAO_PAULO = Location(name="Paulista", country="BR", region="SP")


@pytest.mark.parametrize(
    ("starts_on", "offset", "due_on"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),  # a Monday
        (date(2026, 11, 23), -1, date(2026, 11, 19)),  # Friday the 20th is a holiday
        (date(2026, 11, 19), 1, date(2026, 11, 23)),  # over a holiday and a weekend
        (date(2026, 12, 24), 1, date(2026, 12, 28)),  # over Christmas and a weekend
        (date(2026, 12, 25), 0, date(2026, 12, 28)),  # starting on a holiday
        (date(2026, 11, 21), -1, date(2026, 11, 19)),  # starting on a Saturday after a holiday
        (date(2027, 1, 4), -5, date(2026, 12, 24)),  # over New Year and Christmas
    ],
)
def test_due_days_count_business_days_over_weekends_and_holidays(starts_on: date, offset: int, due_on: date) -> None:
    assert due_day(starts_on, offset, SAO_PAULO) == due_on


def wanted(**values: Any) -> list[TemplateCriterion]:
    return [TemplateCriterion(**{name: value}) for name, each in values.items() for value in each]


def version(template_id: int, *titles: str, **values: Any) -> TemplateVersion:
    template = Template(id=template_id, name=str(template_id), criteria=wanted(**values))
    tasks = [
        TemplateTask(key=key_from(title), title=f"{title} {template_id}", phase=Phase.DAY_ONE, offset_days=0, position=0, criteria=[])
        for title in titles
    ]
    return TemplateVersion(template_id=template_id, template=template, tasks=tasks)


INTERN = Employment(job_role_id=7, department_id=1, location_id=3, employment_type=EmploymentType.INTERN)


def test_a_task_in_two_templates_is_given_once_in_the_more_specific_wording() -> None:
    everyone, branch = version(1, "Say hello", "Get a badge"), version(2, "Say hello", job_role_id=[7])
    assert {task.title for task in compose([branch, everyone], INTERN)} == {"Say hello 2", "Get a badge 1"}


def test_a_task_of_its_own_criteria_is_given_only_to_those_who_fit_and_wins_over_the_general_one() -> None:
    everyone, other = version(2, "Say hello"), version(1, "Say hello")
    other.tasks[0].criteria = wanted(location_id=[3, 4])
    assert [task.title for task in compose([everyone, other], INTERN)] == ["Say hello 1"]
    other.tasks[0].criteria = wanted(location_id=[4])
    assert [task.title for task in compose([everyone, other], INTERN)] == ["Say hello 2"]


@pytest.mark.parametrize(
    ("values", "does"),
    [
        ({}, True),
        ({"job_role_id": [7], "location_id": [3]}, True),
        ({"job_role_id": [5, 7], "location_id": [2, 3, 4]}, True),  # one value of each is enough
        ({"job_role_id": [5, 7], "location_id": [4]}, False),
        ({"job_role_id": [5]}, False),
        ({"department_id": [1, 2]}, True),
        ({"employment_type": [EmploymentType.INTERN, EmploymentType.TEMPORARY]}, True),
        ({"employment_type": [EmploymentType.FULL_TIME]}, False),
    ],
)
def test_a_template_fits_when_at_least_one_value_of_each_criterion_is_so(values: dict[str, list[Any]], does: bool) -> None:
    assert fits(Template(criteria=wanted(**values)), INTERN) is does


def test_a_task_due_after_another_counts_from_that_ones_day_and_from_its_end_once_it_is_done() -> None:
    laptop = TemplateTask(key="laptop", offset_days=0, due_after="")
    receipt = TemplateTask(key="receipt", offset_days=2, due_after="laptop")
    photo = TemplateTask(key="photo", offset_days=1, due_after="receipt")
    lost = TemplateTask(key="lost", offset_days=1, due_after="a task not given")
    monday = date(2026, 11, 23)
    days = due_days([photo, receipt, lost, laptop], monday, SAO_PAULO)
    assert days == {"laptop": monday, "receipt": date(2026, 11, 25), "photo": date(2026, 11, 26), "lost": date(2026, 11, 24)}
    assert due_days([receipt, laptop], monday, SAO_PAULO, finished={"laptop": date(2026, 11, 26)})["receipt"] == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("needs", "circle"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["b", "c"], "b": ["c"], "c": []}, []),  # two ways to one task are no circle
        ({"a": ["a"]}, ["a", "a"]),
        ({"x": ["a"], "a": ["b"], "b": ["c"], "c": ["a"]}, ["a", "b", "c", "a"]),
        ({"a": ["b"], "b": ["x"]}, []),
    ],
)
def test_a_circle_of_tasks_is_found_and_only_a_circle(needs: dict[str, list[str]], circle: list[str]) -> None:
    assert find_circle(needs, starting=list(needs)) == circle


def test_a_long_chain_of_tasks_is_followed_to_its_end() -> None:
    needs = {str(number): [str(number + 1)] for number in range(5000)}
    assert find_circle(needs, starting=["0"]) == []
    assert find_circle({**needs, "5000": ["0"]}, starting=["0"])[0] == "0"


def test_keys_are_made_of_titles_in_any_language() -> None:
    assert key_from("Ler e aceitar o Código de Conduta!") == "ler-e-aceitar-o-codigo-de-conduta"
    assert key_from("日本") == "task"
