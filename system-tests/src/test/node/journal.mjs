// The journal (events.md, The record): one file, records with a hash chain; append returns when the record is on disk.
// File: ZTNJ, community 4, device 4, journal 8, then (length 2, record) each.
import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { Reader, ZERO32, join, s64, text, u16, u32, u64, u8 } from './bytes.mjs';
import { sm3 } from './sm3.mjs';
import { writeAll } from './files.mjs';

export const KIND = { GRANTED: 0x0101, COMMAND_DONE: 0x0201, COMMAND_REFUSED: 0x0202, LIST_INSTALLED: 0x0301, LIST_REFUSED: 0x0302,
  STARTED: 0x0401, STOPPED: 0x0402, JOURNAL_OPENED: 0x0404, LOST: 0x0405 };
export const ALARMS = new Set([KIND.LIST_REFUSED, KIND.JOURNAL_OPENED, KIND.LOST]);
const MAX_BODY = 4096, MAX_FILE = 64 * 1024 * 1024, HEAD = 20;

export function record({ community, device, journal, sequence, previous, boot, millis, offset, quality, kind, point, body }) {
  return join(Buffer.from('ZTJ1'), u32(community), u32(device), u64(journal), u64(sequence), previous, u32(boot), s64(millis), s64(offset),
    u8(quality), u16(kind), u16(point), u16(body.length), body);
}
export const chainHash = (previous, bytes) => sm3(previous, bytes);

function parseRecord(bytes) {
  const r = new Reader(bytes);
  if (r.raw(4).toString('latin1') !== 'ZTJ1') throw new Error('ZTJ1');
  const e = { community: r.u32(), device: r.u32(), journal: r.u64(), sequence: r.u64(), previous: r.raw(32), boot: r.u32(),
    millis: r.raw(8).readBigInt64BE(), offset: r.raw(8).readBigInt64BE(), quality: r.u8(), kind: r.u16(), point: r.u16() };
  e.body = r.raw(r.u16());
  r.end();
  return e;
}

export class Journal {
  /** me: community, device, sign(bytes) of the machine key; clock: millis(), offset(), quality(). */
  constructor(files, me, clock) {
    this.me = me;
    this.clock = clock;
    this.entries = []; // {bytes, hash}; sequence = index + 1: nothing is given up before the file is full, then nothing is taken
    this.lost = 0;
    this.newest = null;
    this.open(files.path('journal.bin'));
  }

  open(path) {
    this.fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o600);
    const data = readFileSync(path);
    if (data.length >= HEAD && !this.load(data)) { // of another device, or broken in its middle: never continue it
      closeSync(this.fd);
      renameSync(path, `${path}.old-${Date.now()}`);
      this.entries = [];
      this.newest = null;
      return this.open(path);
    }
    if (data.length < HEAD) {
      ftruncateSync(this.fd, 0);
      do { this.journal = randomBytes(8).readBigUInt64BE(0); } while (this.journal === 0n);
      writeAll(this.fd, join(Buffer.from('ZTNJ'), u32(this.me.community), u32(this.me.device), u64(this.journal)));
      fsyncSync(this.fd);
      this.fresh = true;
    }
    this.size = fstatSync(this.fd).size;
    this.boot = (this.newest?.boot ?? 0) + 1;
  }

  /** False when this is not a journal of this device; a record cut short at the end was never promised to anybody and goes. */
  load(data) {
    const r = new Reader(data);
    if (r.raw(4).toString('latin1') !== 'ZTNJ' || r.u32() !== this.me.community || r.u32() !== this.me.device) return false;
    this.journal = r.u64();
    let good = HEAD;
    while (data.length - good >= 2) {
      const n = data.readUInt16BE(good);
      if (good + 2 + n > data.length) break;
      const bytes = Buffer.from(data.subarray(good + 2, good + 2 + n));
      try {
        const e = parseRecord(bytes);
        if (e.journal !== this.journal || e.sequence !== BigInt(this.entries.length + 1) || !e.previous.equals(this.hash())) return false;
        this.newest = { boot: e.boot, millis: e.millis, offset: e.offset, quality: e.quality };
      } catch { return false; }
      this.entries.push({ bytes, hash: chainHash(this.hash(), bytes) });
      good += 2 + n;
    }
    if (good < data.length) ftruncateSync(this.fd, good);
    return true;
  }

  last() { return BigInt(this.entries.length); }
  first() { return this.entries.length ? 1n : 0n; }
  hash() { return this.entries.length ? this.entries[this.entries.length - 1].hash : ZERO32; }
  /** Chain hash of a record, zeros for 0, null for one that is not held. */
  hashOf(sequence) { return sequence === 0n ? ZERO32 : this.entries[Number(sequence) - 1]?.hash ?? null; }
  bytesOf(sequence) { return this.entries[Number(sequence) - 1]?.bytes ?? null; }

  /** What opens a journal and a start (events.md, Kinds). */
  start(program) {
    if (this.fresh) this.append(KIND.JOURNAL_OPENED, 0, join(u8(1), u8(0), Buffer.alloc(48)));
    this.append(KIND.STARTED, 0, Buffer.from(program));
  }

  /** Appends and forces to the disk. Returns the record's bytes, or null when there is no room (counted, told later). */
  append(kind, point, body) {
    if (body.length > MAX_BODY) throw new Error('body too long');
    if (this.size > MAX_FILE) { this.lost++; return null; }
    if (this.lost > 0) { const n = this.lost; this.lost = 0; this.append(KIND.LOST, 0, this.tombstone(n)); }
    const bytes = record({ ...this.me, journal: this.journal, sequence: this.last() + 1n, previous: this.hash(), boot: this.boot,
      millis: this.clock.millis(), offset: this.clock.offset(), quality: this.clock.quality(), kind, point, body });
    const framed = join(u16(bytes.length), bytes);
    writeAll(this.fd, framed);
    fsyncSync(this.fd);
    this.size += framed.length;
    this.entries.push({ bytes, hash: chainHash(this.hash(), bytes) });
    return bytes;
  }

  /** Statement of loss with cause 2: count records never got a sequence (events.md, Tombstone). */
  tombstone(count) {
    const said = join(u8(2), u64(0), u64(0), u64(count), ZERO32);
    return join(u8(1), said, this.me.sign(join(Buffer.from('ZTT1'), u32(this.me.community), u32(this.me.device), u64(this.journal), said)));
  }
}

export function listBody(kind, refusal, held) {
  return join(u8(1), u8(kind), u8(refusal), u32(held?.header.epoch ?? 0), u64(held?.header.number ?? 0n), held?.header.root ?? ZERO32);
}
export function commandBody(command, refusal) {
  return join(u8(1), u8(command.kind), u8(refusal), command.key, text(command.who), text(command.why));
}
/** Access, version 02: a card, granted, nothing else known (events.md, Bodies; 0 = none, FFFF where 0 is a value). */
export function accessBody({ credential, method, level, list, rules, certificate, silence }) {
  return join(u8(2), u8(1), u16(0), u64(credential), u8(method), u8(level), u32(list.epoch), u64(list.number), u8(rules.length),
    ...rules.map(u32), u16(0), // no evidence
    u8(0xff), u8(0), u8(0), u8(0), u16(0), u16(0), u32(0), u32(0), u32(0), u32(silence), u16(0), u16(1 << method), u16(0), u16(certificate),
    u16(0xffff), u16(0), u64(0), text(''));
}
