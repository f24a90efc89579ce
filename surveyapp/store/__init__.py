"""The workspace file: one SQLite file through SQLAlchemy and Alembic; repositories return domain objects."""
