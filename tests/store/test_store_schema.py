"""The tables, the migrations and the constants say the same."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import census_example as example
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from surveyapp.store import Store, schema
from surveyapp.store.connecting import make_engine
from surveyapp.store.upgrade import alembic_config

FIXTURES = Path(__file__).parents[1] / "fixtures" / "workspaces"


def test_the_constants_list_the_migrations() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == schema.REVISIONS
    assert scripts.get_current_head() == schema.REVISIONS[-1]


def test_every_revision_has_its_frozen_workspace() -> None:
    assert sorted(file.name for file in FIXTURES.glob("*.sqlite")) == [f"rev{name}.sqlite" for name in schema.REVISIONS]
    for revision in schema.REVISIONS:
        with closing(sqlite3.connect(f"file:{FIXTURES / f'rev{revision}.sqlite'}?immutable=1", uri=True)) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (revision,)
            tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in tables}
        assert min(counts.values()) > 0, counts  # a migration of empty tables proves nothing


def definitions(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Each table's columns, keys and indexes as SQLite sees them."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        ]
        found = {name: connection.execute(f"PRAGMA table_xinfo({name})").fetchall() for name in names}
        for name in names:
            for pragma in ("foreign_key_list", "index_list"):  # SQLite numbers them as they were made
                found[name] += sorted(row[1:] for row in connection.execute(f"PRAGMA {pragma}({name})"))
        found["kinds"] = sorted(row[1:] for row in connection.execute("PRAGMA table_list") if row[1] in names)
        auto = "SELECT name FROM sqlite_schema WHERE sql LIKE '%AUTOINC%' ORDER BY name"
        found["auto"] = connection.execute(auto).fetchall()
    return found


def test_migrations_and_models_make_the_same_file(store: Store, tmp_path: Path) -> None:
    migrated = tmp_path / "migrated.sqlite"
    migrated.touch()
    engine = make_engine(migrated, read_only=False)
    with engine.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()
    assert definitions(migrated) == definitions(store.path)


def test_every_wave_has_its_strict_table(store: Store) -> None:
    coded = example.wave()
    store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    with closing(sqlite3.connect(store.path)) as connection:
        strict = {row[1] for row in connection.execute("PRAGMA table_list") if row[5]}
    assert strict == {"data_w1"}
    with store.transaction() as connection_, pytest.raises(sa.exc.IntegrityError):
        connection_.exec_driver_sql("UPDATE data_w1 SET q1 = 'text'")


def test_opening_does_not_load_alembic(store: Store) -> None:
    store.close()
    script = (
        "import sys; from pathlib import Path; from surveyapp.base.clock import system_clock;"
        "from surveyapp.store import Opened, open_workspace;"
        "opened = open_workspace(Path(sys.argv[1]), clock=system_clock);"
        "assert isinstance(opened, Opened); opened.store.waves.list(); opened.store.close();"
        "assert not {'alembic', 'pandas', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, str(store.path)], check=True)


def test_connections_are_set_up(store: Store) -> None:
    with store.transaction() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    assert found == PRAGMAS


PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "synchronous": 1,
    "application_id": schema.APPLICATION_ID,
    "user_version": schema.FORMAT_MAJOR,
}
