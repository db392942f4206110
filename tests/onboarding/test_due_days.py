"""When tasks fall due, and which tasks a new hire gets."""

from datetime import date

import pytest

from core.people.models import Employment, EmploymentType, Location
from onboarding.templates.matching import compose, due_day, fits, key_from
from onboarding.templates.models import Phase, Template, TemplateTask, TemplateVersion

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


def version(template_id: int, *titles: str, **match: object) -> TemplateVersion:
    template = Template(id=template_id, name=str(template_id), **match)
    tasks = [TemplateTask(key=key_from(title), title=f"{title} {template_id}", phase=Phase.DAY_ONE, offset_days=0, position=0) for title in titles]
    return TemplateVersion(template_id=template_id, template=template, tasks=tasks)


def test_a_task_in_two_templates_is_given_once_in_the_more_specific_wording() -> None:
    everyone, branch = version(1, "Say hello", "Get a badge"), version(2, "Say hello", job_role_id=7)
    assert {task.title for task in compose([branch, everyone])} == {"Say hello 2", "Get a badge 1"}


def test_a_template_fits_when_everything_it_asks_for_is_so() -> None:
    employment = Employment(job_role_id=7, department_id=1, location_id=3, employment_type=EmploymentType.INTERN)
    assert fits(Template(), employment)
    assert fits(Template(job_role_id=7, location_id=3), employment)
    assert not fits(Template(job_role_id=7, location_id=4), employment)
    assert fits(Template(employment_type=EmploymentType.INTERN), employment)
    assert not fits(Template(employment_type=EmploymentType.FULL_TIME), employment)


def test_keys_are_made_of_titles_in_any_language() -> None:
    assert key_from("Ler e aceitar o Código de Conduta!") == "ler-e-aceitar-o-codigo-de-conduta"
    assert key_from("日本") == "task"
