"""Other texts of a choice, several files of one wave, the same question in several waves."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("choice", sa.Column("aliases", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "link",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("canonical_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["canonical_id"], ["question.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("question_id"),
    )
    op.create_index("ix_link_canonical_id", "link", ["canonical_id"])
    op.create_table(
        "source_of_wave",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("zlib", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("wave_id", "sha256"),
    )
    op.execute(
        "INSERT INTO source_of_wave (wave_id, sha256, zlib) "
        "SELECT source.wave_id, wave.source_sha256, source.zlib FROM source JOIN wave ON wave.id = source.wave_id"
    )
    op.drop_table("source")
    op.rename_table("source_of_wave", "source")
