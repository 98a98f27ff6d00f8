"""Two guests with aiortc, written from src/docs/client-protocol.md alone, meet in one meeting.

two_aiortc_guests.py ORIGIN CALL_ID: both join and offer, wait for sound and pictures of the other, offer a second time, wait for
more, and leave. Prints a line of JSON for each guest and exits with 0; anything else is a failure.
"""
import asyncio
import json
import sys
from urllib.parse import urljoin

import aiohttp
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, MediaStreamError, VideoStreamTrack

ENOUGH = {"audio": 50, "video": 15}


class Guest:
    def __init__(self, name):
        self.name = name
        self.pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.frames = {"audio": 0, "video": 0}
        self.offers = 0
        self.answers = asyncio.Queue()
        self.welcome = asyncio.Event()
        self.media = []
        self.ended = None
        self.pc.on("track", lambda track: asyncio.ensure_future(self.receive(track)))

    async def receive(self, track):
        try:
            while True:
                await track.recv()
                self.frames[track.kind] += 1
        except MediaStreamError:
            pass

    async def join(self, http, origin, call_id):
        url = origin + "/api/join"
        async with http.post(url, json={"name": self.name, "callId": call_id}) as response:
            joined = await response.json()
            assert response.status == 200, joined
        self.ws = await http.ws_connect(urljoin(url, joined["webSocket"]).replace("http", "ws", 1))
        self.reader = asyncio.ensure_future(self.read())
        await self.ws.send_json({"type": "authenticate", "token": joined["token"]})
        await self.welcome.wait()
        self.pc.addTransceiver(AudioStreamTrack(), direction="sendrecv")
        self.pc.addTransceiver(VideoStreamTrack(), direction="sendrecv")
        await self.offer()

    async def read(self):
        async for frame in self.ws:
            message = json.loads(frame.data)
            kind = message["type"]
            if kind == "welcome":
                self.welcome.set()
            elif kind in ("answer", "error"):
                self.answers.put_nowait(message)
            elif kind == "media":
                self.media.append(message)
            elif kind == "ping":
                await self.ws.send_json({"type": "pong", "id": message["id"]})
            elif kind == "ended":
                self.ended = message["code"]

    async def offer(self):
        self.offers += 1
        await self.pc.setLocalDescription(await self.pc.createOffer())
        await self.ws.send_json({"type": "offer", "id": self.offers, "sdp": self.pc.localDescription.sdp})
        message = await self.answers.get()
        assert message["type"] == "answer" and message["inReplyTo"] == self.offers, message
        await self.pc.setRemoteDescription(RTCSessionDescription(message["sdp"], "answer"))

    async def hear_and_see(self):
        """Waits for so many frames more of both kinds."""
        goal = {kind: self.frames[kind] + more for kind, more in ENOUGH.items()}
        while any(self.frames[kind] < goal[kind] for kind in goal):
            await asyncio.sleep(0.05)

    async def leave(self):
        packets = {"sent": {}, "received": {}}
        for each in (await self.pc.getStats()).values():
            if each.type == "outbound-rtp":
                packets["sent"][each.kind] = each.packetsSent
            elif each.type == "inbound-rtp":
                packets["received"][each.kind] = each.packetsReceived
        await self.ws.send_json({"type": "leave"})
        await self.reader
        await self.pc.close()
        return {"name": self.name, "frames": self.frames, **packets, "media": self.media[-1]["state"], "ended": self.ended}


async def meet(origin, call_id):
    async with aiohttp.ClientSession() as http:
        guests = [Guest("Ada"), Guest("Bob")]
        try:
            await asyncio.gather(*(guest.join(http, origin, call_id) for guest in guests))
            await asyncio.gather(*(guest.hear_and_see() for guest in guests))
            await asyncio.gather(*(guest.offer() for guest in guests))
            await asyncio.gather(*(guest.hear_and_see() for guest in guests))
        finally:
            for guest in guests:
                print(json.dumps(await guest.leave()), flush=True)


asyncio.run(asyncio.wait_for(meet(sys.argv[1], sys.argv[2]), 60))
