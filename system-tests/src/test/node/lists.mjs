// Signed lists of docs/link.md: header, tree, canonical records, and the store of one device.
import fs from 'node:fs';
import path from 'node:path';
import { sm3 } from './bytes.mjs';

const ZERO = Buffer.alloc(32);
const KEY_LENGTH = { 1: 8, 2: 2, 3: 4, 4: 4, 5: 2, 6: 2, 7: 8, 8: 20, 9: 2, 10: 2, 11: 2, 12: 8, 13: 8, 14: 6, 15: 3 };
const BOUND = {
    1: [1500000, 704], 2: [4096, 1024], 3: [4096, 64], 4: [64, 128], 5: [1024, 256], 6: [256, 512], 7: [1000000, 64],
    8: [65536, 32], 9: [65535, 10244], 10: [4096, 66], 11: [1024, 96], 12: [250000, 52], 13: [65536, 64],
    14: [250000, 8], 15: [4096, 10],
};

export class Refusal extends Error {
    constructor(reason, kind) {
        super(`list refused kind=${kind} reason=${reason}`);
        this.reason = reason;
        this.kind = kind;
    }
}

/** From the leaf to the bytes that were signed; nothing if the path is not that of its place. */
function published(message, leaves, index, path) {
    if (leaves < 1 || leaves > 2 ** 24 || index >= leaves || path.length % 32) return null;
    let hash = sm3(Buffer.from([2]), message);
    let used = 0;
    const next = () => path.subarray(32 * used, 32 * ++used);
    for (let row = leaves, at = index; row > 1; row = (row + 1) >> 1, at >>= 1) {
        if (at & 1) hash = sm3(Buffer.from([3]), next(), hash);
        else if (at + 1 < row) hash = sm3(Buffer.from([3]), hash, next());
    }
    return path.length === 32 * used ? Buffer.concat([Buffer.from('ZTL2'), u32(leaves), hash]) : null;
}

export function decodeHeader(header) {
    if (header.length < 153 || header.toString('latin1', 0, 4) !== 'ZTH1') {
        throw new Refusal(1, 0);
    }
    const message = header.subarray(0, 77);
    const signed = published(message, header.readUInt32BE(145), header.readUInt32BE(149), header.subarray(153));
    if (!signed) {
        throw new Refusal(1, 0);
    }
    return {
        header,
        community: header.readUInt32BE(4),
        device: header.readUInt32BE(8),
        kind: header[12],
        epoch: header.readUInt32BE(13),
        number: header.readBigUInt64BE(17),
        count: header.readUInt32BE(25),
        root: header.subarray(29, 61),
        keyId: header.subarray(77, 81),
        signature: header.subarray(81, 145),
        signed,
    };
}

const newer = (a, b) => a.epoch > b.epoch || (a.epoch === b.epoch && a.number > b.number);

/** In the order of docs/link.md; answers whether there is anything to fetch. */
export function judge(list, device, held, verify) {
    const { kind } = list;
    const refuse = (reason) => {
        throw new Refusal(reason, kind);
    };
    if (list.community !== device.community) refuse(2);
    if (list.device !== device.device) refuse(3);
    if (!KEY_LENGTH[kind]) refuse(4);
    if (!list.keyId.equals(sm3(device.policyKey).subarray(0, 4))) refuse(9);
    if (!verify(device.policyKey, list.signed, list.signature)) refuse(10);
    if (held?.header.equals(list.header)) return false;
    if (held && !newer(list, held)) refuse(5);
    if (list.count > BOUND[kind][0]) refuse(6);
    return true;
}

export const bucketOf = (kind, record) => sm3(record.subarray(0, KEY_LENGTH[kind])).readUInt16BE(0);

/** The hashes of every level that are not empty: levels[4] buckets … levels[0] root. */
export class Tree {
    constructor(kind, records) {
        this.buckets = new Map();
        for (const record of records) {
            const bucket = bucketOf(kind, record);
            this.buckets.set(bucket, [...(this.buckets.get(bucket) ?? []), record]);
        }
        this.levels = [new Map(), new Map(), new Map(), new Map(), new Map()];
        for (const [bucket, held] of this.buckets) {
            held.sort(Buffer.compare);
            this.levels[4].set(bucket, sm3(Buffer.from([0]), ...held.flatMap((record) => [u16(record.length), record])));
        }
        for (let level = 3; level >= 0; level--) {
            for (const node of new Set([...this.levels[level + 1].keys()].map((child) => child >> 4))) {
                const children = Array.from({ length: 16 }, (_, i) => this.hash(level + 1, 16 * node + i));
                this.levels[level].set(node, sm3(Buffer.from([1]), ...children));
            }
        }
    }

    hash(level, node) {
        return this.levels[level].get(node) ?? ZERO;
    }

    get root() {
        return this.hash(0, 0);
    }

    /** By bucket, within it by bytes. */
    records() {
        return [...this.buckets.keys()].sort((a, b) => a - b).flatMap((bucket) => this.buckets.get(bucket));
    }
}

