"""Formulas of docs/card.md in a second language: SM3, SM4 and SM2 signatures by the openssl command, SM2 points and the
counter-mode tag here, because openssl 3.0 has no plain SM2 agreement and no SM4-GCM on its command line."""

import os
import secrets
import subprocess
import tempfile

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)


class NotGenuine(Exception):
    """The card is refused; the text is for the log only."""


def openssl(data, *arguments):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


# ---- SM3, SM4 ------------------------------------------------------------------------------------------------------


def sm3(*parts):
    return openssl(b"".join(parts), "dgst", "-sm3", "-binary")


def sm4(key, blocks):
    return openssl(blocks, "enc", "-sm4-ecb", "-nopad", "-K", key.hex())


def pad_always(data):
    return data + b"\x80" + bytes(-(len(data) + 1) % 16)


def mac4(key, data, iv=bytes(16)):
    return openssl(pad_always(data), "enc", "-sm4-cbc", "-nopad", "-K", key.hex(), "-iv", iv.hex())[-16:-12]


def diversify(key, factor8):
    return sm4(key, factor8 + bytes(255 - b for b in factor8))


def cmac8(key, data):
    return openssl(data, "mac", "-cipher", "SM4-CBC", "-macopt", "hexkey:" + key.hex(), "-in", "-", "-binary", "CMAC")[:8]


def ghash(h, data):
    y = 0
    h = int.from_bytes(h, "big")
    for at in range(0, len(data), 16):
        x = y ^ int.from_bytes(data[at : at + 16], "big")
        v, y = h, 0
        for bit in range(127, -1, -1):
            if x >> bit & 1:
                y ^= v
            v = v >> 1 ^ (0xE1 << 120 if v & 1 else 0)
    return y.to_bytes(16, "big")


def sm4_gcm_open(key, iv12, aad, sealed):
    """Plain text of SM4-GCM, tag of 16 bytes at the end; GB/T 36624, NIST SP 800-38D."""
    cipher, tag = sealed[:-16], sealed[-16:]
    padded = aad + bytes(-len(aad) % 16) + cipher + bytes(-len(cipher) % 16)
    lengths = (8 * len(aad)).to_bytes(8, "big") + (8 * len(cipher)).to_bytes(8, "big")
    sum16 = ghash(sm4(key, bytes(16)), padded + lengths)
    mask = sm4(key, iv12 + b"\0\0\0\1")
    if not secrets.compare_digest(tag, bytes(a ^ b for a, b in zip(sum16, mask))):
        raise NotGenuine("tag")
    return openssl(cipher, "enc", "-d", "-sm4-ctr", "-K", key.hex(), "-iv", (iv12 + b"\0\0\0\2").hex())


# ---- SM2 -----------------------------------------------------------------------------------------------------------


def add(p, q):
    if p is None or q is None:
        return q if p is None else p
    if p[0] == q[0]:
        if (p[1] + q[1]) % P == 0:
            return None
        slope = (3 * p[0] * p[0] + A) * pow(2 * p[1], -1, P) % P
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P) % P
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def multiply(k, point):
    found = None
    for bit in bin(k)[2:]:
        found = add(found, found)
        if bit == "1":
            found = add(found, point)
    return found


def xy(point):
    return point[0].to_bytes(32, "big") + point[1].to_bytes(32, "big")


def compressed(point):
    return bytes([2 + (point[1] & 1)]) + point[0].to_bytes(32, "big")


def decode(encoded):
    """A point from x‖y (64 bytes) or compressed (33 bytes), on the curve or refused."""
    x = int.from_bytes(encoded[-64:-32] if len(encoded) == 64 else encoded[1:33], "big")
    square = (x * x * x + A * x + B) % P
    y = int.from_bytes(encoded[32:], "big") if len(encoded) == 64 else pow(square, (P + 1) // 4, P)
    if len(encoded) == 33 and y & 1 != encoded[0] & 1:
        y = P - y
    if x >= P or y >= P or (y * y - square) % P or len(encoded) == 33 and encoded[0] not in (2, 3):
        raise NotGenuine("no point of the curve")
    return x, y


def fresh_pair():
    d = 1 + secrets.randbelow(N - 2)
    return d, multiply(d, G)


def kdf(z, length):
    blocks = [sm3(z, counter.to_bytes(4, "big")) for counter in range(1, 2 + (length - 1) // 32)]
    return b"".join(blocks)[:length]


def der(*numbers):
    body = b""
    for number in numbers:
        digits = number.to_bytes(number.bit_length() // 8 + 1, "big")
        body += bytes([2, len(digits)]) + digits
    return bytes([0x30, len(body)]) + body


def verify(point, message, rs):
    """SM2 with identity 1234567812345678 by openssl."""
    key = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004") + xy(point)
    signature = der(int.from_bytes(rs[:32], "big"), int.from_bytes(rs[32:], "big"))
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, name) for name in ("key", "signature", "message")]
        for name, content in zip(names, (key, signature, message)):
            with open(name, "wb") as file:
                file.write(content)
        told = subprocess.run(
            ["openssl", "dgst", "-sm3", "-sigopt", "distid:1234567812345678", "-keyform", "DER"]
            + ["-verify", names[0], "-signature", names[1], names[2]],
            capture_output=True,
        )
    return told.returncode == 0
