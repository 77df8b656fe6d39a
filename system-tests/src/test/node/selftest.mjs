// The examples of the pages against this code, and what they leave out with keys of our own. Prints one line a check; exit 1 on a failure.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathJoin } from 'node:path';
import { createHash } from 'node:crypto';
import { Malformed, hex, join, s64, text, u16, u32, u64, u8, unhex } from './bytes.mjs';
import { sm3 } from './sm3.mjs';
import { keyId, onCurve, publicKey, sign, verify } from './sm2.mjs';
import { Frames, content, frame } from './messages.mjs';
import { DuplicateKey, Tree, bucketHash } from './tree.mjs';
import { KINDS, decodeRecord } from './kinds.mjs';
import { judgeHeader, parseHeader, publicationRoot, signedBytes } from './header.mjs';
import { UsedKeys, gate, parseCommand } from './commands.mjs';
import { Journal, accessBody, chainHash, record } from './journal.mjs';
import { Fetcher, Nonsense } from './fetcher.mjs';
import { Files } from './files.mjs';

let failures = 0;
function check(name, condition) { console.log(`${condition ? 'ok  ' : 'FAIL'} ${name}`); if (!condition) failures++; }
const is = (name, bytes, expected) => check(name, hex(bytes) === hex(unhex(expected)));
function throws(name, type, work) {
  let e = null;
  try { work(); } catch (x) { e = x; }
  check(name, e instanceof type);
}
const reasonOf = (work) => { try { work(); return 0; } catch (e) { return e.reason; } };

// --- SM3, SM2 ------------------------------------------------------------------------------------------------------------
is('SM3 abc (GB/T 32905)', sm3(Buffer.from('abc')), '66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0');
try {
  let same = true;
  for (let n = 0; n < 300; n++) { const b = Buffer.alloc(n, n); same &&= createHash('sm3').update(b).digest().equals(sm3(b)); }
  check('SM3 as OpenSSL, lengths 0 .. 299', same);
} catch { console.log('--   OpenSSL here has no SM3'); }
const scalarOf = (byte) => { const b = Buffer.alloc(32); b[0] = byte; b[31] = byte >> 4; return b; };
const policy = publicKey(scalarOf(0x11)), commandKey = publicKey(scalarOf(0x22));
is('policy key of scalar 1100..0001', policy,
  '153BC4B586CDA9586AF5B9FCE999C9B5861BF1D08B7F41CA5EB0BB180DEBB478DE80BC88C22E2E3989119526708FE813AC06CBFF0C0421C0F35A7E84360C9072');
is('its key id', keyId(policy), 'B7DAC988');
is('command key of scalar 2200..0002', commandKey,
  '0A116BD4B51A441B82130BCFC276FD41A80EB2B442415BEA4E648256C7D8C082EAB73D86C518059F31DDF0BF4FBEBCC633B38382DF5C1C9DFA0B878DFE958252');
check('a point off the curve', !onCurve(Buffer.alloc(64, 1)));

// --- framing -------------------------------------------------------------------------------------------------------------
is('time question, sent 1000', frame('FromDevice', { time: { sent: 1000n } }), '0005320308D00F');
const seen = [];
let wrong = 0;
const frames = new Frames((b) => seen.push(hex(b)), () => wrong++);
for (const b of unhex('00023200 0000 000132')) frames.feed(Buffer.from([b]));
check('frames byte by byte, the end at a wrong length', seen.join() === '3200' && wrong === 1);
check('unknown message', content(unhex('A20100')) === null);
throws('a message cut short', Malformed, () => content(unhex('0A05')));
check('unknown field passed over', content(unhex('120510011A0141'))[0] === 'heartbeat');

