"""From a file of predictions to the log: one batch, one change. The same file again brings only what is new."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from surveyapp.base.garbage import no_collecting
from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Batch, Prediction, Resolution
from surveyapp.importers.prediction.plan import PredictionPlan
from surveyapp.importers.prediction.spreadsheet_column import FIELDS, NEEDED
from surveyapp.importers.table import Report, no_report
from surveyapp.services.change_log import ensure_writable, record
from surveyapp.services.prediction.again import FileEdits, renumbered
from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.prediction.change import all_of, edits_between, set_fields, set_gone, subject
from surveyapp.services.prediction.file_seals import FileSeals, store_seals
from surveyapp.services.prediction.identity import Identity, identify
from surveyapp.services.prediction.log import new_uid
from surveyapp.services.prediction.twin import alike, alike_there, known_alike, twins, with_what_is_new
from surveyapp.services.session import Session

_Row = tuple[Any, ...]
_STEPS = 4
"""Predictions, what of the forecasts is new, forecasts, the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came into the log: predictions that are new, that the file changed, that were there already; new forecasts
    and resolutions."""

    batch: Batch
    n_new: int
    n_changed: int
    n_known: int
    n_forecasts: int
    n_resolutions: int

    @property
    def sentence(self) -> str:
        """ "3 new predictions, 12 forecasts, 2 resolutions; 40 were there already"."""
        parts = [
            ngettext("%(n)s new prediction", "%(n)s new predictions", self.n_new) % {"n": fmt_count(self.n_new)},
            ngettext("%(n)s forecast", "%(n)s forecasts", self.n_forecasts) % {"n": fmt_count(self.n_forecasts)},
            ngettext("%(n)s resolution", "%(n)s resolutions", self.n_resolutions)
            % {"n": fmt_count(self.n_resolutions)},
        ]
        text = ", ".join(parts)
        if self.n_known:
            known = ngettext("%(n)s was there already", "%(n)s were there already", self.n_known)
            text = f"{text}; {known % {'n': fmt_count(self.n_known)}}"
        return text


@no_collecting()
def import_predictions(session: Session, plan: PredictionPlan, *, report: Report = no_report) -> Imported:
    """Store a plan. Predictions are known by the key of their file or their uid; of those only what is new is added.

    Raises UserError if the scale or the day of the forecasts is unknown or nothing is in the file, or what `report`
    raises, with nothing stored.
    """
    ensure_writable(session)
    if plan.asks_scale:
        raise UserError(
            _("It cannot be told whether the forecasts are shares of 1 or per cents."), _("Say which of the two.")
        )
    if plan.asks_date:
        raise UserError(_("The file does not say when forecasts were made."), _("Say the day."))
    if not plan.predictions:
        raise _nothing_in(plan)
    book, store = book_of(session), session.store
    with store.transaction():
        report(0, _STEPS)
        who = identify(session, plan)
        now = session.clock()
        batch = store.predictions.add_batch(
            Batch(name=plan.source.name, format=plan.source.format, sha256=plan.source.sha256, at=now, notes=plan.notes)
        )
        matched = _matched(plan, book)
        other = twins(session, plan, book, matched)
        matched |= other
        edits = FileEdits(session)
        plan = renumbered(plan, {place: book.predictions[number] for place, number in matched.items()}, edits)
        ids, changed = _store_predictions(session, plan, matched, batch, who.ids, edits, other)
        seals = store_seals(session, plan, matched, ids)
        report(1, _STEPS)
        rows, moved = _new_rows(session, plan, ids, who, with_known=bool(matched), of_twins=set(other.values()))
        report(2, _STEPS)
        store.forecasts.add_rows((*row[:-1], batch.id, row[-1]) for row in rows)
        store.forecasts.set_removed(moved, now)
        report(3, _STEPS)
        resolutions = _new_resolutions(plan, ids, who.ids, book, batch, of_twins=set(other.values()))
        store.forecasts.resolve(resolutions)
        done = Imported(
            batch=batch,
            n_new=len(plan.predictions) - len(matched),
            n_changed=len(changed),
            n_known=len(matched),
            n_forecasts=sum(map(_says_belief, rows)) - sum(map(_says_belief, moved.values())),
            n_resolutions=len(resolutions),
        )
        known = [book.predictions[number] for number in matched.values()]
        _record(session, done, changed, known, seals=seals, who=who, moved=list(moved))
    session.notify(f"log:{batch.id}", "changes")
    return done


def known_words(session: Session, plan: PredictionPlan) -> str:
    """How many of a plan's predictions are in the log already, before they come again; "" for none."""
    book = book_of(session)
    matched = _matched(plan, book)
    n = len(matched) + len(twins(session, plan, book, matched))
    if not n:
        return ""
    if n == len(plan.predictions):
        return _("All of it is known: only forecasts and outcomes that are new come in.")
    words = ngettext(
        "%(n)s prediction is in the log already: of it only what is new comes in.",
        "%(n)s predictions are in the log already: of them only what is new comes in.",
        n,
    )
    return words % {"n": fmt_count(n)}


