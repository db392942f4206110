"""Finding criteria and questions within a posting that was loaded with them."""

from uuid import UUID

from core.errors import NotFound
from hiring.postings.models import Criterion, Posting, Question


def get_criterion(posting: Posting, criterion_id: UUID) -> Criterion:
    """A criterion of this posting. Raises NotFound."""
    for criterion in posting.criteria:
        if criterion.public_id == criterion_id:
            return criterion
    raise NotFound


def get_question(posting: Posting, question_id: UUID) -> Question:
    """A question of this posting. Raises NotFound."""
    for question in posting.questions:
        if question.public_id == question_id:
            return question
    raise NotFound
