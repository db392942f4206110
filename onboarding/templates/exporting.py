"""A template as YAML, to be kept, compared, or carried to another installation. What is as usual is left out."""

from collections.abc import Iterable
from typing import Any

import yaml

from onboarding.task_forms.fields import FieldKind, FormField, fields_from
from onboarding.templates.models import DocumentRule, Part, TaskKind, Template, TemplateCriterion, TemplateTask, TemplateVersion

CONTENT_TYPE = "application/yaml"


class _Block(str):
    """Text that is written over several lines."""


class _Writer(yaml.SafeDumper):
    """Writes no anchors, and long texts as they are read."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Writer.add_representer(_Block, lambda writer, text: writer.represent_scalar("tag:yaml.org,2002:str", str(text), style="|"))


def template_yaml(template: Template, version: TemplateVersion | None, courses: dict[int, str]) -> str:
    """The template with the tasks of a version; `courses` are codes by inner key. Needs criteria, and policy, person and team of the tasks."""
    found: dict[str, Any] = {"name": template.name, "for": _criteria(template.criteria)}
    found["tasks"] = [_task(task, courses) for task in sorted(version.tasks if version else (), key=lambda task: (task.position, task.id))]
    text: str = yaml.dump(_without_empty(found), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=120)
    return text


def _task(task: TemplateTask, courses: dict[int, str]) -> dict[str, Any]:
    return _without_empty(
        {
            "key": task.key,
            "title": task.title,
            "kind": None if task.kind is TaskKind.TICK else task.kind.value,
            "owner": _owner(task),
            "phase": task.phase.value,
            "days": task.offset_days,
            "after": task.due_after,
            "waits_for": list(task.waits_for),
            "required": None if task.required else False,
            "minutes": task.minutes,
            "instructions": _text(task.instructions),
            "policy": task.policy.title if task.policy else None,
            "course": courses.get(task.course_id) if task.course_id is not None else None,
            "files": None if task.document_rule is DocumentRule.DOCUMENT else task.document_rule.value,
            "expires": task.asks_expiry or None,
            "fields": [_field(field) for field in fields_from(task.fields)],
            "letter": _text(task.letter),
            "item": task.item,
            "moment": task.moment.value if task.moment else None,
            "for": _criteria(task.criteria),
        }
    )


def _owner(task: TemplateTask) -> Any:
    if task.part is Part.PERSON and task.named is not None:
        return {"person": task.named.email}
    if task.part is Part.TEAM and task.team is not None:
        return {"team": task.team.name}
    return None if task.part is Part.NEW_HIRE else task.part.value


def _field(field: FormField) -> dict[str, Any]:
    return _without_empty(
        {
            "name": field.label,
            "key": field.key,
            "kind": None if field.kind is FieldKind.SHORT else field.kind.value,
            "required": None if field.required else False,
            "sensitive": field.sensitive or None,
            "choices": list(field.choices),
        }
    )


def _criteria(criteria: Iterable[TemplateCriterion]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"job_roles": [], "departments": [], "places": [], "contracts": []}
    for criterion in criteria:
        if criterion.job_role is not None:
            found["job_roles"].append(criterion.job_role.name)
        elif criterion.department is not None:
            found["departments"].append(criterion.department.name)
        elif criterion.location is not None:
            found["places"].append(criterion.location.name)
        elif criterion.employment_type is not None:
            found["contracts"].append(criterion.employment_type.value)
    return {name: sorted(values) for name, values in found.items() if values}


def _text(text: str) -> str:
    return _Block(text) if "\n" in text else text


def _without_empty(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value is not None and value not in ("", [], {})}
