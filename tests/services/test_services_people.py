"""Two years linked by a keyed hash: the key, what is lost without it, and who came back."""

from __future__ import annotations

import io
import sqlite3
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

import keyring
import pytest
import several_files as files
from memory_keyring import MemoryKeyring
from services_example import new_session, state

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Role
from surveyapp.importers.hashing import decide_hash
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.problem.address import ADDRESSES
from surveyapp.importers.problem.decision import apply_fix
from surveyapp.services import secrets
from surveyapp.services.change_log import redo, undo
from surveyapp.services.codebook.mapping import write_mapping
from surveyapp.services.codebook.stored import open_problems
from surveyapp.services.export import DataForm, export_data
from surveyapp.services.intake.adding import AddMode, plan_addition, run_addition, with_renamed
from surveyapp.services.intake.importing import mapping_of_wave, plan_import, run_import
from surveyapp.services.intake.rebuild import check_rebuild
from surveyapp.services.people import linked_columns, people_in_both
from surveyapp.services.pseudonym import (
    ensure_key,
    export_key,
    find_key,
    is_key_lasting,
    key_sentence,
    make_key,
    save_key,
    use_key,
)
from surveyapp.services.recipe.build import recipe_text
from surveyapp.services.session import Session

MAIL = "E-mail"


def with_hash(plan: ImportPlan) -> ImportPlan:
    problem = next(p for p in plan.problems if p.kind == ADDRESSES)
    return apply_fix(plan, problem, problem.fixes[0])


