"""An authenticator app for tests. Source: RFC 6238."""

import base64
import hashlib
import hmac
import struct
import time

PERIOD = 30


def code(shared_secret: str, step: int) -> str:
    key = base64.b32decode(shared_secret + "=" * (-len(shared_secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start:start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


class App:
    """One device of one user. Each code is good once, so the app goes forward by a step with each: from the step before the
    current one to the one after it there are three without waiting, and the set-up takes the first."""

    def __init__(self, client, name: str = "Phone"):
        made = client.put("multifactor/device", {"providerName": "TOTP", "name": name}, action="startRegistration").data
        self.id, self.challenge = made["deviceId"], made["challenge"]
        self.step = int(time.time()) // PERIOD - 2
        finished = client.put("multifactor/device", {"secret_code": self.next_code()}, action="finishRegistration",
                              **self.named())
        assert finished.data["enabled"] is True, finished.text

    def named(self) -> dict:
        return {"providerName": "TOTP", "deviceId": self.id}

    def next_code(self) -> str:
        # A slow machine may have left the window behind.
        self.step = max(self.step + 1, int(time.time()) // PERIOD - 1)
        return code(self.challenge["sharedSecret"], self.step)

    def last_code(self) -> str:
        return code(self.challenge["sharedSecret"], self.step)

    def try_code(self, client, typed: str):
        return client.put("multifactor/device", {"secret_code": typed}, action="finishAuthentication", **self.named())

    def prove(self, client) -> None:
        answer = self.try_code(client, self.next_code())
        assert answer.code is None, answer.text
