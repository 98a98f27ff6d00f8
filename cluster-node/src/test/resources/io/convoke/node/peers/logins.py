"""A login asked of a callbridge by IQ, as src/docs/xmpp-login.md has it, with a SCRAM of Python's own hashes."""
import base64
import hashlib
import hmac
import secrets

from lines import exchange, say

NAMESPACE = "urn:convoke:login:1"


class Scram:
    def __init__(self, mechanism, user, password):
        self.hash = {"SCRAM-SHA-1": "sha1", "SCRAM-SHA-256": "sha256"}[mechanism]
        self.password = password.encode()
        self.bare = f"n={user},r={secrets.token_hex(16)}"
        self.signature = None

    def first(self):
        return ("n,," + self.bare).encode()

    def answer(self, challenge):
        values = dict(part.split("=", 1) for part in challenge.decode().split(","))
        salted = hashlib.pbkdf2_hmac(
            self.hash, self.password, base64.b64decode(values["s"]), int(values["i"])
        )
        bare_final = "c=biws,r=" + values["r"]
        words = ",".join((self.bare, challenge.decode(), bare_final)).encode()
        client_key = self.mac(salted, b"Client Key")
        proof = self.mac(hashlib.new(self.hash, client_key).digest(), words)
        self.signature = self.mac(self.mac(salted, b"Server Key"), words)
        proof = bytes(one ^ other for one, other in zip(client_key, proof))
        return (bare_final + ",p=" + base64.b64encode(proof).decode()).encode()

    def holds(self, final):
        return final == b"v=" + base64.b64encode(self.signature)

    def mac(self, key, text):
        return hmac.new(key, text, self.hash).digest()


async def log_in(xmpp, to, mechanism, user="", password=""):
    """Goes through the whole exchange and says how it ended: {"result": "success" | "failure" | the IQ's error}."""
    session = secrets.token_hex(8)
    scram = Scram(mechanism, user, password) if mechanism.startswith("SCRAM-") else None
    name, data = "auth", scram.first() if scram else b""
    mutual = False
    while True:
        extra = f" mechanism='{mechanism}' source='192.0.2.7'" if name == "auth" else ""
        words = base64.b64encode(data).decode()
        answer = await exchange(
            xmpp, "set", to, f"<{name} xmlns='{NAMESPACE}' session='{session}'{extra}>{words}</{name}>"
        )
        found = answer.xml.find("./{%s}*" % NAMESPACE) if answer is not None else None
        if found is None or answer["type"] == "error":
            condition = answer["error"]["condition"] if answer is not None else "timeout"
            say("login", result="error", condition=condition)
            return
        kind = found.tag.split("}")[1]
        data = base64.b64decode(found.text or "")
        if kind == "challenge":
            name, data = "response", scram.answer(data)
            continue
        if kind == "success":
            mutual = scram is None or scram.holds(data)
        condition = next((each.tag.split("}")[1] for each in found), "")
        say("login", result=kind, user=found.get("user", ""), mutual=mutual, condition=condition)
        return
