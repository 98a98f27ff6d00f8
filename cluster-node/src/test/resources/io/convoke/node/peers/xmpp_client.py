"""A client with slixmpp. Argument: {"jid", "password"?, "host", "port", "encryption": "none" | "starttls" | "direct",
"tls"?: {"authority"}, "mechanism"?}. Without a password it logs in as nobody in particular.

Commands: iq(kind, to, payload), login(to, mechanism, user, password), message(to, text), join(room, nick), say(room, text), leave(room, nick),
ping(to), request_ack(), cut() breaks the connection, again() comes back, quit().
"""
import asyncio
import json
import sys

from lines import ask, obey, prepare, say
from logins import log_in
from slixmpp import ClientXMPP
from slixmpp.exceptions import XMPPError


async def main(jid, host, port, encryption, password="", tls=None, mechanism=None):
    xmpp = ClientXMPP(jid, password, sasl_mech=mechanism)
    prepare(xmpp, (host, port), xmpp.boundjid.host, tls)
    xmpp["feature_mechanisms"].unencrypted_plain = False
    xmpp["feature_mechanisms"].unencrypted_scram = True
    xmpp.whitespace_keepalive = False
    for plugin in ("xep_0030", "xep_0045", "xep_0198", "xep_0199"):
        xmpp.register_plugin(plugin)

    def connect():
        xmpp.connect(
            (host, port),
            use_ssl=encryption == "direct",
            force_starttls=encryption == "starttls",
            disable_starttls=encryption != "starttls",
        )

    def on_started(_):
        say("started", jid=str(xmpp.boundjid), mechanism=xmpp["feature_mechanisms"].mech.name)

    def on_words(message):
        say("heard", room=message["from"].bare, nick=message["from"].resource, text=message["body"])

    def on_message(message):
        if message["type"] != "groupchat":
            say("message", **{"from": str(message["from"]), "text": message["body"]})

    def on_presence(presence):
        gone = presence["type"] == "unavailable"
        say("left" if gone else "present", room=presence["from"].bare, nick=presence["from"].resource)

    def on_refusal(presence):
        say("refused", room=presence["from"].bare, condition=presence["error"]["condition"])

    async def ping(to):
        try:
            await xmpp["xep_0199"].ping(to, timeout=15)
            say("pong", condition="")
        except XMPPError as error:
            say("pong", condition=error.condition)

    async def quit():
        xmpp["xep_0198"].allow_resume = False
        await xmpp.disconnect()

    for event, handler in {
        "session_start": on_started,
        "failed_auth": lambda failure: say("failed_auth", condition=failure["condition"]),
        "failed_all_auth": lambda _: say("failed_all_auth"),
        "sm_enabled": lambda enabled: say("sm_enabled", resume=bool(enabled["resume"]), id=enabled["id"]),
        "session_resumed": lambda _: say("session_resumed", jid=str(xmpp.boundjid)),
        "sm_failed": lambda _: say("sm_failed"),
        "stanza_acked": lambda _: say("acked"),
        "groupchat_message": on_words,
        "message": on_message,
        "groupchat_presence": on_presence,
        "presence_error": on_refusal,
    }.items():
        xmpp.add_event_handler(event, handler)
    connect()
    await obey(
        {
            "iq": lambda **asked: ask(xmpp, **asked),
            "login": lambda **asked: log_in(xmpp, **asked),
            "message": lambda to, text: xmpp.send_message(mto=to, mbody=text, mtype="chat"),
            "join": lambda room, nick: xmpp["xep_0045"].join_muc(room, nick, maxhistory="20"),
            "say": lambda room, text: xmpp.send_message(mto=room, mbody=text, mtype="groupchat"),
            "leave": lambda room, nick: xmpp["xep_0045"].leave_muc(room, nick),
            "ping": ping,
            "request_ack": lambda: xmpp["xep_0198"].request_ack(),
            "cut": lambda: xmpp.abort(),
            "again": connect,
            "quit": quit,
        }
    )


asyncio.run(main(**json.loads(sys.argv[1])))
