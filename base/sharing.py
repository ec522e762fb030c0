"""How several server processes hear of each other: over Redis. With one process there is nobody to tell.

What is told is only a hint, "race R is at revision N" or "phones were taken off": each process fetches what it lacks
from the database. So a message that is lost, or a Redis that is down, costs half a second, which is how often every
process looks by itself; for phones five.
"""

import logging
import queue
import time
from collections.abc import Callable

import redis

CHANNEL = "waypost"
PHONES = "phones"
# A Redis that hangs holds up nobody: messages are sent from a loop of their own.
PATIENCE_S = 5.0
AGAIN_S = 1.0

logger = logging.getLogger(__name__)


class Wire:
    """The line to the other processes; `far` is None where there are none."""

    def __init__(self, url: str | None) -> None:
        self.far: redis.Redis | None = (
            redis.Redis.from_url(url, socket_timeout=PATIENCE_S, decode_responses=True) if url else None
        )
        self._news: queue.Queue[tuple[str, int]] = queue.Queue()

    def tell(self, race: int, revision: int) -> None:
        """Have the others hear that a race is at a revision; returns at once."""
        if self.far is not None:
            self._news.put((str(race), revision))

    def tell_of_phones(self) -> None:
        """Have the others hear that a team's phone was taken off; returns at once."""
        if self.far is not None:
            self._news.put((PHONES, 0))

    def talk(self) -> None:
        """Send what is to be told, for ever; of several news of one thing the last is enough."""
        while self.far is not None:
            news = dict([self._news.get()])
            while not self._news.empty():
                about, revision = self._news.get()
                news[about] = revision
            try:
                for about, revision in news.items():
                    self.far.publish(CHANNEL, f"{about} {revision}")
            except redis.RedisError:
                logger.warning("Redis does not answer; the other processes look by themselves")
                time.sleep(AGAIN_S)

    def listen(self, heard: Callable[[int, int], None], phones: Callable[[], object]) -> None:
        """Call `heard` with race and revision, or `phones`, for all that others tell, and our own, for ever."""
        while self.far is not None:
            try:
                with self.far.pubsub(ignore_subscribe_messages=True) as line:  # type: ignore[no-untyped-call]
                    line.subscribe(CHANNEL)
                    while True:
                        message = line.get_message(timeout=PATIENCE_S)
                        if message:
                            about, revision = message["data"].split()
                            if about == PHONES:
                                phones()
                            else:
                                heard(int(about), int(revision))
            except redis.RedisError:
                time.sleep(AGAIN_S)
