"""What Alembic runs. The connection comes from surveyapp.store.upgrade; there is no database address here."""

from alembic import context

from surveyapp.store.schema import metadata


def include_name(name: str | None, type_: str, _parents: object) -> bool:
    """The answers of each wave (data_w1, ...) are made by the program, not by a migration."""
    return not (type_ == "table" and name is not None and name.startswith("data_"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=include_name,
    render_as_batch=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
