"""A component with slixmpp. Argument: {"jid", "secret", "host", "port", "tls"?: {"authority", "certificate"?, "key"?}, "domain"?}.

Answers each message with "echo: " and its words, and pings. Commands: iq(kind, to, payload), message(to, text), ping(to), quit().
"""
import asyncio
import json
import sys

from lines import ask, obey, prepare, say
from slixmpp import ComponentXMPP
from slixmpp.exceptions import XMPPError


async def main(jid, secret, host, port, tls=None, domain="localhost"):
    xmpp = ComponentXMPP(jid, secret, host, port)
    prepare(xmpp, (host, port), domain, tls)
    for plugin in ("xep_0030", "xep_0199"):
        xmpp.register_plugin(plugin)

    def on_message(message):
        say("message", **{"from": str(message["from"]), "to": str(message["to"]), "text": message["body"]})
        if message["type"] != "error" and not message["body"].startswith("echo: "):
            message.reply("echo: " + message["body"]).send()

    async def ping(to):
        try:
            await xmpp["xep_0199"].ping(to, ifrom=jid, timeout=15)
            say("pong", condition="")
        except XMPPError as error:
            say("pong", condition=error.condition)

    async def quit():
        await xmpp.disconnect()
        asyncio.get_running_loop().stop()

    xmpp.add_event_handler("session_start", lambda _: say("started", jid=jid))
    xmpp.add_event_handler("message", on_message)
    xmpp.connect(use_ssl=tls is not None)
    await obey(
        {
            "iq": lambda **asked: ask(xmpp, **asked),
            "message": lambda to, text: xmpp.send_message(mto=to, mbody=text, mfrom=jid),
            "ping": ping,
            "quit": quit,
        }
    )


asyncio.run(main(**json.loads(sys.argv[1])))
