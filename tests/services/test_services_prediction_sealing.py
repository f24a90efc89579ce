"""Seals: digests as RFC 4231 and openssl have them, and whatever was changed since is found out."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standing_clock import fixed_clock

from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind, Quantile
from surveyapp.domain.scope import Scope
from surveyapp.domain.seal_code import digest_of
from surveyapp.services.change_log import redo, undo
from surveyapp.services.prediction.counted import counted_words
from surveyapp.services.prediction.log import edit, forecast, remove, resolve, write_down
from surveyapp.services.prediction.people import person_named
from surveyapp.services.prediction.seal_text import canonical, digests_in, verify
from surveyapp.services.prediction.sealing import (
    commitment,
    count_seals,
    open_seals,
    opened_text,
    seal,
    seals_of,
)
from surveyapp.services.prediction.selection import select
from surveyapp.services.session import Session

NONCE = bytes(range(32))


def counting() -> Callable[[int], bytes]:
    """Nonces that are known: 32 times 1, then 2 ..."""
    numbers = iter(range(1, 256))
    return lambda size: bytes([next(numbers)]) * size


def said(session: Session, statement: str = "It rains in Riverside by 5 May 2027.", **fields: object) -> Prediction:
    draft = Prediction(statement=statement, created_at=session.clock(), **fields)  # type: ignore[arg-type]
    return write_down(session, draft, forecasts=[Forecast(at=session.clock(), probability=0.8)])


@pytest.mark.parametrize(
    ("key", "message", "digest"),
    [
        # RFC 4231, test cases 1 and 2; HMAC fills shorter keys up with zeros, so the 32 bytes give the same
        (b"\x0b" * 20, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (b"Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    ],
)
def test_the_digest_is_that_of_rfc_4231(key: bytes, message: str, digest: str) -> None:
    assert digest_of(message, key.ljust(32, b"\0")) == digest


def test_a_nonce_has_32_bytes() -> None:
    for size in (0, 31, 33):
        with pytest.raises(ValueError, match="32 bytes"):
            digest_of("x", b"x" * size)


def test_the_digest_is_that_of_openssl() -> None:
    message = canonical({"statement": "Ada’s “train” isn't late; 5 € at most\n", "forecasts": [0.1]})
    assert message.isascii()
    assert "'" not in message
    # printf '%s' MESSAGE | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102...1f, OpenSSL 3.0
    assert digest_of(message, NONCE) == "b47341e3da70e1c5b205949b004cd2c0b5902b151f0022275f68c941496019bc"
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not installed; its digest stands above")
    words = [program, "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{NONCE.hex()}"]
    done = subprocess.run(words, input=message.encode(), capture_output=True, check=True)
    assert done.stdout.decode().split()[-1] == digest_of(message, NONCE)


def test_a_seal_holds_the_statement_and_the_forecasts_of_that_moment(session: Session) -> None:
    one = said(session, due=date(2027, 5, 5), no_means="It is dry", tags=("home",))
    forecast(session, one.id, probability=0.9)
    forecast(session, one.id, probability=0.2, by=person_named(session, "Bea").id)
    (sealed,) = seal(session, [one.id], opens_on=session.clock().date() + timedelta(days=30), random=counting())
    assert sealed.nonce == "01" * 32
    assert sealed.digest == digest_of(sealed.message, b"\x01" * 32)
    plain = json.loads(sealed.message)
    assert (plain["statement"], plain["due"], plain["no_means"]) == (one.statement, "2027-05-05", "It is dry")
    assert [(each["by"], each["probability"]) for each in plain["forecasts"]] == [("Ada", 0.9)]
    (all_of_them,) = seal(session, [one.id], everybody=True, random=counting())
    said_by = {each["by"]: each["probability"] for each in json.loads(all_of_them.message)["forecasts"]}
    assert said_by == {"Ada": 0.9, "Bea": 0.2}


def test_forecasts_of_options_and_ranges_are_sealed(session: Session) -> None:
    now = session.clock()
    choice = Prediction(statement="Who wins", kind=PredictionKind.CHOICE, options=("Red", "Blue"), created_at=now)
    first = write_down(session, choice, forecasts=[Forecast(at=now, probability=0.3, option=1)])
    number = Prediction(statement="Guests", kind=PredictionKind.NUMBER, created_at=now)
    quantiles = (Quantile(level=0.1, value=80.0), Quantile(level=0.9, value=140.0))
    second = write_down(session, number, forecasts=[Forecast(at=now, quantiles=quantiles)])
    seals = [json.loads(one.message)["forecasts"][0] for one in seal(session, [first.id, second.id])]
    assert (seals[0]["option"], seals[0]["probability"]) == (1, 0.3)
    assert seals[1]["quantiles"] == [[0.1, 80.0], [0.9, 140.0]]


def test_every_seal_has_a_nonce_of_its_own(session: Session) -> None:
    first, second = said(session), said(session)
    one, other = seal(session, [first.id, second.id])
    assert one.nonce != other.nonce
    assert (len(bytes.fromhex(one.nonce)), one.digest == other.digest) == (32, False)


def test_counts_opening_and_undo(session: Session) -> None:
    first, second = said(session, "One"), said(session, "Two")
    assert count_seals(session).sentence == ""
    seal(session, [first.id, second.id], random=counting())
    counted = count_seals(session)
    assert (counted.n, counted.n_unopened) == (2, 2)
    assert counted.sentence == "2 predictions are sealed."
    (opened,) = open_seals(session, [first.id])
    assert opened.opened_at == session.clock()
    assert count_seals(session).sentence == "2 predictions were sealed; 1 is not opened."
    undo(session)
    assert count_seals(session).n_unopened == 2
    redo(session)
    open_seals(session, [second.id])
    assert count_seals(session).sentence == "2 were sealed, all are opened."
    with pytest.raises(UserError, match="waits to be opened"):
        open_seals(session, [second.id])
    for _step in range(3):
        undo(session)
    assert (count_seals(session).n, seals_of(session)) == (0, ())
    assert count_seals(session).sentence == "2 seals were taken back."
    redo(session)
    assert count_seals(session).sentence == "2 predictions are sealed."


def test_a_seal_that_was_taken_back_stays_in_the_count(session: Session) -> None:
    first, second = said(session, "One"), said(session, "Two")
    seal(session, [first.id], random=counting())
    seal(session, [second.id])
    undo(session)
    assert count_seals(session).sentence == "1 prediction is sealed. 1 seal was taken back."
    assert seals_of(session, [second.id]) == ()
    (other_way,) = seal(session, [second.id])
    assert count_seals(session).sentence == "2 predictions are sealed. 1 seal was taken back."
    assert "1 seal was taken back." in commitment([other_way], count_seals(session))
    remove(session, [first.id])
    assert (count_seals(session).n, count_seals(session).n_taken_back) == (1, 2)
    undo(session)
    assert count_seals(session).n_taken_back == 1


def test_it_is_told_beside_every_score(session: Session) -> None:
    one = said(session)
    assert "seal" not in counted_words(select(session, Scope()))
    seal(session, [one.id])
    undo(session)
    found = select(session, Scope())
    assert (found.n_sealed, found.n_seals_taken_back) == (0, 1)
    assert counted_words(found).endswith("1 seal was taken back.")


def test_a_seal_with_a_day_stays_closed_until_then(session: Session) -> None:
    one, today = said(session), session.clock().date()
    with pytest.raises(UserError, match="lies ahead"):
        seal(session, [one.id], opens_on=today)
    seal(session, [one.id], opens_on=today + timedelta(days=1))
    with pytest.raises(UserError, match="stay sealed until"):
        open_seals(session, [one.id])
    (early,) = open_seals(session, [one.id], early=True)
    assert early.opened_at is not None


def test_nothing_to_seal_is_a_sentence(session: Session) -> None:
    bare = write_down(session, Prediction(statement="Without a belief", created_at=session.clock()))
    with pytest.raises(UserError, match="no forecast"):
        seal(session, [bare.id])
    done = said(session)
    resolve(session, done.id, Outcome.YES)
    with pytest.raises(UserError, match="come out already"):
        seal(session, [done.id])
    with pytest.raises(UserError, match="no such prediction"):
        seal(session, [99])
    assert seal(session, []) == ()


def test_the_commitment_tells_nothing_and_the_opened_text_checks(session: Session) -> None:
    one, other = said(session, "Ada isn't late\nby May"), said(session, "Zwölf Gäste kommen")
    seals = seal(session, [one.id, other.id], opens_on=session.clock().date() + timedelta(days=9), random=counting())
    promise = commitment(seals, count_seals(session), name="Ada")
    assert "Gäste" not in promise
    assert "01" * 32 not in promise
    assert "never opened" in promise
    assert digests_in(promise) == tuple(each.digest for each in seals)
    edit(session, other.id, statement="Zehn Gäste kommen")
    text = opened_text(session, open_seals(session, [one.id, other.id], early=True))
    assert "was changed since" in text
    found = verify(text, promised=digests_in(promise))
    assert [(each.fits, each.promised) for each in found] == [(True, True), (True, True)]
    assert [each.message["statement"] for each in found] == ["Ada isn't late\nby May", "Zwölf Gäste kommen"]
    assert [each.promised for each in verify(text, promised=["0" * 64])] == [False, False]
    assert verify(text)[0].promised is None


@pytest.mark.parametrize(("old", "new"), [("80 days", "81 days"), ("0.8", "0.9"), ("0101", "0201"), ("River", "Lake")])
def test_what_was_changed_does_not_fit(session: Session, old: str, new: str) -> None:
    one = said(session, "It rains in Riverside on 80 days")
    text = opened_text(session, seal(session, [one.id], random=counting()))
    assert verify(text)[0].fits
    assert not verify(text.replace(old, new))[0].fits


def test_a_text_that_mail_broke_still_fits(session: Session) -> None:
    one = said(session, "It rains in Riverside, and it rains for so long that a mail has to break the line somewhere")
    text = opened_text(session, seal(session, [one.id]))
    at_blanks = "\n".join(
        line.replace(" ", "\r\n> ") if line.startswith("Message") else line for line in text.split("\n")
    )
    assert verify(at_blanks.replace("Message:\r\n> ", "Message: "))[0].fits
    place = text.index('"forecasts"') + 4
    assert verify(text[:place] + "\n" + text[place:])[0].fits


def test_texts_that_hold_no_seal(session: Session) -> None:
    del session
    for text in ("", "Nothing", '{"', '{"a": 1', "{" * 50_000, '{"a":' * 50_000, "ab" * 32):
        assert verify(text) == ()
    (bare,) = verify('{"statement":"no code"}')
    assert (bare.fits, bare.digest) == (False, "")


@given(
    st.dictionaries(
        st.text(max_size=20), st.text(max_size=60) | st.floats(allow_nan=False, allow_infinity=False), min_size=1
    ),
    st.binary(min_size=32, max_size=32),
)
def test_any_message_is_found_and_fits(fields: dict[str, object], nonce: bytes) -> None:
    message = canonical(fields)
    digest = digest_of(message, nonce)
    (found,) = verify(f"Message: {message}\nNonce: {nonce.hex().upper()}\nDigest: {digest}")
    assert (found.fits, found.digest, found.message) == (True, digest, fields)
    assert canonical(dict(reversed(fields.items()))) == message


def test_nonces_come_from_the_system() -> None:
    assert (seal.__kwdefaults__ or {})["random"] is secrets.token_bytes


def test_moments_are_told_in_utc(session: Session) -> None:
    one = said(session)
    (sealed,) = seal(session, [one.id])
    moment = replace(sealed, sealed_at=datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    assert "21 Nov 2026, 23:30 UTC" in commitment([moment], count_seals(session))
    assert fixed_clock(moment.sealed_at)() == moment.sealed_at
