"""The system says when another program wrote to the database, and keeps quiet otherwise."""

import os
import select
import sys
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.storage.folder_watch import FolderWatch
from tests.builders import declare, make_desk

linux = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")


def word(watch: FolderWatch) -> bool:
    """Whether there is word about the database, waited for no longer than it takes."""
    ready, _, _ = select.select([watch], [], [], 5)
    return bool(ready) and watch.stirred()


@linux
class TestFolderWatch:
    def test_what_another_terminal_wrote_is_told_and_found(self, desk: Desk, tmp_path: Path) -> None:
        other = make_desk(tmp_path, "sam")
        watch = desk.folder_watch()
        assert watch is not None
        assert not watch.stirred()
        declare(other)
        assert word(watch)
        assert desk.changed()
        assert not watch.stirred()
        watch.close()

    def test_a_file_put_in_place_of_ours_is_told(self, desk: Desk, tmp_path: Path) -> None:
        watch = FolderWatch(desk.store.path)
        copy = tmp_path / "elsewhere"
        copy.write_bytes(desk.store.path.read_bytes())
        copy.rename(desk.store.path)
        assert word(watch)
        assert desk.store.is_replaced()
        watch.close()

    def test_what_happens_to_other_files_is_no_reason_to_look(self, desk: Desk) -> None:
        watch = FolderWatch(desk.store.path)
        stray = desk.store.path.with_name("notes.txt")
        stray.write_text("x")
        stray.unlink()
        assert not word(watch)
        watch.close()

    def test_a_link_to_the_file_is_followed_to_where_its_journal_is(self, desk: Desk, tmp_path: Path) -> None:
        (tmp_path / "far").mkdir()
        link = tmp_path / "far" / "link.db"
        link.symlink_to(desk.store.path)
        watch = FolderWatch(link)
        declare(desk)
        assert word(watch)
        watch.close()

    def test_more_than_one_heap_of_news_is_taken_whole(self, desk: Desk) -> None:
        watch = FolderWatch(desk.store.path)
        for number in range(300):
            stray = desk.store.path.with_name("n" * 200 + str(number))
            stray.touch()
            stray.unlink()
        declare(desk)
        found = [watch.stirred() for _ in range(5)]
        assert any(found)
        assert not watch.stirred()
        watch.close()

    def test_closing_twice_gives_back_one_descriptor(self, desk: Desk) -> None:
        before = len(os.listdir("/proc/self/fd"))
        watch = FolderWatch(desk.store.path)
        watch.close()
        watch.close()
        assert len(os.listdir("/proc/self/fd")) == before


def test_where_the_system_has_no_such_thing_one_looks_instead(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert desk.folder_watch() is None


@linux
def test_a_folder_that_cannot_be_watched_is_no_failure(desk: Desk, tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(OSError, match="not watched"):
        FolderWatch(tmp_path / "nowhere" / "x.db")
    assert len(os.listdir("/proc/self/fd")) == before
