// A door controller in another language (P-256 profile), written from docs/link.md, docs/events.md and link.proto.
//
//   node link-client.mjs FOLDER HOST LINK-PORT ENROL-PORT AUTHORITY.pem TOKEN-FILE
//
// What it does and sees is told on standard output, a line each. Standard input: `event` (somebody was let in), `inject HEX`
// (take these bytes as a command that came over the link), `drop` (close the connection and come back), `quit`.
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import tls from 'node:tls';
import { bytes, fixed64, num, packed, parse, request, sm2PublicKey, sm2Signature, zigzag } from './bytes.mjs';
import { Journal } from './journal.mjs';
import { Refusal, Store, bucketOf, decodeHeader, judge, verified } from './lists.mjs';

const [folder, host, linkPort, enrolPort, authorityFile, tokenFile] = process.argv.slice(2);
const say = (line) => process.stdout.write(line + '\n');
const file = (name) => path.join(folder, name);
const authority = fs.readFileSync(authorityFile);
const monotonic = () => process.hrtime.bigint() / 1000000n;
const REFUSED = { MALFORMED: 2, UNKNOWN: 3, OUT_OF_TURN: 4, CHAIN: 7, NO_SUCH_LIST: 9, CLOCK: 12 };

// ---- SM2 by the openssl command, identity 1234567812345678 ----

function verify(publicKey, message, signature) {
    fs.writeFileSync(file('sm2.key'), sm2PublicKey(publicKey));
    fs.writeFileSync(file('sm2.message'), message);
    fs.writeFileSync(file('sm2.signature'), sm2Signature(signature));
    try {
        execFileSync('openssl', [
            'pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', file('sm2.key'), '-rawin', '-digest', 'sm3',
            '-in', file('sm2.message'), '-sigfile', file('sm2.signature'), '-pkeyopt', 'distid:1234567812345678',
        ], { stdio: 'ignore' });
        return true;
    } catch {
        return false;
    }
}

// ---- TLS ----

const TLS = {
    host,
    ca: authority,
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    ciphers: 'TLS_AES_128_GCM_SHA256',
    ecdhCurve: 'prime256v1',
    sigalgs: 'ecdsa_secp256r1_sha256',
    checkServerIdentity: () => undefined, // host names mean nothing
};

/** What Node does not look at itself: two floors, the name, the key's use. Only whoever passed once can resume by his ticket. */
function isBackend(socket) {
    if (socket.isSessionReused()) {
        return true;
    }
    const leaf = new crypto.X509Certificate(socket.getPeerCertificate(true).raw);
    const pinned = new crypto.X509Certificate(authority);
    const signsOnly = Buffer.from('0603551d0f0101ff0404030207', 'hex');
    const subject = leaf.subject.split('\n').sort();
    return leaf.checkIssued(pinned) && leaf.verify(pinned.publicKey) && !leaf.ca && leaf.raw.includes(signsOnly)
        && subject.length === 3 && subject[1] === 'O=Zhitong' && subject[2] === 'OU=backend'
        && leaf.publicKey.asymmetricKeyDetails.namedCurve === 'prime256v1';
}

function frames(onFrame, onBroken) {
    let waiting = Buffer.alloc(0);
    return (chunk) => {
        waiting = Buffer.concat([waiting, chunk]);
        while (waiting.length >= 2) {
            const length = waiting.readUInt16BE(0);
            if (length === 0 || length > 16384) {
                onBroken();
                return;
            }
            if (waiting.length < 2 + length) {
                return;
            }
            const frame = waiting.subarray(2, 2 + length);
            waiting = waiting.subarray(2 + length);
            onFrame(frame);
        }
    };
}

const framed = (message) => Buffer.concat([Buffer.from([message.length >> 8, message.length & 0xff]), message]);

// ---- enrolment ----

