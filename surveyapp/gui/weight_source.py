"""The weights of the workspace, for the command palette: chosen for all pages, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from surveyapp.base.i18n import _
from surveyapp.gui.context import AppContext
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.services.jobs import JobContext


class WeightSource:
    """Lists nothing for an empty query: the palette then shows what one can do."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    def __call__(self, query: str) -> Sequence[PaletteEntry]:
        session = self._context.session
        if session is None or len(query.strip()) < 2:
            return []
        from surveyapp.services.base_state import current_base
        from surveyapp.services.weighting import SCHEMES

        base = current_base(session)
        if base is None:
            return []
        entries = [
            self._entry(_("Weight by %(name)s") % {"name": scheme.name}, scheme.name)
            for scheme in SCHEMES.all(session)
            if scheme.name != base.weight
        ]
        return [*entries, self._entry(_("Weight nobody: everybody counts once"), "")] if base.weight else entries

    def _entry(self, title: str, name: str) -> PaletteEntry:
        return PaletteEntry(group=_("Weights"), title=title, icon="sliders-horizontal", run=partial(self._use, name))

    def _use(self, name: str) -> None:
        session = self._context.session
        if session is None:
            return

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.base_state import current_base, use_base

            base = current_base(session)
            if base is not None:
                use_base(session, replace(base, weight=name))

        actions, shell = self._context.actions, self._context.shell
        words = _("Weighted by “%(name)s”") % {"name": name} if name else _("Everybody counts once")
        self._context.jobs.start(
            work, done=lambda _none: shell.toast(words, lambda: actions.trigger("edit.undo")), store=True
        )
