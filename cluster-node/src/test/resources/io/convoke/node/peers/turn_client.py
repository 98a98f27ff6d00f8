"""A client of a relay with aioice: sends through it to a peer that returns everything, over UDP, TCP and TLS; says "TRANSPORT ok" when all came back."""

import asyncio
import json
import ssl
import sys

from aioice import turn

MESSAGES = 50
PATIENCE_SECONDS = 20


class Receiver(asyncio.DatagramProtocol):
    def __init__(self):
        self.received = asyncio.Queue()

    def datagram_received(self, data, address):
        self.received.put_nowait((data, address))


async def talk(server, port, user, password, peer, transport, tls):
    trusting = None
    if tls:
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE
    endpoint, receiver = await turn.create_turn_endpoint(
        Receiver,
        (server, port),
        username=user,
        password=password,
        transport=transport,
        ssl=trusting or False,
    )
    for i in range(MESSAGES):
        data = bytes([i]) * (1 + 23 * i)
        endpoint.sendto(data, peer)
        assert await asyncio.wait_for(receiver.received.get(), PATIENCE_SECONDS) == (data, peer)
    endpoint.close()


async def main(told):
    peer = (told["peer"], told["peerPort"])
    for name, port, transport in (
        ("udp", told["port"], "udp"),
        ("tcp", told["port"], "tcp"),
        ("tls", told["tlsPort"], "tcp"),
    ):
        await talk(told["server"], port, told["user"], told["password"], peer, transport, name == "tls")
        print(name + " ok", flush=True)


asyncio.run(main(json.loads(sys.argv[1])))
