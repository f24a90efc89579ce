"""What the import page does in the background: read a file, store it, make a workspace for it if there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.base.paths import documents_dir
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.wave import Wave
from surveyapp.gui.workspace_opener import SUFFIX, free_path
from surveyapp.importers.plan import ImportPlan
from surveyapp.services.jobs import JobContext
from surveyapp.services.preview import Preview
from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file that was read, the earlier wave whose codebook fits it, and a free name for its own wave."""

    preview: Preview
    name: str
    fitting: Wave | None = None
    mapping: Mapping | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What an import stored, and where. `change_id` takes it back."""

    wave: Wave
    session: Session
    change_id: int
    new_workspace: bool


def read_job(
    session: Session | None, path: Path, *, encoding: str | None, sheet: str | None
) -> Callable[[JobContext], ReadFile]:
    """Reads and proposes; nothing is stored."""

    def work(ctx: JobContext) -> ReadFile:
        from surveyapp.services.importing import fitting_wave, mapping_of_wave, plan_import, proposed_name

        plan = plan_import(path, encoding=encoding, sheet=sheet, report=lambda done, total: ctx.report(done, total))
        fitting = fitting_wave(session, plan) if session is not None else None
        return ReadFile(
            preview=Preview(base=plan),
            name=proposed_name(session, plan),
            fitting=fitting,
            mapping=mapping_of_wave(session, fitting.id) if session is not None and fitting is not None else None,
        )

    return work


def import_job(session: Session | None, plan: ImportPlan, *, name: str, clock: Clock) -> Callable[[JobContext], Stored]:
    """Stores a wave. Cancelled or failed, a workspace made for it is gone again."""

    def work(ctx: JobContext) -> Stored:
        target = session if session is not None else _new_workspace(plan, clock)
        try:
            return _store(target, plan, name=name, ctx=ctx, new_workspace=session is None)
        except BaseException:
            if session is None:
                _remove(target)
            raise

    return work


def _store(session: Session, plan: ImportPlan, *, name: str, ctx: JobContext, new_workspace: bool) -> Stored:
    from surveyapp.services.change_log import undoable
    from surveyapp.services.importing import run_import

    survey = plan.mapping.survey or _("Census")
    wave = run_import(session, plan, wave=name, survey=survey, report=lambda done, total: ctx.report(done, total))
    change = undoable(session)
    assert change is not None  # the import is one
    return Stored(wave=wave, session=session, change_id=change.id, new_workspace=new_workspace)


def _new_workspace(plan: ImportPlan, clock: Clock) -> Session:
    from surveyapp.services.workspace import create_session

    stem = Path(plan.table.source.name).stem.strip(". ") or _("Community")
    path = free_path(documents_dir() / f"{stem}{SUFFIX}")
    path.parent.mkdir(parents=True, exist_ok=True)
    return create_session(path, name=path.stem, clock=clock)


def _remove(session: Session) -> None:
    from surveyapp.services.backup import list_backups

    path = session.path
    session.close()
    for backup in list_backups(path):
        backup.path.unlink(missing_ok=True)
    path.unlink(missing_ok=True)