async function enrolled() {
    if (fs.existsSync(file('device.json'))) {
        return JSON.parse(fs.readFileSync(file('device.json'), 'utf8'));
    }
    if (!fs.existsSync(file('device.key'))) {
        const { privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
        fs.writeFileSync(file('device.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    }
    const key = crypto.createPrivateKey(fs.readFileSync(file('device.key')));
    const spki = crypto.createPublicKey(key).export({ type: 'spki', format: 'der' });
    const pkcs10 = request(spki, (info) => crypto.sign('sha256', info, key));
    const answer = parse(await asked(Buffer.concat([
        bytes(1, fs.readFileSync(tokenFile, 'utf8').trim()), bytes(2, pkcs10), bytes(3, 'node client 1'),
    ])));
    if (answer.number(1) !== 0n) {
        throw new Error(`enrolment refused reason=${answer.number(1)}`);
    }
    const device = {
        community: Number(answer.number(2)),
        device: Number(answer.number(3)),
        certificates: answer.all(4).map((der) => new crypto.X509Certificate(der).toString()),
        policyKey: answer.bytes(5).toString('hex'),
        commandKey: answer.bytes(6).toString('hex'),
    };
    const own = new crypto.X509Certificate(device.certificates[0]);
    if (!own.subject.includes(`CN=${device.community}-${device.device}`) || !own.checkPrivateKey(key)) {
        throw new Error('the certificate is not this device\'s');
    }
    fs.writeFileSync(file('device.json'), JSON.stringify(device), { mode: 0o600 });
    say(`enrolled device=${device.community}-${device.device}`);
    return device;
}

function asked(question) {
    return new Promise((resolve, reject) => {
        const socket = tls.connect({ ...TLS, port: Number(enrolPort) }, () => {
            if (!isBackend(socket)) {
                socket.destroy(new Error('the peer is no backend'));
                return;
            }
            socket.write(framed(question));
        });
        socket.setTimeout(20000, () => socket.destroy(new Error('enrolment timed out')));
        socket.on('data', frames(resolve, () => reject(new Error('wrong length'))));
        socket.on('error', reject);
        socket.on('close', () => reject(new Error('closed before the answer')));
    });
}

// ---- one connection ----

const used = () => (fs.existsSync(file('used')) ? fs.readFileSync(file('used'), 'utf8').split('\n') : []);

class Connection {
    constructor(client) {
        this.client = client;
        this.nonce = crypto.randomBytes(16);
        this.welcomed = false;
        this.offers = [];
        this.unacknowledged = 0;
        this.estimate = undefined;
        this.socket = tls.connect({
            ...TLS, port: Number(linkPort), key: fs.readFileSync(file('device.key')),
            cert: client.device.certificates.join('\n'), session: client.session,
        }, () => this.connected());
        this.socket.setNoDelay(true);
        this.socket.setTimeout(8000, () => this.close('silent'));
        this.socket.on('session', (session) => (client.session = session));
        this.socket.on('data', frames((frame) => this.received(frame), () => this.close('wrong length')));
        this.socket.on('error', (e) => say(`error ${e.code ?? e.message}`));
        this.socket.on('close', () => {
            clearInterval(this.beating);
            client.lost(this);
        });
    }

    connected() {
        if (!isBackend(this.socket)) {
            this.close('no backend');
            return;
        }
        say(`connected resumed=${this.socket.isSessionReused()} suite=${this.socket.getCipher().standardName}`);
        const { device, journal } = this.client;
        this.send(1, num(1, 1), num(2, device.community), num(3, device.device), fixed64(4, journal.id),
            num(5, journal.last), num(6, 1), bytes(7, this.nonce), bytes(8, 'node client 1'), ...this.lists(9));
        this.askTime();
    }

    lists(field) {
        return [...this.client.store.held.values()].map((list) =>
            bytes(field, Buffer.concat([num(1, list.kind), num(2, list.epoch), num(3, list.number), bytes(4, list.tree.root)])));
    }

    send(field, ...fields) {
        this.socket.write(framed(bytes(field, Buffer.concat(fields))));
    }

    close(why) {
        say(`close ${why}`);
        this.socket.destroy();
    }

    refuse(reason, kind = 0) {
        this.client.refused++;
        this.send(15, num(1, reason), num(2, kind));
    }

    askTime() {
        this.send(6, zigzag(1, monotonic()));
    }

    beat() {
        const { journal, refused } = this.client;
        this.send(2, zigzag(1, Date.now()), num(2, this.estimate ? 2 : 1), num(3, journal.last),
            num(4, journal.last - this.stored), num(5, refused), ...this.lists(6));
        this.askTime();
    }

    received(frame) {
        const message = parse(frame);
        const [field] = message.keys;
        const body = () => parse(message.bytes(field));
        switch (field) {
            case 1: return this.welcome(body());
            case 2: return undefined;
            case 3: return this.acknowledged(body());
            case 5: return this.command(body().bytes(1));
            case 6: return this.time(body());
            case 7: case 8: case 9: return this.part(field, body());
            case 10: return this.offer(body().bytes(1));
            case 11: return undefined;
            case 15: return this.refusedByBackend(Number(body().number(1)));
            default: return this.refuse(REFUSED.UNKNOWN);
        }
    }

    welcome(message) {
        if (this.welcomed) {
            this.refuse(REFUSED.OUT_OF_TURN);
            this.close('second welcome');
            return;
        }
        const { journal } = this.client;
        const sequence = Number(message.number(1));
        if (sequence > journal.last || !message.bytes(2).equals(journal.hashes[sequence])) {
            this.refuse(REFUSED.CHAIN);
            this.close('another history');
            return;
        }
        this.welcomed = true;
        this.client.pause = 300;
        this.stored = sequence;
        this.sent = sequence;
        say(`welcome sequence=${sequence} lists=${message.all(3).length}`);
        this.beating = setInterval(() => this.beat(), 2000);
        this.beat();
        message.all(3).forEach((header) => this.offer(header));
        this.pump();
    }

    // ---- time ----

    time(answer) {
        const now = monotonic();
        const [sent, received, replied] = [answer.signed(1), answer.signed(2), answer.signed(3)];
        const trip = now - sent - (replied - received);
        if (trip < 0n || trip > 5000n || replied < received) {
            this.refuse(REFUSED.CLOCK);
            return;
        }
        const error = (trip + 1n) / 2n;
        const old = this.estimate;
        if (!old || old.error >= error || now - old.at > 60000n) {
            this.estimate = { offset: (received - sent + (replied - now)) / 2n, error, at: now };
        }
    }

    backendTime() {
        return this.estimate && monotonic() + this.estimate.offset;
    }

    // ---- events ----

    pump() {
        while (this.welcomed && this.unacknowledged < 4 && this.sent < this.client.journal.last) {
            const batch = this.client.journal.batch(this.sent);
            this.unacknowledged++;
            this.sent += batch.length;
            this.send(3, ...batch.map((record) => bytes(1, record)));
        }
    }

    acknowledged(message) {
        const sequence = Number(message.number(1));
        if (sequence > this.sent || !message.bytes(2).equals(this.client.journal.hashes[sequence])) {
            this.refuse(REFUSED.CHAIN);
            this.close('wrong acknowledgement');
            return;
        }
        this.unacknowledged--;
        this.stored = sequence;
        say(`stored sequence=${sequence} hash=${message.bytes(2).toString('hex')}`);
        this.pump();
    }

    // ---- commands ----

    command(content) {
        const order = decodeCommand(content);
        if (!order) {
            this.refuse(REFUSED.MALFORMED);
            return;
        }
        say(`command bytes=${content.toString('hex')}`);
        const refusal = this.judge(order);
        if (refusal !== 0) {
            say(`command refused=${refusal} key=${order.key.toString('hex')}`);
            this.reply(order, 4, refusal);
            return;
        }
        fs.appendFileSync(file('used'), order.key.toString('hex') + '\n', { flush: true });
        this.reply(order, 1, 0);
        const known = order.kind === 1 && [1, 2].includes(order.point);
        const why = known ? 0 : order.kind === 1 ? 10 : 11;
        this.reply(order, known ? 2 : 4, why);
        const body = Buffer.concat([Buffer.from([1, order.kind, why]), order.key, order.who, order.reason]);
        this.client.append(known ? 0x0201 : 0x0202, order.point, body);
        say(`command ${known ? 'executed' : 'refused=' + why} point=${order.point} who=${order.who.subarray(2)} why=${order.reason.subarray(2)}`);
    }

    judge(order) {
        const { device, journal } = this.client;
        if (order.community !== device.community) return 2;
        if (order.device !== device.device) return 3;
        if (!verify(Buffer.from(device.commandKey, 'hex'), order.message, order.signature)) return 6;
        if (!order.journal.equals(journal.id)) return 4;
        if (!order.nonce.equals(this.nonce)) return 5;
        const now = this.backendTime();
        if (now === undefined) return 8;
        if (now >= order.expiry) return 7;
        return used().includes(order.key.toString('hex')) ? 9 : 0;
    }

    reply(order, stage, refusal) {
        this.send(5, bytes(1, order.key), num(2, stage), num(3, refusal));
    }

    // ---- lists, one at a time ----

    offer(header) {
        this.offers.push(header);
        if (this.offers.length === 1) {
            this.nextList();
        }
    }

    nextList() {
        const { client } = this;
        const header = this.offers[0];
        if (!header) {
            return;
        }
        try {
            const list = decodeHeader(header);
            const held = client.store.held.get(list.kind);
            const device = { ...client.device, policyKey: Buffer.from(client.device.policyKey, 'hex') };
            if (!judge(list, device, held, verify)) {
                this.listDone();
            } else if (list.count === 0) {
                this.install(verified(list, []), 'empty');
            } else if (held && held.count > 0 && list.kind !== 9) {
                this.fetch = { list, held, level: 0, buckets: [], came: new Map() };
                this.pullTree([0]);
            } else {
                this.fetch = { list, records: [] };
                this.pullList();
            }
        } catch (e) {
            this.listRefused(e);
        }
    }

    named() {
        const { list } = this.fetch;
        return [num(1, list.kind), num(2, list.epoch), num(3, list.number)];
    }

    pullList() {
        this.send(7, ...this.named(), num(4, this.fetch.records.length));
    }

    /** Questions of at most 16 nodes; `asking` holds those not asked yet. */
    pullTree(nodes) {
        this.fetch.asking = nodes;
        this.fetch.differ = [];
        this.pullMoreTree();
    }

    pullMoreTree() {
        this.fetch.asked = this.fetch.asking.splice(0, 16);
        this.send(8, ...this.named(), num(4, this.fetch.level), packed(5, this.fetch.asked));
    }

    pullBuckets() {
        this.fetch.asked = this.fetch.buckets.slice(0, 16);
        this.send(9, ...this.named(), packed(4, this.fetch.asked));
    }

    part(field, message) {
        const { fetch } = this;
        const expected = fetch && (fetch.records ? 7 : fetch.level < 4 ? 8 : 9);
        if (field !== expected || Number(message.number(1)) !== fetch.list.kind || message.number(3) !== fetch.list.number) {
            this.refuse(REFUSED.MALFORMED);
            this.close('a part nobody asked for');
            return;
        }
        try {
            [this.listPart, this.treePart, this.bucketPart][field - 7].call(this, message);
        } catch (e) {
            this.listRefused(e);
        }
    }

    listPart(message) {
        const { list, records } = this.fetch;
        const came = message.all(5);
        if (came.length === 0 || records.length + came.length > list.count) {
            throw new Refusal(7, list.kind);
        }
        records.push(...came);
        if (records.length < list.count) {
            this.pullList();
        } else {
            this.install(verified(list, records), 'whole');
        }
    }

    treePart(message) {
        const { fetch } = this;
        const hashes = message.bytes(6);
        if (hashes.length !== fetch.asked.length * 512) {
            throw new Refusal(11, fetch.list.kind);
        }
        fetch.asked.forEach((node, i) => {
            for (let child = 0; child < 16; child++) {
                const theirs = hashes.subarray(512 * i + 32 * child, 512 * i + 32 * child + 32);
                if (!theirs.equals(fetch.held.tree.hash(fetch.level + 1, 16 * node + child))) {
                    fetch.differ.push(16 * node + child);
                }
            }
        });
        if (fetch.asking.length > 0) {
            this.pullMoreTree();
        } else if (++fetch.level < 4) {
            this.pullTree(fetch.differ);
        } else {
            fetch.buckets = fetch.differ;
            fetch.buckets.length > 0 ? this.pullBuckets() : this.patched();
        }
    }

    bucketPart(message) {
        const { fetch } = this;
        const came = message.all(4).map(parse);
        if (came.length === 0 || came.some((bucket, i) => Number(bucket.number(1)) !== fetch.buckets[i])) {
            throw new Refusal(11, fetch.list.kind);
        }
        came.forEach((bucket) => fetch.came.set(Number(bucket.number(1)), bucket.all(2)));
        fetch.buckets.splice(0, came.length);
        fetch.buckets.length > 0 ? this.pullBuckets() : this.patched();
    }

    patched() {
        const { list, held, came } = this.fetch;
        const kept = held.tree.records().filter((record) => !came.has(bucketOf(list.kind, record)));
        this.install(verified(list, [...kept, ...[...came.values()].flat()]), `difference buckets=${came.size}`);
    }

    install(list, how) {
        this.client.store.install(list);
        const version = Buffer.alloc(12);
        version.writeUInt32BE(list.epoch);
        version.writeBigUInt64BE(list.number, 4);
        this.client.append(0x0301, 0, Buffer.concat([Buffer.from([1, list.kind, 0]), version, list.tree.root]));
        say(`list kind=${list.kind} version=${list.epoch}.${list.number} records=${list.count} how=${how} root=${list.tree.root.toString('hex')}`);
        this.beat();
        this.listDone();
    }

    listRefused(e) {
        if (!(e instanceof Refusal)) {
            throw e;
        }
        say(`list refused kind=${e.kind} reason=${e.reason}`);
        this.refuse(e.reason, e.kind);
        this.client.append(0x0302, 0, Buffer.concat([Buffer.from([1, e.kind, e.reason]), Buffer.alloc(44)]));
        this.listDone();
    }

    listDone() {
        this.fetch = undefined;
        this.offers.shift();
        this.nextList();
    }

    refusedByBackend(reason) {
        say(`refused by the backend reason=${reason}`);
        if (reason === REFUSED.NO_SUCH_LIST && this.fetch) {
            this.listDone();
        }
    }
}

function decodeCommand(content) {
    if (content.length < 138 || content.length > 1024 || content.toString('latin1', 0, 4) !== 'ZTC2') {
        return undefined;
    }
    const message = content.subarray(0, content.length - 64);
    let at = 71;
    const sized = () => {
        const length = at + 2 <= message.length ? message.readUInt16BE(at) : message.length;
        at += 2 + length;
        return message.subarray(at - length - 2, at);
    };
    const order = {
        message,
        signature: content.subarray(content.length - 64),
        community: message.readUInt32BE(4),
        device: message.readUInt32BE(8),
        journal: message.subarray(12, 20),
        nonce: message.subarray(20, 36),
        kind: message[36],
        point: message.readUInt16BE(37),
        made: message.readBigUInt64BE(39),
        expiry: message.readBigUInt64BE(47),
        key: message.subarray(55, 71),
        arguments: sized(),
        who: sized(),
        reason: sized(),
    };
    return at === message.length && order.expiry > order.made ? order : undefined;
}

// ---- for as long as it lives ----

class Client {
    constructor(device) {
        this.device = device;
        this.store = new Store(folder);
        this.journal = new Journal(folder, device);
        this.refused = 0;
        this.pause = 300;
        this.connection = new Connection(this);
    }

    append(kind, point, body) {
        this.journal.append(kind, point, body);
        this.connection?.pump();
    }

    lost() {
        const wait = this.pause / 2 + Math.random() * (this.pause / 2);
        this.pause = Math.min(10000, this.pause * 2);
        setTimeout(() => (this.connection = new Connection(this)), wait);
    }
}

/** Access granted with nothing proved: outcome 1, reason 0, method 1, level 1, no list, no rule, no evidence. */
function accessGranted() {
    const body = Buffer.alloc(29);
    body[0] = 1;
    body[1] = 1;
    body.writeBigUInt64BE(0x4403010100000001n, 4);
    body[12] = 1;
    body[13] = 1;
    return body;
}

const client = new Client(await enrolled());
readline.createInterface({ input: process.stdin }).on('line', (line) => {
    const [word, argument] = line.split(' ');
    if (word === 'event') {
        client.append(0x0101, 1, accessGranted());
    } else if (word === 'inject') {
        client.connection.command(Buffer.from(argument, 'hex'));
    } else if (word === 'drop') {
        client.connection.close('asked to');
    } else if (word === 'quit') {
        process.exit(0);
    }
});