def _nothing_in(plan: PredictionPlan) -> UserError:
    """Why there is nothing to store: of a table of somebody's own, which columns nobody named."""
    lacks = [field.title() for field in FIELDS if field.name in NEEDED and field.name not in dict(plan.columns)]
    if not plan.headers or not lacks:
        return UserError(_("There is no prediction in this file."), "")
    return UserError(
        _("No column is known to hold: %(names)s.") % {"names": ", ".join(lacks)},
        _("Say which does. The columns are: %(names)s.") % {"names": ", ".join(plan.headers)},
    )


def _matched(plan: PredictionPlan, book: Book) -> dict[int, int]:
    """Positions of predictions that are in the log, with their ids."""
    by_key = {one.key: one.id for one in book.predictions.values() if one.key}
    by_uid = {one.uid: one.id for one in book.predictions.values()}
    found = {}
    for place, planned in enumerate(plan.predictions):
        number = by_uid.get(planned.prediction.uid) or by_key.get(planned.prediction.key)
        if number is not None:
            found[place] = number
    return found


def _store_predictions(
    session: Session,
    plan: PredictionPlan,
    matched: dict[int, int],
    batch: Batch,
    people: Sequence[int],
    edits: FileEdits,
    other: Mapping[int, int],
) -> tuple[list[int], list[tuple[Prediction, Prediction]]]:
    """The id of each prediction of the plan, and those that the file changed: before and after."""
    log, taken = session.store.predictions, {one.uid for one in session.store.predictions.all(include_removed=True)}
    new, changed, ids = [], [], [matched.get(place, 0) for place in range(len(plan.predictions))]
    for place, planned in enumerate(plan.predictions):
        said = planned.prediction
        creator = None if planned.creator is None else people[planned.creator]
        if place not in matched:
            uid = said.uid if said.uid and said.uid not in taken else new_uid()
            new.append(replace(said, uid=uid, creator_id=creator, batch_id=batch.id))
            continue
        before = book_of(session).predictions[matched[place]]
        after = with_what_is_new(before, said) if place in other else edits.changed(before, said)
        if after != before:
            changed.append((before, after))
    fresh = iter(log.add(new))
    ids = [number or next(fresh) for number in ids]
    for place, planned in enumerate(plan.predictions):
        if place not in matched and planned.edits:
            log.add_edits([replace(edit, prediction_id=ids[place]) for edit in planned.edits])
    return ids, changed


