"""What every tab of the page Waves is about."""

from __future__ import annotations

from surveyapp.gui.page_tab import PageTab

Pair = tuple[int, int]
"""The earlier and the later wave, by id."""

WavesTab = PageTab[Pair]