def year(session: Session, folder: Path, numbers: range, name: str, *, shout: bool = False) -> int:
    """A wave of these people, linked."""
    rows = files.people(numbers, year=int(name))
    if shout:
        rows = [[*row[:1], f" {row[1].upper()} ", *row[2:]] for row in rows]
    path = files.write(folder / f"{name}.csv", rows)
    return run_import(session, with_hash(plan_import(path)), wave=name, survey="Census").id


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without any place for secrets."""
    from keyring.backends.fail import Keyring

    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
    monkeypatch.setattr(secrets, "_remembered", {})


def test_two_years_are_linked_and_no_address_is_anywhere(
    empty: Session, tmp_path: Path, memory_keyring: dict[tuple[str, str], str]
) -> None:
    first = year(empty, tmp_path, range(40), "2026")
    second = year(empty, tmp_path, range(25, 70), "2027", shout=True)
    found = people_in_both(empty, first, second)
    assert found.pairs == tuple((n + 2, n - 25 + 2) for n in range(25, 40))
    assert (found.given, found.repeated, found.columns) == ((40, 45), ((), ()), (MAIL, MAIL))
    assert found.sentence() == "15 people are in both 2026 (of 40) and 2027 (of 45)"
    for wave in (first, second):
        assert check_rebuild(empty, wave).identical
        question = empty.find_question(wave, MAIL)
        assert (question.kind, question.role) == (Kind.IDENTIFIER, Role.EMAIL)
        assert [q.id for q in linked_columns(empty, wave)] == [question.id]
        write_mapping(empty, wave, tmp_path / "m.json")
        export_data(empty, Base(wave_id=wave), tmp_path / "out.csv", form=DataForm.EXACT)
        for name in ("m.json", "out.csv"):
            assert "example" not in (tmp_path / name).read_text().casefold()
        assert b"xample" not in empty.store.waves.source(wave).content.lower()
    (secret,) = memory_keyring.values()
    with closing(sqlite3.connect(empty.path)) as connection:
        dump = "\n".join(connection.iterdump()).casefold()
    assert "example.org" not in dump
    assert secret.casefold() not in dump
    assert not any("person2" in repr(change).casefold() for change in empty.store.changes.list())


def test_who_sent_twice_is_told_and_linked_to_nobody(empty: Session, tmp_path: Path) -> None:
    rows = [*files.people(range(30)), files.person(7)]
    rows[-1][files.REMARK] = "once more"
    path = files.write(tmp_path / "2026.csv", rows)
    first = run_import(empty, with_hash(plan_import(path)), wave="2026").id
    second = year(empty, tmp_path, range(5, 10), "2027")
    found = people_in_both(empty, first, second)
    assert found.repeated == ((9, 32), ())
    assert 9 not in dict(found.pairs)
    assert len(found.pairs) == 4


def test_who_wrote_no_address_is_nobody_and_in_no_other_year(empty: Session, tmp_path: Path) -> None:
    waves = []
    for name, numbers in (("2026", range(30)), ("2027", range(25, 55))):
        rows = files.people(numbers, year=int(name))
        for row, text in zip(rows[-6:-2], ("n/a", "keine", "нет", "?"), strict=True):
            row[files.MAIL] = text
        path = files.write(tmp_path / f"{name}.csv", rows)
        waves.append(run_import(empty, with_hash(plan_import(path)), wave=name).id)
    found = people_in_both(empty, waves[0], waves[1])
    assert (found.given, found.repeated) == ((26, 26), ((), ()))
    assert found.pairs == tuple((n + 2, n - 25 + 2) for n in (28, 29))
    kept = empty.store.waves.source(waves[0]).content.decode()
    assert all(f",{text}," in kept for text in ("n/a", "keine", "нет", "?"))


def test_waves_that_are_not_linked_say_so(empty: Session, tmp_path: Path) -> None:
    first = year(empty, tmp_path, range(30), "2026")
    plain = run_import(empty, plan_import(files.write(tmp_path / "b.csv", files.people(range(30)))), wave="plain").id
    with pytest.raises(UserError, match="plain has no linked column"):
        people_in_both(empty, first, plain)
    assert [p.problem.fixes[0].action for p in open_problems(empty, plain) if p.problem.kind == ADDRESSES] == [
        "leave_out"
    ]


def test_a_lost_key_is_a_sentence_and_nothing_is_stored(
    empty: Session, tmp_path: Path, memory_keyring: dict[tuple[str, str], str]
) -> None:
    year(empty, tmp_path, range(30), "2026")
    saved = export_key(empty)
    memory_keyring.clear()
    before = state(empty)
    with pytest.raises(UserError, match="not on this computer"):
        year(empty, tmp_path, range(10, 40), "2027")
    assert state(empty) == before
    with pytest.raises(UserError, match="no key"):
        export_key(empty)
    use_key(empty, saved)
    assert len(people_in_both(empty, 1, year(empty, tmp_path, range(10, 40), "2027")).pairs) == 20
    make_key(empty)
    third = year(empty, tmp_path, range(10, 40), "2028")
    with pytest.raises(UserError, match="two different keys"):
        people_in_both(empty, 1, third)
    with pytest.raises(UserError, match="another key"):
        use_key(empty, saved)


@pytest.mark.parametrize("text", ["", "hello", "surveyapp-link-key:abc", "surveyapp-link-key:" + "a" * 60, "é" * 52])
def test_what_is_no_key_is_refused(empty: Session, text: str) -> None:
    with pytest.raises(UserError, match="no key for links"):
        use_key(empty, text)


def test_each_workspace_has_a_key_of_its_own(empty: Session, tmp_path: Path, clock: Clock) -> None:
    other = new_session(tmp_path / "other.survey", clock)
    try:
        assert find_key(empty) is None
        assert len(ensure_key(empty)) == 32
        assert ensure_key(empty) == find_key(empty) != ensure_key(other)
        use_key(other, export_key(empty), instead=True)
        assert find_key(other) == find_key(empty)
        assert "kept outside the workspace" in key_sentence(empty)
    finally:
        other.close()


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_the_key_is_in_memory_and_that_is_said(empty: Session, tmp_path: Path) -> None:
    year(empty, tmp_path, range(30), "2026")
    assert "Save it to a file now" in key_sentence(empty)
    assert not is_key_lasting(empty)
    save_key(empty, tmp_path / "links.key")
    assert (is_key_lasting(empty), "in the file you saved" in key_sentence(empty)) == (True, True)
    saved = export_key(empty)
    secrets._remembered.clear()  # the program was ended
    assert find_key(empty) is None
    assert "not on this computer" in key_sentence(empty)
    use_key(empty, saved)
    assert len(people_in_both(empty, 1, year(empty, tmp_path, range(30), "2027")).pairs) == 30
    make_key(empty)  # another one: the file holds it not
    assert not is_key_lasting(empty)
    keyring.set_keyring(MemoryKeyring())


@pytest.mark.usefixtures("no_keyring")
def test_a_key_that_nothing_was_hashed_with_is_not_missed(empty: Session, tmp_path: Path) -> None:
    ensure_key(empty)  # made for an import that was cancelled
    secrets._remembered.clear()  # the program was ended
    year(empty, tmp_path, range(30), "2026")
    undo(empty)
    secrets._remembered.clear()
    with pytest.raises(UserError, match="not on this computer"):
        year(empty, tmp_path, range(30), "2027")  # redo would bring the other back
    keyring.set_keyring(MemoryKeyring())


def test_a_longer_export_of_a_linked_wave_is_hashed_before_it_is_compared(empty: Session, tmp_path: Path) -> None:
    first = year(empty, tmp_path, range(30), "2026")
    rows = files.people(range(40))
    rows[3][files.COLOUR] = "violet"
    plan = plan_addition(empty, first, files.write(tmp_path / "june.csv", rows))
    assert (plan.mode, plan.comparison.key) == (AddMode.UPDATE, MAIL)
    assert plan.comparison.sentence() == "10 new people, 1 changed, 29 as before"
    run_addition(empty, plan)
    assert b"xample" not in empty.store.waves.source(first).content
    assert mapping_of_wave(empty, first).hashed == (MAIL,)
    assert check_rebuild(empty, first).identical
    assert people_in_both(empty, first, first).given == (40, 40)
    undo(empty)
    assert check_rebuild(empty, first).identical
    assert empty.wave(first).n_responses == 30


def test_addresses_under_a_reworded_header_are_hashed_too(empty: Session, tmp_path: Path) -> None:
    first = year(empty, tmp_path, range(30), "2026")
    headers = [("Where do we write to?" if h == MAIL else h) for h in files.HEADERS]
    path = files.write(tmp_path / "june.csv", files.people(range(40)), headers)
    plan = plan_addition(empty, first, path)
    joined = with_renamed(empty, plan, (("Where do we write to?", MAIL),))
    assert joined.comparison.key == MAIL
    assert joined.comparison.sentence() == "10 new people, 0 changed, 30 as before"
    run_addition(empty, joined)
    with closing(sqlite3.connect(empty.path)) as connection:
        (kept,) = connection.execute(
            "SELECT zlib FROM source WHERE sha256 = (SELECT source_sha256 FROM wave)"
        ).fetchone()
        assert "example.org" not in "\n".join(connection.iterdump()).casefold()
    assert b"xample" not in zlib.decompress(kept).lower()
    assert people_in_both(empty, first, first).given == (40, 40)
    assert check_rebuild(empty, first).identical


def test_addresses_in_a_column_that_may_be_the_hashed_one_are_hashed_before_anybody_confirms(
    empty: Session, tmp_path: Path
) -> None:
    headers = [("Your E-mail address" if h == MAIL else h) for h in files.HEADERS]
    first = files.write(tmp_path / "2026.csv", files.people(range(30)), headers)
    wave = run_import(empty, with_hash(plan_import(first)), wave="2026").id
    headers = [("Your own E-mail address" if h == "Your E-mail address" else h) for h in headers]
    plan = plan_addition(empty, wave, files.write(tmp_path / "june.csv", files.people(range(40)), headers))
    assert plan.similar == (("Your own E-mail address", "Your E-mail address"),)
    run_addition(empty, plan, mode=AddMode.ADD)
    assert b"xample" not in empty.store.waves.source(wave).content.lower()


def longer(folder: Path, header: str, n: int = 40, *, place: int = 2) -> Path:
    """The same people and ten more, with one more column of addresses; every fifth has none."""
    rows = files.people(range(n))
    for number, row in enumerate(rows):
        row.insert(place, "none" if number % 5 == 0 else f"Second{number}@Example.net")
    headers = [*files.HEADERS[:place], header, *files.HEADERS[place:]]
    return files.write(folder / "longer.csv", rows, headers)


def test_new_addresses_of_a_later_file_are_hashed_too_and_that_is_said(empty: Session, tmp_path: Path) -> None:
    first = year(empty, tmp_path, range(30), "2026")
    plan = plan_addition(empty, first, longer(tmp_path, "Whom else may we ask?"))
    assert plan.mode is AddMode.UPDATE
    assert "“Whom else may we ask?” is new; like the addresses of the wave, its texts" in plan.evidence[-1]
    change = run_addition(empty, plan)
    assert mapping_of_wave(empty, first).hashed == (MAIL, "Whom else may we ask?")
    question = empty.find_question(first, "Whom else may we ask?")
    assert (question.kind, question.role) == (Kind.IDENTIFIER, Role.EMAIL)
    assert "“Whom else may we ask?”" in recipe_text(empty, first).partition("were replaced by a keyed hash")[0]
    second = people_in_both(empty, first, first)
    assert (second.columns, second.given) == ((MAIL, MAIL), (40, 40))
    content = unzipped(empty.store.waves.source(first).content)
    assert b"xample" not in content.lower()
    assert b",none," in content
    with closing(sqlite3.connect(empty.path)) as connection:
        assert "example.net" not in "\n".join(connection.iterdump()).casefold()
    assert check_rebuild(empty, first).identical
    third = plan_addition(empty, first, longer(tmp_path, "Whom else may we ask?", 45))
    assert third.comparison.sentence() == "5 new people, 0 changed, 40 as before"
    assert third.hashed == ()
    undo(empty, change.id)
    assert mapping_of_wave(empty, first).hashed == (MAIL,)
    redo(empty)
    assert mapping_of_wave(empty, first).hashed == (MAIL, "Whom else may we ask?")
    assert check_rebuild(empty, first).identical


def test_a_column_that_was_blank_gets_hashes_only(empty: Session, tmp_path: Path) -> None:
    rows = [[*row, ""] for row in files.people(range(30))]
    path = files.write(tmp_path / "2026.csv", rows, [*files.HEADERS, "Contact"])
    first = run_import(empty, with_hash(plan_import(path)), wave="2026").id
    plan = plan_addition(empty, first, longer(tmp_path, "contact", place=9))
    run_addition(empty, plan)
    assert mapping_of_wave(empty, first).hashed == (MAIL, "Contact")
    assert b"xample" not in unzipped(empty.store.waves.source(first).content).lower()
    assert check_rebuild(empty, first).identical


def test_a_wave_that_keeps_its_addresses_keeps_new_ones(empty: Session, tmp_path: Path) -> None:
    path = files.write(tmp_path / "2026.csv", files.people(range(30)))
    first = run_import(empty, plan_import(path), wave="2026").id
    plan = plan_addition(empty, first, longer(tmp_path, "Contact"))
    assert plan.hashed == ()
    assert plan.new is plan.given


def test_remarks_with_an_address_in_them_stay_remarks(empty: Session, tmp_path: Path) -> None:
    first = year(empty, tmp_path, range(30), "2026")
    rows = [
        [*row, "write to me@example.net" if n == 3 else f"idea {n}"] for n, row in enumerate(files.people(range(40)))
    ]
    plan = plan_addition(empty, first, files.write(tmp_path / "june.csv", rows, [*files.HEADERS, "Ideas"]))
    assert plan.hashed == ()


def test_new_addresses_under_the_header_of_answers_are_refused(empty: Session, tmp_path: Path) -> None:
    first = year(empty, tmp_path, range(30), "2026")
    path = longer(tmp_path, "Remark", place=9)
    before = state(empty)
    with pytest.raises(UserError, match="another column “Remark”"):
        plan_addition(empty, first, path)
    assert state(empty) == before


def unzipped(content: bytes) -> bytes:
    """All files of a kept archive, one behind the other."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(map(archive.read, archive.namelist()))


def test_one_who_types_a_pseudonym_uncovers_nobody(empty: Session, tmp_path: Path) -> None:
    rows = files.people(range(30))
    for n, row in enumerate(rows):
        row[files.MAIL] = f"token-{n:04}" if n else "p-aaaaaaaaaaaaaaaa"
    plan = plan_import(files.write(tmp_path / "2026.csv", rows))
    wave = run_import(empty, decide_hash(plan, files.MAIL), wave="2026").id
    assert b"token-" not in empty.store.waves.source(wave).content
    assert len(people_in_both(empty, wave, wave).pairs) == 30


def test_a_wave_is_not_continued_with_another_key(empty: Session, tmp_path: Path) -> None:
    wave = year(empty, tmp_path, range(30), "2026")
    make_key(empty)
    with pytest.raises(UserError, match="linked with another key"):
        plan_addition(empty, wave, files.write(tmp_path / "june.csv", files.people(range(40))))
