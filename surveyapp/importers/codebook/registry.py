"""Which codebooks can be read. A new kind is a file with a spec and one line here."""

from __future__ import annotations

from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.importers.codebook import codebook_table, mapping_file, xlsform
from surveyapp.importers.codebook.codebook_spec import CodebookSpec
from surveyapp.importers.codebook.limesurvey import spec as limesurvey
from surveyapp.importers.codebook.sound import ensure_sound
from surveyapp.importers.refusal import read_bytes

CODEBOOKS: tuple[CodebookSpec, ...] = (
    mapping_file.SPEC,
    codebook_table.SPEC,
    xlsform.SPEC,
    limesurvey.SPEC,
)


def find_codebook(name: str, content: bytes) -> CodebookSpec | None:
    """The kind of codebook these bytes most likely are; None if they are none."""
    score, _order, spec = max((spec.sniff(name, content), -n, spec) for n, spec in enumerate(CODEBOOKS))
    return spec if score > 0 else None


def read_codebook(path: Path) -> Mapping:
    """The decisions in a file of any known kind. Raises UserError if it is none."""
    content = read_bytes(path)
    spec = find_codebook(path.name, content)
    if spec is None:
        raise UserError(
            _("“%(name)s” is not a codebook we know.") % {"name": path.name},
            _("Known are: %(kinds)s.") % {"kinds": "; ".join(spec.title() for spec in CODEBOOKS)},
        )
    return read_by(spec, content, path.name)


def read_by(spec: CodebookSpec, content: bytes, name: str) -> Mapping:
    """What these bytes of that kind say. Raises UserError if they are damaged, or say what cannot be stored."""
    return ensure_sound(spec.read(content, name))