// --- list ----------------------------------------------------------------------------------------------------------------
const r1 = unhex('4403010100000001 00000007 01 00 6955B900 6B36EC80 FFFF 0000 02 0001 0002 00');
const r2 = unhex('4403010100000002 00000007 02 00 00000000 FFFFFFFF FFFF 0000 01 0001 01 0104 08 0000000000000001');
const tree = Tree.of(1, [r2, r1]);
check('buckets 3CAB, 486E', [...tree.buckets.keys()].sort().join() === `${0x3cab},${0x486e}`);
is('bucket 3CAB', bucketHash([r1]), '4E12033D0AEB0A7D9E28D28F6F405ACCCA7505F8E15D61894D298574CA24A383');
is('bucket 486E', tree.hash(4, 0x486e), '3C83F56838B55FF7D6E5CF03F0175FE12EDB70AB4A25B873C1DB12F4D73D664B');
is('level 3', tree.hash(3, 0x3ca), '1CBEEBE7E4A18596CB2184D231BBF775E8A7E20B37F19AE6628FC1F333AC4991');
is('level 2', tree.hash(2, 0x3c), 'DAB240F541F137E3E1C4CB5384E24EFDA2CB61D70CDDA043BC851CE820FABD77');
is('level 1, 3', tree.hash(1, 3), '318C63E51C448DCB5BBEC7864B6C6F12CB66F6EB535F3162AF4D680F973A8F93');
is('level 1, 4', tree.hash(1, 4), 'E91287AADD0403FC243CCBE0919FE71D2F32AFECADD15E9C3A3018295092ABC9');
is('root', tree.root(), 'CA642BC0ABB9076C1081DFCCA5211533EA3C3D8648BE851250CB9772F1442F18');
check('empty again by difference', tree.with(new Map([[0x3cab, []], [0x486e, []]])).root().equals(Buffer.alloc(32)));
throws('a key twice', DuplicateKey, () => Tree.of(1, [r1, r1]));
const a = decodeRecord(1, r1);
check('access record decoded', a.credential === 0x4403010100000001n && a.groups.join() === '1,2' && decodeRecord(1, r2).carriers.length === 1);
throws('access: a byte left over', Malformed, () => decodeRecord(1, join(r1, u8(0))));
throws('access: groups falling', Malformed, () => decodeRecord(1, unhex('44030101000000010000000701006955B9006B36EC80FFFF0000020002000100')));
throws('access: status 5', Malformed, () => decodeRecord(1, unhex('44030101000000010000000705006955B9006B36EC80FFFF0000020001000200')));

const headerBytes = unhex(`5A544831 00000001 0000002A 01 00000001 0000000000000005 00000002
CA642BC0ABB9076C1081DFCCA5211533EA3C3D8648BE851250CB9772F1442F18 000000006955B900 7FFFFFFFFFFFFFFF B7DAC988
111274421857121C0067023FAC66D13DBC9A784469FFFCBD958BF3C1DA547FAC93CDCC96BAFFAD6C99B0D52FCB57C4016975DC06AFC5B8885675057AA8A3F28B
00000003 00000002 563E78DBB3B16F83E05B7D270528791AC50CB966371A21295AB900E884DA2EC6`);
const h = parseHeader(headerBytes);
is('leaf', sm3(Buffer.from([2]), h.message), '629B0BE82F9E7AF216128F0DD689E6BA9263345F1DB50294D7F3E93E418149A0');
is('signed', signedBytes(h), '5A544C3200000003DC04B6DC214FD0565B0C7F8E821EB3F0833C6E7A93E4D80DCE4249B1DD659203');
check('signature of the header', verify(policy, signedBytes(h), h.signature));
const me = { community: 1, device: 42, policyKey: policy, commandKey };
const none = () => undefined;
const changed = (at, value) => { const b = Buffer.from(headerBytes); b[at] = value; return b; };
check('header judged good', judgeHeader(headerBytes, me, none).kind === 1);
check('equal header is no refusal', judgeHeader(headerBytes, me, () => ({ header: h })).same === true);
const order = [[0, 0, 1], [7, 2, 2], [11, 43, 3], [12, 17, 4], [77, 0, 9], [81, 0, 10], [160, 0, 10]];
for (const [at, value, reason] of order) check(`header byte ${at} changed: ${reason}`, reasonOf(() => judgeHeader(changed(at, value), me, none)) === reason);
check('path too long: 1', reasonOf(() => judgeHeader(join(headerBytes, Buffer.alloc(32)), me, none)) === 1);
check('not newer: 5', reasonOf(() => judgeHeader(headerBytes, me, () => ({ header: { ...h, epoch: 2, message: u8(0) } }))) === 5);
function madeHeader(number, kind, list, leaves = 1) {
  const t = Tree.of(kind, list);
  const message = join(Buffer.from('ZTH1'), u32(1), u32(42), u8(kind), u32(1), u64(number), u32(list.length), t.root(), u64(1), u64(2));
  const root = sm3(Buffer.from([2]), message);
  return join(message, keyId(policy), sign(scalarOf(0x11), join(Buffer.from('ZTL2'), u32(leaves), root)), u32(leaves), u32(0));
}
check('own publication of one leaf', publicationRoot(parseHeader(madeHeader(1, 8, []))).length === 32);

