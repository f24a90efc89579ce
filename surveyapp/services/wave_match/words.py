"""What is said about a pair: how it stands, and the evidence, in sentences."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.services.codebook.change_label import kind_words
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.wave_match.row import MatchRow
from surveyapp.services.wave_match.view import State, UnitPair, WaveMatch

_SHOWN = 4


def how_words(how: How) -> str:
    """What the later question is to the earlier one."""
    return {
        How.SAME: _("same"),
        How.REWORDED: _("reworded"),
        How.OPTIONS_CHANGED: _("options changed"),
        How.NONE: _("not the same"),
    }[how]


def state_words(row: MatchRow) -> str:
    """Where a row stands, as a caption."""
    return {
        State.PROPOSED: _("to confirm"),
        State.CONFIRMED: _("confirmed"),
        State.SURE: _("the same by text and answers"),
        None: _("in one wave only"),
    }[row.state]


def summary(found: WaveMatch) -> str:
    """ "102 questions matched, 2 to confirm"."""
    n = found.n_matched
    said = ngettext("%(n)s question matched", "%(n)s questions matched", n) % {"n": fmt_count(n)}
    if not found.n_waiting:
        return said
    return _("%(matched)s, %(n)s to confirm") % {"matched": said, "n": fmt_count(found.n_waiting)}


def evidence_sentences(pair: UnitPair, names: tuple[str, str]) -> list[str]:
    """Why the two may be one question, and what speaks against it; `names` are those of the waves."""
    found, values = pair.evidence, {"old": names[0], "new": names[1]}
    said = []
    if found.adopted:
        said.append(_("The wording differs; when the file was imported, a person said that it is the same question."))
    elif found.wording == 1:
        said.append(_("The wording is the same."))
    elif found.wording > 0:
        said.append(_("The wordings are %(share)s alike.") % {"share": fmt_percent(found.wording)})
    else:
        said.append(_("The wordings have no word in common."))
    if found.same_header and found.wording < 1:
        said.append(_("Both columns have the same header."))
    if not found.same_kind:
        kinds = {"old_kind": kind_words(pair.earlier.question), "new_kind": kind_words(pair.later.question)}
        said.append(_("Read as %(old_kind)s in %(old)s, as %(new_kind)s in %(new)s.") % (values | kinds))
    if not found.same_unit:
        said.append(_("The unit of the numbers differs."))
    return [*said, *_option_sentences(pair, values)]


def _option_sentences(pair: UnitPair, values: dict[str, str]) -> list[str]:
    options = pair.evidence.options
    if options is None:
        return []
    if options.alike:
        return [_("The answers are the same.")]
    said = []
    if options.equal:
        n = len(options.equal)
        said.append(ngettext("%(n)s answer is the same.", "%(n)s answers are the same.", n) % {"n": fmt_count(n)})
    if options.renamed:
        pairs = _listed([f"“{a}” → “{b}”" for a, b in options.renamed])
        said.append(_("Perhaps renamed: %(pairs)s.") % {"pairs": pairs})
    if options.gone:
        said.append(_("Only in %(old)s: %(labels)s.") % (values | {"labels": _listed([*options.gone])}))
    if options.new:
        said.append(_("Only in %(new)s: %(labels)s.") % (values | {"labels": _listed([*options.new])}))
    return said


def _listed(items: list[str]) -> str:
    shown, more = "; ".join(items[:_SHOWN]), len(items) - _SHOWN
    return _("%(items)s and %(n)s more") % {"items": shown, "n": fmt_count(more)} if more > 0 else shown
