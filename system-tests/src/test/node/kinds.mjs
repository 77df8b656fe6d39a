// The record kinds (link.md, Record kinds): bounds, and a decoder for each that takes nothing but the canonical encoding.
import { Malformed, Reader } from './bytes.mjs';
import { keyId, onCurve } from './sm2.mjs';

const OPEN = 0x7fffffffffffffffn;
function need(condition, what) { if (!condition) throw new Malformed(what); }
const within = (n, from, to) => need(n >= from && n <= to, `${n} not in ${from}..${to}`);

/** n entries by read(); each must be above the one before in the order of its bytes ("strictly rising by these numbers"). */
function rising(r, n, read) {
  const entries = [];
  let before = null;
  for (let i = 0; i < n; i++) {
    const at = r.at, entry = read(), bytes = r.bytes.subarray(at, r.at);
    need(before === null || Buffer.compare(before, bytes) < 0, 'not rising');
    before = bytes;
    entries.push(entry);
  }
  return entries;
}

function validity(r) {
  const from = r.u64(), until = r.u64();
  need(until <= OPEN && from < until, 'validity'); // a signed 64 bit number can hold both
  return { from, until };
}

function access(r) {
  const a = { credential: r.u64(), holder: r.u32(), status: r.u8(), traits: r.u8(), from: r.u32(), until: r.u32(), uses: r.u16(),
    least: r.u16() };
  within(a.status, 1, 4);
  within(a.traits, 0, 63); // six traits are defined; a bit beyond them has no meaning here
  need(a.from < a.until, 'validity');
  const n = r.u8();
  within(n, 0, 64);
  a.groups = rising(r, n, () => { const g = r.u16(); need(g !== 0, 'group 0'); return g; });
  const m = r.u8();
  within(m, 0, 8);
  // Rising "by kind, level, value": the length between them takes no part, so this is not the order of the bytes.
  let before = null;
  a.carriers = Array.from({ length: m }, () => {
    const c = { kind: r.u8(), level: r.u8() };
    within(c.kind, 1, 8);
    within(c.level, 0, 4);
    const length = r.u8();
    within(length, 1, 64);
    c.value = r.raw(length);
    if (before) {
      const order = before.kind - c.kind || before.level - c.level || Buffer.compare(before.value, c.value);
      need(order < 0, 'carriers not rising');
    }
    before = c;
    return c;
  });
  return a;
}

function schedule(r) {
  const s = { id: r.u16() };
  need(s.id !== 0, 'schedule 0 stands on no list'); // said at kind 9
  const n = r.u8();
  within(n, 0, 64);
  s.windows = rising(r, n, () => {
    const w = { days: r.u8(), from: r.u16(), to: r.u16() };
    need(w.from < w.to && w.to <= 1440, 'window');
    return w;
  });
  return s;
}

function holiday(r) {
  const h = { year: r.u16(), month: r.u8(), day: r.u8() };
  within(h.month, 1, 12);
  const leap = (h.year % 4 === 0 && h.year % 100 !== 0) || h.year % 400 === 0;
  within(h.day, 1, [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][h.month - 1]);
  return h;
}

function issuer(r) {
  const i = { id: r.raw(4), purpose: r.u8(), key: r.raw(64) };
  within(i.purpose, 1, 2);
  need(onCurve(i.key) && keyId(i.key).equals(i.id), 'key');
  return { ...i, ...validity(r) };
}

function point(r) {
  const p = { point: r.u16(), kind: r.u8(), methods: r.u16(), level: r.u8(), mode: r.u8(), otherMode: r.u8(), otherSchedule: r.u16(),
    unlockSchedule: r.u16(), fromArea: r.u16(), toArea: r.u16(), interlock: r.u8(), threat: r.u8(), fireZone: r.u16(),
    fireInput: r.u8(), escape: r.u8(), lock: r.u8(), offline: r.u8(), lease: r.u32(), pulse: r.u32(), longPulse: r.u32(),
    heldOpen: r.u32(), name: r.text(64) };
  within(p.kind, 1, 7);
  within(p.level, 0, 4);
  within(p.mode, 0, 9);
  within(p.otherMode, 0, 9);
  within(p.escape, 0, 1);
  within(p.lock, 0, 1);
  within(p.offline, 0, 4);
  return p;
}

