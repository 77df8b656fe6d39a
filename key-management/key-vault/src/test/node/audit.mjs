// A second verifier of exported audit chains, written from docs/keys.md ("Audit chain") alone. SM3 of OpenSSL, SM2 by hand.
//   node audit.mjs EXPORT audit.pem [NUMBER:HASH …]     prints what holds, or the first wrong record and ends with 1
//   node audit.mjs --listen                             the same, one line "EXPORT PEM …" after the other
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const sm3 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sm3')).digest();
const number = (bytes) => BigInt('0x' + bytes.toString('hex'));
const bytes32 = (value) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

// GB/T 32918.5: the recommended curve
const p = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const a = p - 3n;
const b = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
const n = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const G = [
  0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
];
const mod = (value, by) => ((value % by) + by) % by;

function inverse(value, by) {
  let [r, s, x, y] = [by, mod(value, by), 0n, 1n];
  while (s) [r, s, x, y] = [s, r % s, y, x - (r / s) * y];
  return mod(x, by);
}

function add(P, Q) {
  if (!P) return Q;
  if (!Q) return P;
  if (P[0] === Q[0] && mod(P[1] + Q[1], p) === 0n) return null;
  const slope = P[0] === Q[0]
    ? (3n * P[0] * P[0] + a) * inverse(2n * P[1], p)
    : (Q[1] - P[1]) * inverse(Q[0] - P[0], p);
  const x = mod(slope * slope - P[0] - Q[0], p);
  return [x, mod(slope * (P[0] - x) - P[1], p)];
}

function times(k, P) {
  let sum = null;
  for (; k; k >>= 1n, P = add(P, P)) if (k & 1n) sum = add(sum, P);
  return sum;
}

function verifies(point, message, signature) {
  const id = Buffer.from('1234567812345678');
  const z = sm3(Buffer.from([0, id.length * 8]), id, ...[a, b, ...G, ...point].map(bytes32));
  const e = number(sm3(z, message));
  const [r, s] = [number(signature.subarray(0, 32)), number(signature.subarray(32))];
  const t = mod(r + s, n);
  if (r < 1n || s < 1n || r >= n || s >= n || t === 0n) return false;
  const sum = add(times(s, G), times(t, point));
  return sum !== null && mod(e + sum[0], n) === r;
}

function point(pem) {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64').subarray(-64);
  return [number(der.subarray(0, 32)), number(der.subarray(32))];
}

function verify(file, key, known) {
  let at = 0n;
  let hash = Buffer.alloc(32);
  let place = 0;
  if (file[0] === 0x5a) {
    if (file.length < 45 || file.toString('latin1', 0, 4) !== 'ZTAX' || file[4] !== 1) throw new Error('header');
    at = file.readBigUInt64BE(5);
    hash = file.subarray(13, 45);
    place = 45;
    if (at === 0n && hash.some((byte) => byte)) throw new Error('header');
  }
  const first = at;
  let covered = 0n;
  let checkpoints = 0;
  const met = new Set();
  const meet = () => {
    for (const [wanted, value] of known) {
      if (wanted !== at) continue;
      met.add(wanted);
      if (!value.equals(hash)) throw new Error(`record ${at} is not the known one`);
      covered = at;
    }
  };
  meet();
  while (place < file.length) {
    const wrong = (why) => { throw new Error(`record ${at + 1n} ${why}`); };
    if (place + 2 > file.length) wrong('is incomplete');
    const end = place + 2 + file.readUInt16BE(place);
    if (end + 32 > file.length) wrong('is incomplete or its length was changed');
    const record = file.subarray(place + 2, end);
    const next = sm3(hash, record);
    if (!next.equals(file.subarray(end, end + 32))) wrong('was changed');
    const kind = record[16];
    const own = record.length < 21 ? 0n : record.readBigUInt64BE(0);
    if (own !== at + 1n && !(kind === 8 && own > at)) wrong('has another number');
    let cursor = 17;
    const text = () => { cursor += 2 + record.readUInt16BE(cursor); };
    text();
    cursor += 36;
    text();
    const signature = record.subarray(cursor + 2);
    if (signature.length !== record.readUInt16BE(cursor)) wrong('has another layout');
    if (kind === 4) {
      const counter = Buffer.alloc(8);
      counter.writeBigUInt64BE(at + 1n);
      const signed = Buffer.concat([Buffer.from('ZTA1'), counter, hash]);
      if (signature.length !== 64 || !verifies(key, signed, signature)) wrong('has a wrong signature');
      checkpoints++;
      if (at > covered) covered = at;
    }
    hash = next;
    at = own;
    place = end + 32;
    meet();
  }
  for (const [wanted] of known) if (!met.has(wanted)) throw new Error(`record ${wanted} is missing`);
  if (!checkpoints && covered <= first) throw new Error('nothing vouches for it');
  return `${first + 1n} ${at} ${checkpoints} ${covered} ${hash.toString('hex')}`;
}

function run(words) {
  const [file, pem, ...places] = words;
  const known = places.map((text) => [BigInt(text.split(':')[0]), Buffer.from(text.split(':')[1], 'hex')]);
  try {
    return 'OK ' + verify(readFileSync(file), point(readFileSync(pem, 'ascii')), known);
  } catch (wrong) {
    return 'WRONG ' + wrong.message;
  }
}

if (process.argv[2] === '--listen') {
  createInterface({ input: process.stdin }).on('line', (line) => console.log(run(line.split(' '))));
} else {
  const answer = run(process.argv.slice(2));
  console.log(answer);
  process.exitCode = answer.startsWith('OK') ? 0 : 1;
}
