"""How the tests talk with a slixmpp program: a line of JSON for each command, and one for each thing that happens."""
import asyncio
import json
import sys

from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.xmlstream import ET


def say(event, **more):
    print(json.dumps({"event": event, **more}), flush=True)


async def obey(commands):
    """Runs the commands that arrive, until there are no more: {"do": NAME, ...} calls commands[NAME](...)."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        command = json.loads(line)
        asked = commands[command.pop("do")](**command)
        if asyncio.iscoroutine(asked):
            asyncio.ensure_future(asked)


def prepare(xmpp, address, domain, tls):
    """Straight to the address, whatever DNS says; certificates are for the domain."""

    async def no_lookup(*_):
        return None

    xmpp._pick_dns_answer = no_lookup
    xmpp.default_domain = domain
    xmpp.address = tuple(address)
    if tls:
        xmpp.ca_certs = tls["authority"]
        if "certificate" in tls:
            xmpp.certfile, xmpp.keyfile = tls["certificate"], tls["key"]
    # Whoever is refused has to say so, and not to come again.
    xmpp.reschedule_connection_attempt = lambda: say("unreachable")
    xmpp.add_event_handler("disconnected", lambda reason: say("disconnected", reason=str(reason)))
    xmpp.add_event_handler(
        "stream_error", lambda error: say("stream_error", condition=error["condition"], text=error["text"])
    )


async def exchange(xmpp, kind, to, payload):
    """Sends an IQ with any payload, and answers what came back, or None."""
    iq = xmpp.make_iq(ito=to, itype=kind)
    if xmpp.is_component:
        iq["from"] = xmpp.boundjid
    iq.append(ET.fromstring(payload))
    try:
        return await iq.send(timeout=15)
    except IqError as error:
        return error.iq
    except IqTimeout:
        return None


async def ask(xmpp, kind, to, payload):
    """Sends an IQ with any payload, and says what came back."""
    answer = await exchange(xmpp, kind, to, payload)
    if answer is None:
        say("iq", type="timeout", xml="", condition="")
        return
    children = [ET.tostring(child, encoding="unicode") for child in answer.xml]
    condition = answer["error"]["condition"] if answer["type"] == "error" else ""
    say("iq", type=answer["type"], xml="".join(children), condition=condition)