function setting(r) {
  const s = { key: r.u16(), value: r.text(256) };
  need(s.key !== 0, 'key 0');
  return s;
}

function black(r) {
  const b = { number: r.u64(), status: r.u8() };
  within(b.status, 2, 4);
  return b;
}

const revoked = (r) => ({ serial: r.raw(20), since: r.u64() });

function group(r) {
  const g = { group: r.u16() };
  need(g.group !== 0, 'group 0');
  const n = r.u16();
  within(n, 0, 1024);
  g.rights = rising(r, n, () => ({ point: r.u16(), schedule: r.u16(), floors: r.u16(), rule: r.u32() }));
  return g;
}

function floors(r) {
  const f = { id: r.u16(), front: r.raw(32), rear: r.raw(32) };
  need(f.id !== 0, 'id 0');
  return f;
}

function area(r) {
  const a = { area: r.u16(), antiPassback: r.u8(), minutes: r.u16(), capacity: r.u32(), partition: r.u8(), staleness: r.u16(),
    name: r.text(64) };
  need(a.area !== 0, 'area 0');
  within(a.antiPassback, 0, 3);
  within(a.partition, 0, 2);
  return a;
}

function pin(r) {
  const p = { credential: r.u64(), salt: r.raw(8), iterations: r.u32(), hash: r.raw(32) };
  within(p.iterations, 1, 1_000_000);
  return p;
}

function car(r) {
  const c = { credential: r.u64(), plate: r.text(32), lot: r.u16(), entered: r.u32(), carrier: r.u8() };
  need(c.lot !== 0, 'lot 0');
  within(c.carrier, 1, 8);
  return c;
}

function spaces(r) {
  const s = { holder: r.u32(), lot: r.u16(), spaces: r.u8(), kind: r.u8() };
  need(s.lot !== 0, 'lot 0');
  within(s.kind, 1, 4);
  need(s.holder !== 0 || s.kind === 3, 'holder 0');
  return s;
}

function wire(r) {
  const w = { io: r.u16(), direction: r.u8(), point: r.u16(), func: r.u8(), supervised: r.u8(), inverted: r.u8(), number: r.u16() };
  within(w.direction, 0, 1);
  within(w.func, 1, 18);
  within(w.supervised, 0, 1);
  within(w.inverted, 0, 1);
  return w;
}

function presence(r) {
  const p = { holder: r.u32(), area: r.u16(), since: r.u32(), asOf: r.u32() };
  need(p.holder !== 0 || (p.area === 0 && p.since === 0), 'holder 0');
  return p;
}

/** kind -> key length, most records, longest record, decoder. */
export const KINDS = {
  1: { key: 8, most: 1_500_000, longest: 704, read: access },
  2: { key: 2, most: 4096, longest: 1024, read: schedule },
  3: { key: 4, most: 4096, longest: 64, read: holiday },
  4: { key: 4, most: 64, longest: 128, read: issuer },
  5: { key: 2, most: 1024, longest: 256, read: point },
  6: { key: 2, most: 256, longest: 512, read: setting },
  7: { key: 8, most: 1_000_000, longest: 64, read: black },
  8: { key: 20, most: 65_536, longest: 32, read: revoked },
  9: { key: 2, most: 65_535, longest: 10_244, read: group },
  10: { key: 2, most: 4096, longest: 66, read: floors },
  11: { key: 2, most: 1024, longest: 96, read: area },
  12: { key: 8, most: 250_000, longest: 52, read: pin },
  13: { key: 8, most: 65_536, longest: 64, read: car },
  14: { key: 6, most: 250_000, longest: 8, read: spaces },
  15: { key: 3, most: 4096, longest: 10, read: wire },
  16: { key: 4, most: 250_000, longest: 14, read: presence },
};

/** Decodes one record; Malformed for anything but its one encoding. */
export function decodeRecord(kind, bytes) {
  const reader = new Reader(bytes);
  const value = KINDS[kind].read(reader);
  reader.end();
  return value;
}
