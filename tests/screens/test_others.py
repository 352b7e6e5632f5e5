"""When the console looks for what others wrote: often by itself, or at once when it is told."""

import asyncio
import os

import pytest

from incident_console import others as others_module
from incident_console.others import AFTERWARDS, Others


class Pipe:
    """A bell that a test can ring."""

    def __init__(self) -> None:
        self.end, self.rope = os.pipe()
        self.about_us = True
        self.closed = 0

    def fileno(self) -> int:
        return self.end

    def stirred(self) -> bool:
        os.read(self.end, 100)
        return self.about_us

    def close(self) -> None:
        self.closed += 1


class Looks:
    """Counts how often somebody looked."""

    def __init__(self) -> None:
        self.count = 0
        self._looked = asyncio.Event()

    def __call__(self) -> None:
        self.count += 1
        self._looked.set()

    async def reach(self, count: int) -> None:
        async with asyncio.timeout(10):
            while self.count < count:
                self._looked.clear()
                await self._looked.wait()


class TestOthers:
    async def test_without_a_bell_it_looks_again_and_again(self) -> None:
        looks = Looks()
        others = Others(looks)
        others.begin(asyncio.get_running_loop())
        await looks.reach(3)
        others.end()

    async def test_a_bell_makes_it_look_at_once_and_once_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for usual in ("OFTEN", "SELDOM"):  # or it would look without the bell, too
            monkeypatch.setattr(others_module, usual, 3600.0)
        looks, bell = Looks(), Pipe()
        others = Others(looks)
        others.begin(asyncio.get_running_loop())
        others.listen(bell)
        before = looks.count
        os.write(bell.rope, b"!")
        await looks.reach(before + len(AFTERWARDS))
        others.end()
        assert bell.closed == 1

    async def test_word_about_other_files_is_taken_and_forgotten(self) -> None:
        looks, bell = Looks(), Pipe()
        others = Others(looks)
        bell.about_us = False
        others.begin(asyncio.get_running_loop())
        others.listen(bell)
        os.write(bell.rope, b"!")
        others._rung()
        assert looks.count == 1
        others.end()

    async def test_after_the_end_nothing_is_looked_at(self) -> None:
        looks, bell = Looks(), Pipe()
        others = Others(looks)
        loop = asyncio.get_running_loop()
        others.begin(loop)
        others.listen(bell)
        os.write(bell.rope, b"!")
        others._rung()
        others.end()
        others.end()
        others._once()
        others._again()
        assert looks.count == 1
        assert bell.closed == 1

    async def test_no_bell_leaves_things_as_they_are(self) -> None:
        others = Others(lambda: None)
        others.begin(asyncio.get_running_loop())
        others.listen(None)
        others.end()

    async def test_a_bell_that_comes_when_all_is_over_is_put_away(self) -> None:
        bell, others = Pipe(), Others(lambda: None)
        others.listen(bell)
        assert bell.closed == 1
