"""The front end, compressed once and kept, for every browser that takes it so."""

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATH = "/static/"
"""Where Streamlit serves its scripts, styles and fonts: 25 MB, of which a visitor of ours takes 9.4."""

LEVEL = 9
"""Of what a visitor takes, level 6 leaves 2.90 MB and level 9 2.89, for a third more time, once: 0.2 seconds in all."""

PIECE = 2**18
"""Bytes given to a connection at a time: what a slow one has not taken yet would otherwise be copied for it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, to be given as often as it is asked for."""

    start: Message
    body: bytes

    async def send(self, send: Send) -> None:
        """Give it."""
        await send(self.start)
        for begin in range(0, len(self.body), PIECE):
            await send({"type": "http.response.body", "body": self.body[begin : begin + PIECE], "more_body": True})
        await send({"type": "http.response.body", "body": b""})


class KeptFrontEnd:
    """Keeps each file of the front end compressed, once somebody has asked for it, and compresses everything else.

    Streamlit sends these files as they are, as it would have to compress them for every visitor anew (the comment in
    its `starlette_gzip_middleware`). They never change under their names, which their Cache-Control says; what does not
    say so is not kept.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = GZipMiddleware(app, compresslevel=LEVEL)
        self.kept: dict[str, Answer] = {}
        self.one_at_a_time = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or else from the application."""
        if not takes_front_end_compressed(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        answer = self.kept.get(path)
        if answer is None:
            async with self.one_at_a_time:  # a class asks for the same file at once
                answer = self.kept.get(path) or await self._ask(scope, receive)
                if "immutable" in Headers(raw=answer.start["headers"]).get("cache-control", ""):
                    self.kept[path] = answer
        await answer.send(send)

    async def _ask(self, scope: Scope, receive: Receive) -> Answer:
        """The application's answer, without what belongs to the file as it was before it was compressed."""
        start: Message = {}
        body = bytearray()

        async def take(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                body.extend(message.get("body", b""))

        await self.app(scope, receive, take)
        headers = MutableHeaders(raw=start["headers"])
        headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified", "accept-ranges"):
            del headers[name]
        return Answer(start, bytes(body))


def takes_front_end_compressed(scope: Scope) -> bool:
    """Whether a request asks for a file of the front end and takes it compressed."""
    plain = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(PATH)
    return plain and "gzip" in Headers(scope=scope).get("accept-encoding", "")
