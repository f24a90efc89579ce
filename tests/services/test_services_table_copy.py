"""Tables on the clipboard: nothing in a cell becomes markup."""

from __future__ import annotations

from surveyapp.services.table_copy import table_html, table_markdown

TEXT = "Answer\tA|B\tPeople\n<b>x</b> & *y*\tcde 16.5\t1,204\n'=1+1\t–\t7"


def test_html() -> None:
    html = table_html(TEXT)
    assert "<b>" not in html
    assert "&lt;b&gt;x&lt;/b&gt; &amp; *y*" in html
    assert html.count("<tr>") == 3
    assert html.count('align="right"') == 4


def test_markdown() -> None:
    lines = table_markdown(TEXT).splitlines()
    assert lines[0] == "| Answer | A\\|B | People |"
    assert lines[1] == "| --- | ---: | ---: |"
    assert "\\<b\\>x" in lines[2]
    assert "\\*y\\*" in lines[2]


def test_only_a_header() -> None:
    assert table_markdown("Answer\tPeople").splitlines()[1] == "| --- | --- |"
