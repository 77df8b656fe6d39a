// SM3 (GB/T 32905), protobuf's wire format, and as much DER as a certificate request needs.

const rotl = (x, n) => ((x << (n & 31)) | (x >>> (32 - (n & 31)))) >>> 0;

export function sm3(...parts) {
    const data = Buffer.concat(parts);
    const padded = Buffer.alloc(Math.ceil((data.length + 9) / 64) * 64);
    data.copy(padded);
    padded[data.length] = 0x80;
    padded.writeBigUInt64BE(BigInt(data.length) * 8n, padded.length - 8);
    let v = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
    for (let at = 0; at < padded.length; at += 64) {
        const w = [];
        for (let j = 0; j < 68; j++) {
            if (j < 16) {
                w[j] = padded.readUInt32BE(at + 4 * j);
            } else {
                const x = w[j - 16] ^ w[j - 9] ^ rotl(w[j - 3], 15);
                w[j] = (x ^ rotl(x, 15) ^ rotl(x, 23) ^ rotl(w[j - 13], 7) ^ w[j - 6]) >>> 0;
            }
        }
        let [a, b, c, d, e, f, g, h] = v;
        for (let j = 0; j < 64; j++) {
            const ss1 = rotl((rotl(a, 12) + e + rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j)) >>> 0, 7);
            const ss2 = ss1 ^ rotl(a, 12);
            const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
            const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
            const tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) >>> 0;
            const tt2 = (gg + h + ss1 + w[j]) >>> 0;
            [d, c, b, a] = [c, rotl(b, 9), a, tt1];
            [h, g, f, e] = [g, rotl(f, 19), e, (tt2 ^ rotl(tt2, 9) ^ rotl(tt2, 17)) >>> 0];
        }
        v = [a, b, c, d, e, f, g, h].map((x, i) => (x ^ v[i]) >>> 0);
    }
    const out = Buffer.alloc(32);
    v.forEach((x, i) => out.writeUInt32BE(x, 4 * i));
    return out;
}

// ---- protobuf: what is written ----

export function varint(value) {
    let n = BigInt.asUintN(64, BigInt(value));
    const out = [];
    do {
        out.push(Number(n & 0x7fn) | (n > 0x7fn ? 0x80 : 0));
        n >>= 7n;
    } while (n > 0n);
    return Buffer.from(out);
}

export const num = (field, value) =>
    BigInt(value) === 0n ? Buffer.alloc(0) : Buffer.concat([varint(field << 3), varint(value)]);
export const zigzag = (field, value) => {
    const n = BigInt(value);
    return num(field, BigInt.asUintN(64, (n << 1n) ^ (n >> 63n)));
};
export const fixed64 = (field, bytes) => Buffer.concat([varint((field << 3) | 1), Buffer.from(bytes).reverse()]);
export const bytes = (field, value) => {
    const content = Buffer.from(value);
    return Buffer.concat([varint((field << 3) | 2), varint(content.length), content]);
};
export const packed = (field, numbers) =>
    numbers.length === 0 ? Buffer.alloc(0) : bytes(field, Buffer.concat(numbers.map(varint)));

// ---- protobuf: what is read ----

/** Field number to the list of its values: BigInt for numbers, Buffer for the rest. */
export function parse(message) {
    const fields = new Map();
    let at = 0;
    const next = () => {
        let value = 0n;
        for (let shift = 0n; ; shift += 7n) {
            if (at >= message.length || shift > 63n) {
                throw new Error('malformed protobuf');
            }
            const byte = message[at++];
            value |= BigInt(byte & 0x7f) << shift;
            if (byte < 0x80) {
                return value;
            }
        }
    };
    const take = (length) => {
        if (at + length > message.length) {
            throw new Error('malformed protobuf');
        }
        at += length;
        return message.subarray(at - length, at);
    };
    while (at < message.length) {
        const tag = Number(next());
        const kind = tag & 7;
        const value =
            kind === 0 ? next()
            : kind === 1 ? take(8)
            : kind === 2 ? take(Number(next()))
            : kind === 5 ? take(4)
            : undefined;
        if (value === undefined) {
            throw new Error('malformed protobuf');
        }
        const field = tag >>> 3;
        fields.set(field, [...(fields.get(field) ?? []), value]);
    }
    return {
        has: (field) => fields.has(field),
        number: (field) => BigInt.asUintN(64, fields.get(field)?.at(-1) ?? 0n),
        signed: (field) => {
            const n = fields.get(field)?.at(-1) ?? 0n;
            return (n >> 1n) ^ -(n & 1n);
        },
        bytes: (field) => fields.get(field)?.at(-1) ?? Buffer.alloc(0),
        all: (field) => fields.get(field) ?? [],
        numbers: (field) => (fields.get(field) ?? []).flatMap((value) => (typeof value === 'bigint' ? [Number(value)] : unpack(value))),
        keys: [...fields.keys()],
    };
}

function unpack(content) {
    const out = [];
    let value = 0n;
    let shift = 0n;
    for (const byte of content) {
        value |= BigInt(byte & 0x7f) << shift;
        shift += 7n;
        if (byte < 0x80) {
            out.push(Number(value));
            value = 0n;
            shift = 0n;
        }
    }
    return out;
}

// ---- DER ----

export function der(tag, ...parts) {
    const content = Buffer.concat(parts);
    const n = content.length;
    const length = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 0xff];
    return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** PKCS#10 (RFC 2986) for a P-256 key. */
export function request(spki, sign) {
    const name = der(0x30, der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('node')))));
    const info = der(0x30, Buffer.from('020100', 'hex'), name, spki, Buffer.from('a000', 'hex'));
    const ecdsaWithSha256 = Buffer.from('300a06082a8648ce3d040302', 'hex');
    return der(0x30, info, ecdsaWithSha256, der(0x03, Buffer.from([0]), sign(info)));
}

const integer = (bytes) => {
    let content = bytes;
    while (content.length > 1 && content[0] === 0) {
        content = content.subarray(1);
    }
    return der(0x02, content[0] & 0x80 ? Buffer.concat([Buffer.from([0]), content]) : content);
};

/** SM2 signature r ‖ s as DER. */
export const sm2Signature = (rs) => der(0x30, integer(rs.subarray(0, 32)), integer(rs.subarray(32)));

/** SM2 public key x ‖ y as SubjectPublicKeyInfo. */
export const sm2PublicKey = (xy) =>
    Buffer.concat([Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200' + '04', 'hex'), xy]);
