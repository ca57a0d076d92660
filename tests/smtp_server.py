"""A mail server with moods, for the tests: Debian's aiosmtpd on a port of loopback until its input ends.

    smtp_server.py PORT FOLDER MOOD [CERTIFICATE KEY]

MOOD says how the server is as a whole: `plain`, `starttls` (only after STARTTLS), `tls`, `login` (only with the login
relais:pass+word), `injecting` (starttls, with somebody on the way who adds a reply), `unable` (521 at the greeting), `busy` (421 at the greeting), `mute` (no greeting at all).
What becomes of a letter is chosen by the local part of its recipient, up to the first `+`; see the two handlers below.
Each letter that was taken, or may have been, lies in FOLDER as `NUMBER-LOCALPART.eml`.
"""

import asyncio
import os
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult

PORT, FOLDER, MOOD = int(sys.argv[1]), sys.argv[2], sys.argv[3]
AT_RECIPIENT = {
    "nobody": "550 5.1.1 <{}> does not exist",
    "gone": "550 <{}> does not exist",
    "disabled": "550 5.2.1 <{}> is disabled",
    "full": "552 5.2.2 the mailbox of <{}> is full",
    "policy": "550 5.7.1 we do not relay to <{}>",
    "stranger": "530 5.7.0 log in first to write to <{}>",
    "later": "451 4.3.0 try again later",
}
AT_CONTENT = {
    "reject": "554 5.6.0 the content for <{}> is not wanted",
    "busy": "452 4.3.1 no room for <{}>",
}


class Handler:
    """Answers as the recipient asks for."""

    seen = set()
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        mood = local(address)
        if mood == "grey" and address not in self.seen:
            self.seen.add(address)
            return "451 4.7.1 greylisted"
        if mood == "deaf":
            await asyncio.sleep(3600)
        if mood == "vanish":
            server.transport.abort()
            await asyncio.sleep(3600)
        if mood in AT_RECIPIENT:
            return AT_RECIPIENT[mood].format(address)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        mood = local(envelope.rcpt_tos[0])
        if mood in AT_CONTENT:
            return AT_CONTENT[mood].format(envelope.rcpt_tos[0])
        self.keep(mood, envelope.content)
        if mood == "hang":
            await asyncio.sleep(3600)
        if mood == "drop":
            server.transport.abort()
            await asyncio.sleep(3600)
        if mood == "babble":
            return "199 what is this"
        if mood == "slow":
            await asyncio.sleep(0.3)
        return "250 2.0.0 taken"

    def keep(self, mood, content):
        Handler.count += 1
        path = os.path.join(FOLDER, f"{self.count:04}-{mood}.eml")
        with open(path + ".part", "wb") as file:
            file.write(content)
        os.rename(path + ".part", path)


class Cutting(SMTP):
    """Does not get all of the content: breaks off before it for the recipient `cut`, reads none of it for `stall`."""

    async def smtp_DATA(self, arg):
        mood = local(self.envelope.rcpt_tos[0]) if self.envelope.rcpt_tos else ""
        if mood == "cut":
            self.transport.abort()
        elif mood == "stall":
            self.transport.pause_reading()
            await self.push("354 go on")
            await asyncio.sleep(3600)
        else:
            await super().smtp_DATA(arg)

    async def push(self, status):
        if MOOD == "injecting" and status.startswith("220 Ready"):
            status += "\r\n250 said by somebody on the way"
        await super().push(status)


class Greeting(asyncio.Protocol):
    """Says one thing, or nothing, and never becomes a mail server."""

    def connection_made(self, transport):
        words = {"unable": b"521 5.3.2 no mail here\r\n", "busy": b"421 4.3.2 too much to do\r\n"}.get(MOOD)
        if words:
            transport.write(words)
            transport.close()


def local(address):
    return address.split("@")[0].split("+")[0]


def login(server, session, envelope, mechanism, given):
    good = given.login == b"relais" and given.password == b"pass+word"
    return AuthResult(success=good, handled=False)


def protocol(context):
    if MOOD in ("unable", "busy", "mute"):
        return Greeting()
    options = {}
    if MOOD in ("starttls", "injecting"):
        options = {"tls_context": context, "require_starttls": True}
    if MOOD == "login":
        options = {"authenticator": login, "auth_required": True, "auth_require_tls": False}
    return Cutting(Handler(), hostname="loopback.example", **options)


def end_with_input():
    sys.stdin.read()
    os._exit(0)


async def main():
    context = None
    if len(sys.argv) > 4:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[4], sys.argv[5])
    secret = context if MOOD == "tls" else None
    server = await asyncio.get_running_loop().create_server(lambda: protocol(context), "127.0.0.1", PORT, ssl=secret)
    await server.serve_forever()


threading.Thread(target=end_with_input, daemon=True).start()
asyncio.run(main())
