"""Every kind of analysis that can be pinned stands in the outline with an icon that exists."""

from __future__ import annotations

import pytest

from surveyapp.base.paths import bundled
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Block, BlockKind
from surveyapp.gui.pages.reports.outline_model import block_icon


@pytest.mark.parametrize("kind", AnalysisKind)
def test_every_kind_has_an_icon(kind: AnalysisKind) -> None:
    spec = AnalysisSpec(kind=kind, columns=("a",), base=Base(wave_id=1))
    name = block_icon(Block(id="1", kind=BlockKind.ANALYSIS, spec=spec))
    assert (bundled("icons") / f"{name}.svg").is_file()