const u16 = (value) => {
    const out = Buffer.alloc(2);
    out.writeUInt16BE(value);
    return out;
};

const u32 = (value) => {
    const out = Buffer.alloc(4);
    out.writeUInt32BE(value);
    return out;
};

/** Everything that came against what was signed. */
export function verified(list, records) {
    const refuse = (reason) => {
        throw new Refusal(reason, list.kind);
    };
    if (records.some((record) => record.length > BOUND[list.kind][1])) refuse(6);
    if (records.length !== list.count) refuse(7);
    if (records.some((record) => record.length < KEY_LENGTH[list.kind])) refuse(11);
    const keys = new Set(records.map((record) => record.toString('hex', 0, KEY_LENGTH[list.kind])));
    if (keys.size !== records.length) refuse(12);
    const tree = new Tree(list.kind, records);
    if (!tree.root.equals(list.root)) refuse(8);
    if (!records.every((record) => canonical(list.kind, record))) refuse(11);
    return { ...list, tree };
}

const rising = (values) => values.every((value, i) => i === 0 || Buffer.compare(values[i - 1], value) < 0);
const slices = (record, at, size, n) => Array.from({ length: n }, (_, i) => record.subarray(at + i * size, at + (i + 1) * size));
const text = (record, at, most) =>
    record.length >= at + 2 && record.readUInt16BE(at) <= most && record.length === at + 2 + record.readUInt16BE(at);

/** The kinds that a door controller gets. */
function canonical(kind, r) {
    switch (kind) {
        case 1: {
            if (r.length < 28) return false;
            const n = r[26];
            let at = 27 + 2 * n;
            if (n > 64 || r.length <= at) return false;
            const groups = slices(r, 27, 2, n);
            const carriers = [];
            const m = r[at++];
            for (let i = 0; i < m; i++) {
                const length = r[at + 2];
                if (length === undefined || length < 1 || length > 64 || at + 3 + length > r.length) return false;
                if (r[at] < 1 || r[at] > 8 || r[at + 1] > 4) return false;
                carriers.push(Buffer.concat([r.subarray(at, at + 2), r.subarray(at + 3, at + 3 + length)]));
                at += 3 + length;
            }
            return at === r.length && m <= 8 && rising(groups) && groups.every((group) => group.readUInt16BE(0) > 0)
                && rising(carriers) && r[12] >= 1 && r[12] <= 4 && r[13] < 64
                && r.readUInt32BE(14) < r.readUInt32BE(18);
        }
        case 2: {
            const n = r[2];
            const windows = slices(r, 3, 5, n);
            return r.length === 3 + 5 * n && n <= 64 && rising(windows)
                && windows.every((w) => w[0] > 0 && w.readUInt16BE(1) < w.readUInt16BE(3) && w.readUInt16BE(3) <= 1440);
        }
        case 3:
            return r.length === 4 && r[2] >= 1 && r[2] <= 12 && r[3] >= 1 && r[3] <= 31;
        case 4:
            return r.length === 85 && r[4] >= 1 && r[4] <= 2 && r.subarray(0, 4).equals(sm3(r.subarray(5, 69)).subarray(0, 4))
                && r.readBigUInt64BE(69) < r.readBigUInt64BE(77);
        case 5:
            return r.length >= 42 && r[2] >= 1 && r[2] <= 7 && r[6] <= 9 && r[7] <= 9 && r[21] <= 1 && r[22] <= 1
                && r[23] <= 4 && text(r, 40, 64);
        case 6:
            return r.readUInt16BE(0) > 0 && text(r, 2, 256);
        case 8:
            return r.length === 28;
        case 9: {
            const n = r.length >= 4 ? r.readUInt16BE(2) : 0;
            return r.length === 4 + 10 * n && r.readUInt16BE(0) > 0 && n <= 1024 && rising(slices(r, 4, 10, n));
        }
        default:
            return true;
    }
}

/** One file a kind, renamed into its place: version and records are switched at once. */
export class Store {
    constructor(folder) {
        this.folder = folder;
        this.held = new Map();
        for (const name of fs.readdirSync(folder).filter((each) => /^list-\d+\.json$/.test(each))) {
            const { header, records } = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
            const list = decodeHeader(Buffer.from(header, 'hex'));
            this.held.set(list.kind, verified(list, records.map((record) => Buffer.from(record, 'hex'))));
        }
    }

    install(list) {
        const file = path.join(this.folder, `list-${list.kind}.json`);
        const content = { header: list.header.toString('hex'), records: list.tree.records().map((each) => each.toString('hex')) };
        const shadow = fs.openSync(file + '.next', 'w', 0o600);
        fs.writeSync(shadow, JSON.stringify(content));
        fs.fsyncSync(shadow);
        fs.closeSync(shadow);
        fs.renameSync(file + '.next', file);
        this.held.set(list.kind, list);
    }
}
