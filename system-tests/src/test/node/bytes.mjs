// Reading and writing of the fixed byte layouts (link.md, Conventions: unsigned, big-endian; text = length 2 and UTF-8).

export class Malformed extends Error {}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8, nothing else; throws Malformed. */
export function textOf(bytes) {
  try { return utf8.decode(bytes); } catch { throw new Malformed('not UTF-8'); }
}

/** Reads a buffer from front to back; whoever reads beyond its end or leaves something over gets Malformed. */
export class Reader {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  raw(n) {
    if (this.at + n > this.bytes.length) throw new Malformed('too short');
    const part = this.bytes.subarray(this.at, this.at + n);
    this.at += n;
    return part;
  }
  u8() { return this.raw(1)[0]; }
  u16() { return this.raw(2).readUInt16BE(0); }
  u32() { return this.raw(4).readUInt32BE(0); }
  u64() { return this.raw(8).readBigUInt64BE(0); }
  text(most) {
    const n = this.u16();
    if (n > most) throw new Malformed('text too long');
    return textOf(this.raw(n));
  }
  end() { if (this.at !== this.bytes.length) throw new Malformed('bytes left over'); }
}

export const u8 = (n) => Buffer.from([n]);
export function u16(n) { const b = Buffer.alloc(2); b.writeUInt16BE(n); return b; }
export function u32(n) { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; }
export function u64(n) { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(n)); return b; }
export function s64(n) { const b = Buffer.alloc(8); b.writeBigInt64BE(BigInt(n)); return b; }
export function text(s) { const b = Buffer.from(s, 'utf8'); return Buffer.concat([u16(b.length), b]); }
export const join = (...parts) => Buffer.concat(parts);
export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const unhex = (s) => Buffer.from(s.replace(/\s+/g, ''), 'hex');
export const ZERO32 = Buffer.alloc(32);
/** One line of output must stay one line, whatever a text from outside holds. */
export const oneLine = (s) => s.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?');