def _new_rows(
    session: Session,
    plan: PredictionPlan,
    ids: list[int],
    who: Identity,
    *,
    with_known: bool,
    of_twins: Collection[int],
) -> tuple[list[_Row], dict[int, _Row]]:
    """The forecasts that are not in the log yet, as rows; two alike in the file are two. Then, by their ids, those that
    stand there under somebody's other name: they are among the rows, and are to be hidden. Those `of_twins` are known
    by what two exports tell alike."""
    rows = _rows(plan, ids, who.ids)
    if not with_known:
        return rows, {}
    known = Counter(session.store.forecasts.rows())
    same = known_alike(known.elements(), of_twins) if of_twins else Counter()
    elsewhere = {number: session.store.forecasts.ids_of(number) for number in set(who.before.values())}
    new: list[_Row] = []
    moved: dict[int, _Row] = {}
    for row, forecast in zip(rows, plan.forecasts, strict=True):
        other = who.before.get(forecast.who)
        if row[0] in of_twins:
            if same[alike(row)]:
                same[alike(row)] -= 1
                continue
            new.append(row)
            if other is not None and (twin := alike_there(elsewhere[other], row, other)):
                moved[twin.pop()] = row
            continue
        if left := known.get(row, 0):
            known[row] = left - 1
            continue
        new.append(row)
        if other is not None and (places := elsewhere[other].get((row[0], other, *row[2:]))):
            moved[places.pop()] = row
    return new, moved


def _rows(plan: PredictionPlan, ids: list[int], people: Sequence[int]) -> list[_Row]:
    return [
        (
            ids[place],
            people[who],
            at,
            probability,
            option,
            _quantiles(quantiles) if quantiles else None,
            comment,
            int(withdrawn),
            key,
        )
        for place, who, at, probability, option, quantiles, comment, withdrawn, key, _row in plan.forecasts
    ]


def _says_belief(row: _Row) -> bool:
    """Whether a row of the store is more than a comment: a probability, quantiles, or withdrawn."""
    return row[3] is not None or row[5] is not None or bool(row[7])


def _quantiles(pairs: Sequence[tuple[float, float]]) -> str:
    """As the store writes them."""
    return json.dumps([list(pair) for pair in pairs])


def _new_resolutions(
    plan: PredictionPlan, ids: list[int], people: Sequence[int], book: Book, batch: Batch, *, of_twins: Collection[int]
) -> list[Resolution]:
    """Outcomes that are not in the log yet; `of_twins`, whose exports know the day differently, only another outcome
    than the one that holds."""
    found = []
    for number, planned in zip(ids, plan.predictions, strict=True):
        held = book.resolution(number) if number in of_twins else None
        if held is not None and all(one.outcome is held.outcome for one in planned.resolutions):
            continue
        known = {(one.outcome, one.option, one.value, one.known_at) for one in book.resolutions.get(number, ())}
        for one, who in zip(planned.resolutions, planned.resolvers, strict=True):
            if (one.outcome, one.option, one.value, one.known_at) not in known:
                by = None if who is None else people[who]
                found.append(replace(one, prediction_id=number, by_id=by, batch_id=batch.id))
    return found


def _record(
    session: Session,
    done: Imported,
    changed: list[tuple[Prediction, Prediction]],
    known: list[Prediction],
    *,
    seals: FileSeals,
    who: Identity,
    moved: list[int],
) -> None:
    for before, after in changed:
        session.store.predictions.update(after, edits_between(before, after, done.batch.at))
    own = f"log:{done.batch.id}"
    subjects = tuple(dict.fromkeys([own, *(subject(one) for one in known), *(["log:me"] if who.do else [])]))
    do = [
        *who.do,
        set_gone("batch", [done.batch.id], False, [own]),
        *(set_fields(*pair) for pair in changed),
        *seals.steps(subjects, back=False),
    ]
    inverse = [
        *seals.steps(subjects, back=True),
        *(set_fields(after, before) for before, after in changed),
        set_gone("batch", [done.batch.id], True, [own]),
        *who.inverse,
    ]
    if moved:
        do.append(set_gone("forecast", moved, True, [own]))
        inverse.append(set_gone("forecast", moved, False, [own]))
    record(
        session,
        label=_("Predictions imported from %(file)s") % {"file": done.batch.name},
        detail=done.sentence,
        do=all_of(do),
        inverse=all_of(inverse),
        subjects=subjects,
    )
