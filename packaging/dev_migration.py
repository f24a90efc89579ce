"""Write migrations/versions/NNNN_slug.py from the difference between the models and the migrated schema.

Started by `dev.py migration`, with the Python of .venv. The comparison is made on a scratch database that was
upgraded to the newest revision, so nobody's workspace is touched.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path


def next_revision(names: list[str]) -> str:
    """The number after the highest of the files in migrations/versions: ["0001_start.py"] -> "0002"."""
    numbers = [int(found[1]) for name in names if (found := re.match(r"(\d{4})_", name))]
    return f"{max(numbers, default=0) + 1:04d}"


def slug_of(text: str) -> str:
    """ "Add weight scheme" -> "add_weight_scheme"; ValueError if no letter or digit is left."""
    slug = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    if not slug:
        raise ValueError("a migration needs a few words, for example: add weight scheme")
    return slug


def write_migration(slug: str) -> Path:
    """Upgrade a scratch database, compare, and return the new file."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    from surveyapp.base.paths import bundled

    migrations = bundled("migrations")
    revision = next_revision([path.name for path in (migrations / "versions").glob("*.py")])
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'scratch.sqlite'}", poolclass=NullPool)
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
            command.revision(config, message=slug, autogenerate=True, rev_id=revision)
        engine.dispose()
    return migrations / "versions" / f"{revision}_{slug}.py"


def main(words: list[str]) -> int:
    """Exit status 2 for a slug without words."""
    try:
        slug = slug_of(" ".join(words))
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    path = write_migration(slug)
    print(f"Written: {path}\nRead it, fill it with what autogenerate cannot know, then add its fixture workspace.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