// --- journal -------------------------------------------------------------------------------------------------------------
const common = { community: 1, device: 42, journal: 0x0123456789abcdefn, boot: 1 };
const opened = record({ ...common, sequence: 1n, previous: Buffer.alloc(32), millis: 0x19b76daa800n, offset: 0n, quality: 0, kind: 0x404,
  point: 0, body: join(u8(1), u8(0), Buffer.alloc(48)) });
check('record 1 has 137 bytes', opened.length === 137);
const first = chainHash(Buffer.alloc(32), opened);
is('chain hash 1', first, '620944EEBC1F4B90938D1B39F87A77754DBF10E91C2DB443E6F3D02C8CDA5D31');
const second = record({ ...common, sequence: 2n, previous: first, millis: 0x19b76daabe8n, offset: -250n, quality: 2, kind: 0x101, point: 1,
  body: unhex('01 01 0000 4403010100000001 03 03 00000001 0000000000000005 01 00000007 0000') });
check('record 2 has 120 bytes', second.length === 120);
is('chain hash 2', chainHash(first, second), '3ABD1E453BEC80578B34116F0711993130E5FD82E60B719C1FBF2C275E9EB383');
check('access body 02', accessBody({ credential: 1n, method: 3, level: 3, list: { epoch: 1, number: 1n }, rules: [7], certificate: 0, silence: 0 }).length
  === 33 + 46);
const files = new Files(mkdtempSync(pathJoin(tmpdir(), 'selftest-')));
const clock = { millis: () => 5n, offset: () => 0n, quality: () => 0 };
const j1 = new Journal(files, { community: 1, device: 42, sign: () => Buffer.alloc(64) }, clock);
j1.start('x');
const j2 = new Journal(files, { community: 1, device: 42, sign: () => Buffer.alloc(64) }, clock);
check('a journal goes on after a restart', j2.last() === 2n && j2.hash().equals(j1.hash()) && j2.boot === 2 && j2.journal === j1.journal);

// --- command -------------------------------------------------------------------------------------------------------------
const message = unhex(`5A544332 00000001 0000002A 0123456789ABCDEF 000102030405060708090A0B0C0D0E0F
01 0001 0000019B76DAA800 0000019B76DACF10 A0A1A2A3A4A5A6A7A8A9AAABACADAEAF
0000  0005 6775617264  0013 76697369746F72206174207468652067617465`);
const signature = unhex(`3611152E11CF379A7EFD31C0086D5301C61A93C6682B252CB35F94D1D7FFAE17
B1D31A4DC4496C15A3E76A27B44A875B689B872D5E94EA59A43F98009F699A3D`);
check('message of 101 bytes', message.length === 101);
const c = parseCommand(join(message, signature));
check('command decoded', c.kind === 1 && c.point === 1 && c.who === 'guard' && c.why === 'visitor at the gate');
const state = { me, journal: 0x0123456789abcdefn, nonce: unhex('000102030405060708090A0B0C0D0E0F'), now: 0x19b76daa801n, used: () => false };
check('gate: good', gate(c, state) === 0);
check('gate: 6 altered', gate({ ...c, signature: Buffer.alloc(64, 1) }, state) === 6);
check('gate: 2 before 6', gate({ ...c, community: 2, signature: Buffer.alloc(64) }, state) === 2);
check('gate: 3', gate({ ...c, device: 2 }, state) === 3);
check('gate: 4 before 5', gate(c, { ...state, journal: 1n, nonce: null }) === 4);
check('gate: 5 before 8', gate(c, { ...state, nonce: Buffer.alloc(16), now: null }) === 5);
check('gate: 8', gate(c, { ...state, now: null }) === 8);
check('gate: 7 at the very expiry, before 9', gate(c, { ...state, now: 0x19b76dacf10n, used: () => true }) === 7);
check('gate: 9', gate(c, { ...state, used: () => true }) === 9);
const forged = join(message.subarray(0, 24), s64(1), message.subarray(32));
check('gate: a command signed by another key', gate(parseCommand(join(forged, sign(scalarOf(0x11), forged))), state) === 6);
throws('no command: cut', Malformed, () => parseCommand(join(message.subarray(0, 100), signature)));
const used = new UsedKeys(files);
used.use(c.key);
check('used keys over a restart', new UsedKeys(files).has(c.key) && !new UsedKeys(files).has(Buffer.alloc(16)));

