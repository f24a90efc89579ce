"""What the tab Write-ins says: of a question, of a text, of a group."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.domain.question import Missing
from surveyapp.gui.explanation import Explanation
from surveyapp.importers.alike.group import Group
from surveyapp.services.tidy.item import Stand, TidyQuestion, TidyText, TidyView

MEANINGS = (Missing.BLANK, Missing.REFUSED, Missing.NOT_SHOWN, Missing.UNREADABLE)


def meaning_name(meaning: Missing) -> str:
    """A kind of no answer as the menu calls it."""
    return {
        Missing.BLANK: _("Blank"),
        Missing.REFUSED: _("Did not want to say"),
        Missing.NOT_SHOWN: _("Not shown"),
        Missing.UNREADABLE: _("Unreadable"),
        Missing.OUT_OF_RANGE: _("Out of range"),
    }[meaning]


def people_words(n: int) -> str:
    """ "12 people"."""
    return fmt_people(n)


def waiting_words(one: TidyQuestion) -> str:
    """What of a question asks for a look: "24 written in, 26 look alike"."""
    parts = []
    if one.n_open:
        parts.append(ngettext("%(n)s written in", "%(n)s written in", one.n_open) % {"n": fmt_count(one.n_open)})
    if one.n_alike:
        parts.append(ngettext("%(n)s looks alike", "%(n)s look alike", one.n_alike) % {"n": fmt_count(one.n_alike)})
    if one.n_unread:
        parts.append(ngettext("%(n)s not read", "%(n)s not read", one.n_unread) % {"n": fmt_count(one.n_unread)})
    return ", ".join(parts) or _("nothing left")


def stand_words(row: TidyText) -> str:
    """What a text counts as, for the table."""
    return _("own answer") if row.stand is Stand.ANSWER and row.counts_as == row.text else row.counts_as


def spellings(row: TidyText) -> str:
    """The other spellings of a text."""
    others = [text for text in row.texts if text != row.text]
    return _("also: %(texts)s") % {"texts": ", ".join(others)} if others else ""


def explain_text(view: TidyView, row: TidyText) -> Explanation:
    """What the inspector says of a text."""
    facts = [(_("Counts as"), stand_words(row))]
    if row.suggestion:
        facts.append((_("May mean"), row.suggestion))
        facts.append((_("Why"), row.why))
    if others := spellings(row):
        facts.append((_("Spellings"), others))
    words = {
        Stand.OPEN: _("Nobody has looked at this text yet."),
        Stand.UNREAD: _("This is kept as text and left out of statistics."),
        Stand.OUT_OF_RANGE: _("This is kept, counted as out of range and left out of means."),
        Stand.CODED: _("Somebody decided this. Next year's file gets it with the codebook."),
        Stand.LEFT: _("Somebody looked at this and left it as it is."),
        Stand.REPLACED: _("Somebody decided how this is read. The text as typed is kept."),
        Stand.MISSING: _("Somebody decided that this is no answer. The text as typed is kept."),
        Stand.ANSWER: _("An answer in its own right."),
    }[row.stand]
    return Explanation(
        kind=_("Text"),
        title=" ".join(row.text.split())[:300],
        subtitle=view.question.title,
        value=fmt_count(row.count),
        of=ngettext("person", "people", row.count),
        facts=tuple(facts),
        words=words,
        actions=("texts.code", "texts.accept", "texts.missing", "texts.uncode"),
        strip=_("%(text)s: %(people)s, counts as %(stand)s")
        % {"text": row.text[:80], "people": people_words(row.count), "stand": stand_words(row)},
    )


def explain_group(view: TidyView, group: Group) -> Explanation:
    """What the inspector says of texts that look alike."""
    why = list(dict.fromkeys(member.why for member in group.members if member.why))
    facts = [(_("Texts"), fmt_count(len(group.members))), (_("Sure"), fmt_count(len(group.sure)))]
    return Explanation(
        kind=_("Look alike"),
        title=group.label,
        subtitle=view.question.title,
        value=fmt_count(group.count),
        of=ngettext("person", "people", group.count),
        facts=tuple(facts),
        words=_("Merged texts count as one answer. The cells stay as typed, and next year's file is merged alike."),
        caution=_("Evidence: %(why)s.") % {"why": "; ".join(why)} if why else "",
        actions=("texts.merge", "texts.differ", "texts.rename"),
        strip=ngettext("%(label)s: %(n)s text, %(people)s", "%(label)s: %(n)s texts, %(people)s", len(group.members))
        % {"label": group.label, "n": fmt_count(len(group.members)), "people": people_words(group.count)},
    )
