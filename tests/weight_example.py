"""Weights of the invented census: equal shares of every gender."""

from __future__ import annotations

from services_example import GENDER

from surveyapp.domain.analysis import Base
from surveyapp.domain.weight import Margin, MarginQuestion, Target, WeightKind, WeightScheme
from surveyapp.services.session import Session
from surveyapp.services.weighting import save_scheme


def gender_scheme(session: Session, name: str = "Gender", *, column: str = GENDER) -> WeightScheme:
    """Every answer as often as the others."""
    question = session.find_question(1, column)
    labels = [choice.label for choice in question.choices if choice.missing is None]
    targets = tuple(Target(answers=(label,), value=1 / len(labels)) for label in labels)
    margin = Margin(questions=(MarginQuestion(column=column),), targets=targets)
    return WeightScheme(name=name, kind=WeightKind.RAKE, margins=(margin,))


def save_gender(session: Session, name: str = "Gender") -> WeightScheme:
    """The same, kept."""
    scheme = gender_scheme(session, name)
    save_scheme(session, Base(wave_id=1), scheme)
    return scheme
