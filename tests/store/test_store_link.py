"""Links between questions of several waves."""

from __future__ import annotations

import census_example as example

from surveyapp.store import QuestionLink, Store


def test_a_link_is_kept_replaced_and_forgotten(store: Store) -> None:
    ids = []
    for name in ("2025", "2026"):
        coded = example.wave(name=name)
        wave = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
        ids.append(store.codebook.get(wave.id).questions[0].id)
    assert store.links.list() == ()
    store.links.set(QuestionLink(question_id=ids[1], canonical_id=ids[0], how="reworded"))
    store.links.set(QuestionLink(question_id=ids[1], canonical_id=ids[0], how="same"))
    assert store.links.list() == (QuestionLink(question_id=ids[1], canonical_id=ids[0], how="same"),)
    store.links.remove(ids[1])
    store.links.remove(ids[1])
    assert store.links.list() == ()


def test_links_go_with_their_wave(store: Store) -> None:
    coded = example.wave(name="2025")
    wave = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    question = store.codebook.get(wave.id).questions[0]
    store.links.set(QuestionLink(question_id=question.id, canonical_id=question.id, how="none"))
    store.waves.set_removed(wave.id, True)
    store.waves.purge_removed()
    assert store.links.list() == ()
