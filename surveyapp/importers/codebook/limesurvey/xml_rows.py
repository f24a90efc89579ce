"""LimeSurvey's XML as rows: <document><questions><rows><row><qid>..</qid>...</row></rows></questions></document>.

Read with expat itself, so that a file that declares a document type or an entity is refused before anything is
expanded, and nothing outside the file is ever opened.
"""

from __future__ import annotations

from xml.parsers import expat

from surveyapp.importers.codebook.limesurvey.structure import broken

Rows = dict[str, list[dict[str, str]]]
"""Table name -> its rows, each field name -> text."""

MAX_ROWS = 200_000
MAX_FIELDS = 300
MAX_DEPTH = 20
_FIELD_DEPTH = 5


class _Refused(Exception):  # noqa: N818 (it ends the parsing, and becomes a UserError)
    """The file has something no survey has."""


def read_rows(content: bytes) -> Rows:
    """All tables of the document. Raises UserError for anything that is not such a document."""
    collector = _Collector()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = collector.refuse
    parser.EntityDeclHandler = collector.refuse
    parser.ExternalEntityRefHandler = collector.refuse
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, _Refused, ValueError, LookupError) as error:
        raise broken(type(error).__name__) from error
    if collector.root != "document":
        raise broken()
    return collector.tables


class _Collector:
    """Keeps the fields of rows; all else is passed over."""

    def __init__(self) -> None:
        self.tables: Rows = {}
        self.root = ""
        self._path: list[str] = []
        self._row: dict[str, str] = {}
        self._pieces: list[str] = []
        self._n_rows = 0

    def refuse(self, *_args: object) -> int:
        """For declarations that no survey needs."""
        raise _Refused

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """A tag opens."""
        self.root = self.root or name
        self._path.append(name)
        if len(self._path) > MAX_DEPTH:
            raise _Refused
        self._pieces = []
        if self._in_rows() and len(self._path) == _FIELD_DEPTH - 1:
            self._row = {}

    def text(self, text: str) -> None:
        """Characters between tags."""
        if len(self._path) == _FIELD_DEPTH:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """A tag closes."""
        if self._in_rows() and len(self._path) == _FIELD_DEPTH:
            self._row[name] = "".join(self._pieces)
            if len(self._row) > MAX_FIELDS:
                raise _Refused
        elif self._in_rows() and len(self._path) == _FIELD_DEPTH - 1:
            self._n_rows += 1
            if self._n_rows > MAX_ROWS:
                raise _Refused
            self.tables.setdefault(self._path[1], []).append(self._row)
        self._path.pop()

    def _in_rows(self) -> bool:
        return len(self._path) >= _FIELD_DEPTH - 1 and self._path[2:4] == ["rows", "row"]
