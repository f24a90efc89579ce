"""What the import page does in the background: read files, compare them with a wave, store them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.base.paths import documents_dir
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.wave import Wave
from surveyapp.gui.saved_name import free_path
from surveyapp.gui.workspace_opener import SUFFIX
from surveyapp.importers.plan import ImportPlan
from surveyapp.services.intake.adding import AdditionPlan, AddMode
from surveyapp.services.intake.arrival import Arrival, Together
from surveyapp.services.intake.preview import Preview, Step, mapping_step, take_step
from surveyapp.services.intake.same_people import SamePeople
from surveyapp.services.jobs import JobContext
from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """Files that were read, the earlier wave whose codebook fits them, and a free name for their own wave."""

    arrival: Arrival
    preview: Preview
    name: str
    fitting: Wave | None = None
    mapping: Mapping | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What an import stored, and where. `change_id` takes it back; `words` tell it."""

    wave: Wave
    session: Session
    change_id: int
    words: str
    new_workspace: bool = False
    save_key: bool = False


class PredictionLogFound(UserError):  # noqa: N818 (what the file is, not only an error)
    """The file is a log of predictions; `sure`: it can be nothing else."""

    def __init__(self, path: Path, title: str, *, sure: bool) -> None:
        super().__init__(
            _("This looks like a log of predictions, not a census."),
            _("It reads like: %(format)s. Stored as a census, every row would count as one respondent.")
            % {"format": title},
        )
        self.path, self.sure = path, sure


def read_job(
    session: Session | None,
    paths: Sequence[Path],
    *,
    encoding: str | None,
    sheets: Sequence[str],
    any_file: bool = False,
) -> Callable[[JobContext], ReadFile]:
    """Reads and proposes; nothing is stored. A codebook that came along is used, as a step that can be taken back.

    Raises PredictionLogFound for what looks like one, unless `any_file` is to be read as a census.
    """

    def work(ctx: JobContext) -> ReadFile:
        if not any_file and len(paths) == 1:
            _refuse_log(paths[0])
        from surveyapp.services.intake.arrival import plan_arrival

        report = ctx.report
        arrival = plan_arrival(paths, encoding=encoding, sheets=sheets, report=lambda n, total: report(n, total))
        preview = Preview(base=arrival.plan)
        if arrival.dropped is not None:
            preview = take_step(preview, mapping_step(arrival.dropped.mapping, arrival.dropped.name))
        return _read(session, arrival, preview)

    return work


def _refuse_log(path: Path) -> None:
    from surveyapp.importers.prediction.recognition import recognise

    found = recognise(path)
    if found is not None:
        raise PredictionLogFound(path, found.spec.title(), sure=found.sure)


def together_job(
    session: Session | None, arrival: Arrival, together: Together, before: Preview
) -> Callable[[JobContext], ReadFile]:
    """Takes the files another way; what was decided on their columns holds."""

    def work(_ctx: JobContext) -> ReadFile:
        from surveyapp.importers.plan import with_mapping
        from surveyapp.services.intake.arrival import taken_together

        other = taken_together(arrival, together)
        preview = Preview(base=other.plan)
        if before.steps:
            known = before.plan.mapping
            step = Step(label=_("Your decisions so far"), apply=lambda plan: with_mapping(plan, known), proposal=True)
            preview = take_step(preview, step)
        return _read(session, other, preview)

    return work


def _read(session: Session | None, arrival: Arrival, preview: Preview) -> ReadFile:
    from surveyapp.services.intake.importing import fitting_wave, mapping_of_wave, proposed_name

    fitting = fitting_wave(session, arrival.plan) if session is not None else None
    return ReadFile(
        arrival=arrival,
        preview=preview,
        name=proposed_name(session, arrival.plan),
        fitting=fitting,
        mapping=mapping_of_wave(session, fitting.id) if session is not None and fitting is not None else None,
    )


def compare_job(session: Session, wave: Wave, arrival: Arrival) -> Callable[[JobContext], AdditionPlan]:
    """What the files would bring to a wave."""

    def work(ctx: JobContext) -> AdditionPlan:
        from surveyapp.services.intake.adding import plan_addition_of

        return plan_addition_of(session, wave.id, arrival.plan.table, report=lambda n, total: ctx.report(n, total))

    return work


def same_people_job(session: Session, arrival: Arrival) -> Callable[[JobContext], SamePeople | None]:
    """Whether most of these people are in a wave already, whatever the columns are called."""

    def work(ctx: JobContext) -> SamePeople | None:
        from surveyapp.services.intake.same_people import find_same_people

        return find_same_people(session, arrival.plan, report=lambda n, total: ctx.report(n, total))

    return work


def add_job(session: Session, plan: AdditionPlan, mode: AddMode) -> Callable[[JobContext], Stored]:
    """Adds the files to the wave that is there."""

    def work(ctx: JobContext) -> Stored:
        from surveyapp.services.intake.adding import run_addition

        change: Change = run_addition(session, plan, mode=mode, report=lambda n, total: ctx.report(n, total))
        wave = session.wave(plan.wave.id)
        return Stored(wave=wave, session=session, change_id=change.id, words=f"{change.label}.")

    return work


def import_job(
    session: Session | None, plan: ImportPlan, *, name: str, clock: Clock, key: str = ""
) -> Callable[[JobContext], Stored]:
    """Stores a wave. Cancelled or failed, a workspace made for it is gone again. `key` is a key for links to use."""

    def work(ctx: JobContext) -> Stored:
        from surveyapp.services.workspace import discard_new

        target = session if session is not None else _new_workspace(plan, clock)
        try:
            return _store(target, plan, name=name, ctx=ctx, new_workspace=session is None, key=key)
        except BaseException:
            if session is None:
                discard_new(target)
            raise

    return work


def _store(session: Session, plan: ImportPlan, *, name: str, ctx: JobContext, new_workspace: bool, key: str) -> Stored:
    from surveyapp.base.i18n import ngettext
    from surveyapp.base.number import fmt_count
    from surveyapp.services.change_log import undoable
    from surveyapp.services.intake.importing import run_import
    from surveyapp.services.pseudonym import is_key_lasting, use_key

    if key:
        use_key(session, key)
    survey = plan.mapping.survey or _("Census")
    wave = run_import(session, plan, wave=name, survey=survey, report=lambda done, total: ctx.report(done, total))
    change = undoable(session)
    assert change is not None  # the import is one
    n = wave.n_responses
    return Stored(
        wave=wave,
        session=session,
        change_id=change.id,
        words=ngettext("%(n)s person imported.", "%(n)s people imported.", n) % {"n": fmt_count(n)},
        new_workspace=new_workspace,
        save_key=bool(plan.mapping.hashed) and not key and not is_key_lasting(session),
    )


def _new_workspace(plan: ImportPlan, clock: Clock) -> Session:
    from surveyapp.services.workspace import create_session

    stem = Path(plan.table.source.name).stem.strip(". ") or _("Community")
    path = free_path(documents_dir() / f"{stem}{SUFFIX}")
    path.parent.mkdir(parents=True, exist_ok=True)
    return create_session(path, name=path.stem, clock=clock)
