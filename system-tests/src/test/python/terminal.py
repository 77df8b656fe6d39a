#!/usr/bin/python3
"""A till and a door written from docs/card.md alone, on PC/SC readers: loads, sells with a PSAM, opens a sealed door.
Prints one JSON object; ends with 1 where card or door refuses."""

import argparse
import json
import secrets
import sys

from smartcard.System import readers

from smcard import NotGenuine, compressed, decode, diversify, fresh_pair, kdf, mac4, multiply, sm3, sm4_gcm_open, verify, xy

PURSE = bytes.fromhex("A00000000386980701")
ACCESS = bytes.fromhex("F05A54414343")
KEY_ID = b"\1"


class Refused(Exception):
    pass


class Card:
    def __init__(self, name):
        found = [reader for reader in readers() if str(reader) == name]
        if not found:
            raise Refused("no reader " + name + " among " + str(readers()))
        self.connection = found[0].createConnection()
        self.connection.connect()

    def send(self, header, data=b"", le=None):
        apdu = bytes.fromhex(header) + (bytes([len(data)]) + data if data else b"") + (b"" if le is None else bytes([le]))
        answer, sw1, sw2 = self.connection.transmit(list(apdu))
        if (sw1, sw2) != (0x90, 0):
            raise Refused("%s answered %02X%02X" % (header, sw1, sw2))
        return bytes(answer)

    def select(self, name):
        return self.send("00A40400", name)


def serial(fci):
    """The right eight bytes of serial10 in 0015, which stands behind 9F0C."""
    at = fci.index(bytes.fromhex("9F0C")) + 3
    return fci[at + 12 : at + 20]


def session(key, random, sequence, tail):
    return diversify(key, random + sequence + tail)


def load(card, amount, keys, terminal, date):
    """The part of load terminal and load host in one."""
    number = serial(card.select(PURSE))
    amount4 = amount.to_bytes(4, "big")
    begun = card.send("80500002", KEY_ID + amount4 + terminal, 16)
    balance, sequence, random, mac1 = begun[0:4], begun[4:6], begun[8:12], begun[12:16]
    key = session(keys["load"], random, sequence, bytes.fromhex("8000"))
    if mac4(key, balance + amount4 + b"\2" + terminal) != mac1:
        raise Refused("MAC1 of the load")
    mac2 = mac4(key, amount4 + b"\2" + terminal + date)
    tac = card.send("80520000", date + mac2, 4)
    after = (int.from_bytes(balance, "big") + amount).to_bytes(4, "big")
    if mac4(keys["tac"], after + sequence + amount4 + b"\2" + terminal + date) != tac:
        raise Refused("TAC of the load")
    return {"serial": number.hex(), "balance": int.from_bytes(card.send("805C0002", le=4), "big")}


def sale(card, sam, amount, keys, date):
    terminal = sam.send("00B09600", le=6)
    sam.send("00A40000", bytes.fromhex("DF02"))
    number = serial(card.select(PURSE))
    amount4 = amount.to_bytes(4, "big")
    begun = card.send("80500102", KEY_ID + amount4 + terminal, 15)
    sequence, version_algorithm, random = begun[4:6], begun[9:11], begun[11:15]
    issued = sam.send("80700000", random + sequence + amount4 + b"\6" + date + version_algorithm + number, 8)
    terminal_sequence, mac1 = issued[:4], issued[4:]
    proof = card.send("80540100", terminal_sequence + date + mac1, 8)
    tac, mac2 = proof[:4], proof[4:]
    sam.send("80720000", mac2)
    if mac4(keys["tac"], amount4 + b"\6" + terminal + terminal_sequence + date) != tac:
        raise Refused("TAC of the sale")
    again = card.send("805A0006", sequence, 8)
    return {
        "balance": int.from_bytes(card.send("805C0002", le=4), "big"),
        "terminalSequence": int.from_bytes(terminal_sequence, "big"),
        "proofAgain": again == mac2 + tac,
    }


def door(card, community, issuer, point, time, day):
    fci = card.select(ACCESS + community)
    d, q = fresh_pair()
    data = b"\1\0" + point + time.to_bytes(4, "big") + secrets.token_bytes(16) + xy(q)
    answer = card.send("808A0000", data, 0)
    if len(answer) != 234:
        raise NotGenuine("length")
    e = decode(answer[:33])
    header = bytes.fromhex("808A0000") + bytes([len(data)])
    th = sm3(b"ZTS1", len(fci).to_bytes(2, "big"), fci, b"\0", header, data, compressed(e))
    key = kdf(multiply(d, e)[0].to_bytes(32, "big") + th, 28)
    plain = sm4_gcm_open(key[:16], key[16:], th, answer[33:])
    certificate, signature = plain[:121], plain[121:]
    if certificate[:2] != b"\1\1" or certificate[2:6] != sm3(xy(issuer))[:4]:
        raise NotGenuine("version, role or issuer")
    if not verify(issuer, b"ZTC1" + certificate[:57], certificate[57:]):
        raise NotGenuine("certificate")
    if not certificate[14:18] <= day <= certificate[18:22]:
        raise NotGenuine("dates")
    if not verify(decode(certificate[24:57]), b"ZTS1-card" + th + certificate, signature):
        raise NotGenuine("signature")
    return {"credential": certificate[6:14].hex(), "opened": True}


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--card", required=True)
    options.add_argument("--sam")
    options.add_argument("--key", action="append", default=[], help="NAME=HEX: load, tac")
    options.add_argument("--terminal", default="440300000001")
    options.add_argument("--date", default="20261121120000")
    options.add_argument("--issuer", default="")
    options.add_argument("--point", default="0000002a00000007")
    options.add_argument("what", choices=["load", "sale", "door"])
    options.add_argument("amount", type=int, nargs="?", default=0)
    given = options.parse_args()
    keys = {name: bytes.fromhex(value) for name, value in (each.split("=") for each in given.key)}
    date = bytes.fromhex(given.date)
    try:
        card = Card(given.card)
        if given.what == "load":
            told = load(card, given.amount, keys, bytes.fromhex(given.terminal), date)
        elif given.what == "sale":
            told = sale(card, Card(given.sam), given.amount, keys, date)
        else:
            issuer = decode(bytes.fromhex(given.issuer))
            community = bytes.fromhex("0000000000440301")
            told = door(card, community, issuer, bytes.fromhex(given.point), 1792572001, date[:4])
        print(json.dumps(told))
    except (Refused, NotGenuine) as refusal:
        print(json.dumps({"refused": str(refusal)}))
        sys.exit(1)


main()
