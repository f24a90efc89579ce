"""Upgrading a workspace of an older revision.

Alembic runs SQLite migrations without one transaction around them, so a failure half-way would leave the file
between two revisions. Hence a copy is migrated, checked, and swapped in.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.base.paths import bundled
from surveyapp.base.version import program_version
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Codebook
from surveyapp.store import data_table, schema
from surveyapp.store.backup import back_up_file, journals
from surveyapp.store.connecting import connect, quick_check, settle
from surveyapp.store.fault import explain
from surveyapp.store.lock import held_lock
from surveyapp.store.question_row import read_questions
from surveyapp.store.snapshot import in_words, snapshot

if TYPE_CHECKING:
    from alembic.config import Config


def upgrade_workspace(path: Path, *, clock: Clock, versions: Sequence[Path] = ()) -> None:
    """Bring a closed workspace to the newest revision; a copy of the old one is kept among its backups.

    `versions` names further folders with migrations. Raises UserError, and leaves the file as it was, if it is
    open elsewhere, there is no space, or a migration fails or loses rows.
    """
    with held_lock(path, clock()), in_words():
        draft = path.with_name(path.name + ".upgrading")
        back_up_file(path, at=clock(), kept=True, alone=True)
        _remove(draft)
        snapshot(path, draft, alone=True)
        try:
            before = count_rows(draft)
            _migrate(draft, versions)
            _check(draft, before)
            settle(draft)
            _swap(draft, path)
        finally:
            _remove(draft)


def create_first_revision(path: Path) -> None:
    """An empty workspace as the first revision made it, by the bundled migrations: what the self-test upgrades."""
    from alembic import command

    config = alembic_config()
    engine = sa.create_engine(
        "sqlite://", creator=lambda: connect(path, mode="rwc"), poolclass=sa.pool.StaticPool, hide_parameters=True
    )
    with in_words():
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql(f"PRAGMA application_id={schema.APPLICATION_ID}")
                connection.exec_driver_sql("PRAGMA user_version=1")
                config.attributes["connection"] = connection
                command.upgrade(config, schema.REVISIONS[0])
                connection.execute(sa.insert(schema.meta), [{"key": "written_by", "value": "0"}])
                connection.commit()
        finally:
            engine.dispose()


def alembic_config(versions: Sequence[Path] = ()) -> Config:
    """Alembic's settings without any file: the bundled migrations, and further folders of them."""
    from alembic.config import Config

    migrations = bundled("migrations")
    folders = [migrations / "versions", *versions]
    config = Config()
    for key, value in (
        ("script_location", str(migrations)),
        ("path_separator", "os"),
        ("version_locations", os.pathsep.join(map(str, folders))),
    ):
        config.set_main_option(key, value.replace("%", "%%"))
    return config


def count_rows(path: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(connect(path, mode="ro")) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        tables = [sa.table(name) for (name,) in names if name != "alembic_version"]
        queries = {table.name: sa.select(sa.func.count()).select_from(table) for table in tables}
        return {name: connection.execute(str(query)).fetchone()[0] for name, query in queries.items()}


def _migrate(draft: Path, versions: Sequence[Path]) -> None:
    from alembic import command
    from alembic.util import CommandError

    engine = sa.create_engine("sqlite://", creator=lambda: connect(draft), poolclass=sa.pool.StaticPool)
    config = alembic_config(versions)
    try:
        with engine.connect() as connection:
            # A no-op inside a transaction, so first; with it on, batch mode deletes child rows.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            waves = _drop_views(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _restore_views(connection, waves)
            connection.commit()
    except (sa.exc.SQLAlchemyError, CommandError) as error:
        orig = getattr(error, "orig", None)
        raise (explain(orig) if orig else None) or _failed(type(error).__name__) from error
    finally:
        engine.dispose()


def _drop_views(connection: sa.Connection) -> list[int]:
    """The views in words would be in the way: SQLite refuses to rename a table that a view names."""
    waves = list(connection.execute(sa.select(schema.wave.c.id)).scalars())
    for wave_id in waves:
        data_table.drop_view(connection, wave_id)
    return waves


def _restore_views(connection: sa.Connection, waves: Sequence[int]) -> None:
    for wave_id in waves:
        codebook = Codebook(questions=read_questions(connection, wave_id=wave_id))
        data_table.create_view(connection, wave_id, codebook)
    version = {"value": program_version()}
    connection.execute(sa.update(schema.meta).where(schema.meta.c.key == "written_by").values(version))


def _check(draft: Path, before: Mapping[str, int]) -> None:
    """Raises UserError if the migrated copy is not sound or has lost rows."""
    broken = quick_check(draft)
    if broken:
        raise _failed(broken)
    with closing(connect(draft, mode="ro")) as connection:
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise _failed(f"foreign keys of {orphans[0][0]}")
    after = count_rows(draft)
    lost = sorted(name for name, count in before.items() if after.get(name, 0) < count)
    if lost:
        raise _failed(f"rows of {lost[0]}: {before[lost[0]]} before, {after.get(lost[0], 0)} after")


def _swap(draft: Path, path: Path) -> None:
    settle(path)  # a journal beside the new file would bring the old rows back
    _sync(draft)
    draft.replace(path)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(draft: Path) -> None:
    for file in (draft, *journals(draft)):
        file.unlink(missing_ok=True)


def _failed(details: str) -> UserError:
    return UserError(
        _("The workspace could not be upgraded."),
        _("It is as it was before. Please report this, and go on with the earlier version of the program meanwhile."),
        details,
    )
