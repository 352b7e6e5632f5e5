"""Ids are in the order of time, and told apart by chance; digests are the ones that everybody computes."""

import hashlib
import uuid

from incident_console.domain.machine import now
from incident_console.storage.hashing import digest_of
from incident_console.storage.ids import new_id


def test_an_id_is_a_uuid_of_version_7_made_now() -> None:
    before = now() // 1000
    made = uuid.UUID(new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= now() // 1000


def test_ids_are_told_apart_and_keep_the_order_of_time() -> None:
    ids = []
    for _ in range(1000):
        moment = now()
        while now() == moment:  # within one microsecond chance decides
            pass
        ids.append(new_id())
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids)


def test_a_digest_is_sha256() -> None:
    for text in ("", "abc", "größer\n" * 1000):
        assert digest_of(text) == hashlib.sha256(text.encode()).hexdigest()