// --- fetching, against a small backend of our own --------------------------------------------------------------------------
const serialRecord = (n) => join(Buffer.alloc(16), u32(n), u64(1));
function bench() {
  const held = new Map(), log = [], sent = [];
  const holdings = { get: (k) => held.get(k), install: (header, t, records) => held.set(header.kind, { header, tree: t, records }) };
  const fetcher = new Fetcher(me, holdings, { send: (name, m) => sent.push([name, m]), same: () => log.push('same'),
    installed: (x, how) => log.push(how), refused: (reason) => log.push(`refused ${reason}`) });
  return { held, log, sent, fetcher, ask: () => sent.shift() };
}
function serve(b, list, kind) { // answers questions until there are none, from the true list
  const t = Tree.of(kind, list);
  for (let q = b.ask(); q; q = b.ask()) {
    const [name, m] = q;
    if (name === 'list') b.fetcher.part({ ...m, record: t.records().slice(m.from, m.from + 50) });
    else if (name === 'tree') b.fetcher.treePart({ ...m, hashes: Buffer.concat(m.node.flatMap((n) => t.children(m.level, n))) });
    else b.fetcher.bucketPart({ ...m, bucket: m.bucket.slice(0, 5).map((n) => ({ number: n, record: t.buckets.get(n) ?? [] })) });
  }
}
const b = bench(), many = Array.from({ length: 200 }, (_, i) => serialRecord(i)), later = [...many.slice(40), serialRecord(1000)];
b.fetcher.offered(madeHeader(1, 8, many));
serve(b, many, 8);
b.fetcher.offered(madeHeader(2, 8, later));
serve(b, later, 8);
check('whole, then 41 buckets by difference', b.log.join('; ') === 'whole; difference buckets=41' && b.held.get(8).tree.count() === 161);
const base = b.held.get(8).tree.root(), t3 = Tree.of(8, [...later, serialRecord(2000)]), bucket = sm3(serialRecord(2000).subarray(0, 20)).readUInt16BE(0);
b.fetcher.offered(madeHeader(3, 8, [...later, serialRecord(2000)]), base, [{ number: bucket, record: t3.buckets.get(bucket) }]);
check('with the offer', b.log.at(-1) === 'difference buckets=1' && b.sent.length === 0);
b.fetcher.offered(madeHeader(4, 8, later), t3.root(), [{ number: bucket, record: [serialRecord(9)] }]);
check('a lie along with the offer is asked for', b.sent[0]?.[0] === 'tree');
b.fetcher.treePart({ ...b.ask()[1], hashes: Buffer.alloc(512, 1) });
check('a lying tree: 8', b.log.at(-1) === 'refused 8');
b.fetcher.offered(madeHeader(5, 8, many));
throws('a part nobody asked for', Nonsense, () => b.fetcher.part({ kind: 8, epoch: 1, number: 5n, from: 0, record: many }));
const lies = bench();
lies.fetcher.offered(madeHeader(1, 8, many.slice(0, 2)));
lies.fetcher.part({ ...lies.ask()[1], record: many.slice(0, 3) });
check('more records than signed: 7', lies.log.at(-1) === 'refused 7');
lies.fetcher.offered(madeHeader(1, 8, many.slice(0, 2)));
lies.fetcher.part({ ...lies.ask()[1], record: many.slice(1, 3) });
check('other records than signed: 8', lies.log.at(-1) === 'refused 8');
lies.fetcher.offered(madeHeader(1, 8, many.slice(0, 2)));
lies.fetcher.part({ ...lies.ask()[1], record: [many[0], many[0]] });
check('a key twice: 12', lies.log.at(-1) === 'refused 12');
lies.fetcher.offered(madeHeader(1, 8, many.slice(0, 2)));
lies.fetcher.part({ ...lies.ask()[1], record: [Buffer.alloc(33)] });
check('a record too long: 6', lies.log.at(-1) === 'refused 6');
lies.fetcher.offered(madeHeader(1, 8, [Buffer.alloc(30)]));
lies.fetcher.part({ ...lies.ask()[1], record: [Buffer.alloc(30)] });
check('signed, but not canonical: 11', lies.log.at(-1) === 'refused 11' && !lies.held.size);

// --- bounds of the kinds: the longest the fields give against the page's "longest" -----------------------------------------
check('16 kinds', Object.keys(KINDS).length === 16);
check('text is UTF-8', text('访客').length === 8 && u16(1).length === 2);
console.log(failures ? `${failures} failed` : 'all good');
process.exit(failures ? 1 : 0);
