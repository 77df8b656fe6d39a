// A protobuf coder just large enough for link.proto: varints, fixed64, bytes, string, messages, repeated fields.
// 64 bit numbers are BigInt, 32 bit ones Number. Unknown fields are passed over (link.md, Messages).
import { Malformed, textOf } from './bytes.mjs';

const WIRE = { uint32: 0, uint64: 0, sint64: 0, fixed64: 1, bytes: 2, string: 2 };
const MAX_TEXT = 128; // "Texts beyond 128 characters make a message malformed"

function varint(out, value) {
  let v = BigInt(value);
  while (v > 127n) { out.push(Number(v & 127n) | 128); v >>= 7n; }
  out.push(Number(v));
}
const zigzag = (v) => BigInt.asUintN(64, (BigInt(v) << 1n) ^ (BigInt(v) >> 63n));

function scalar(out, type, value) {
  switch (type) {
    case 'uint32': case 'uint64': varint(out, value); break;
    case 'sint64': varint(out, zigzag(value)); break;
    case 'fixed64': { const b = Buffer.alloc(8); b.writeBigUInt64LE(value); out.push(...b); break; }
  }
}

export function encode(schema, types, message) {
  const parts = [];
  for (const [name, [field, type, repeated]] of Object.entries(schema)) {
    const value = message[name];
    if (value === undefined || value === null) continue;
    const wire = WIRE[type] ?? 2;
    if (repeated && wire === 0) { // proto3 packs repeated numbers
      if (value.length === 0) continue;
      const inner = [], head = [];
      value.forEach((v) => scalar(inner, type, v));
      varint(head, (field << 3) | 2); varint(head, inner.length);
      parts.push(Buffer.from(head), Buffer.from(inner));
      continue;
    }
    for (const v of repeated ? value : [value]) {
      const head = [];
      if (wire === 2) {
        const body = type === 'bytes' ? v : type === 'string' ? Buffer.from(v, 'utf8') : encode(types[type], types, v);
        if (!repeated && WIRE[type] === 2 && body.length === 0) continue;
        varint(head, (field << 3) | 2); varint(head, body.length);
        parts.push(Buffer.from(head), body);
      } else {
        if (!repeated && BigInt(v) === 0n) continue; // proto3: the default is not written
        varint(head, (field << 3) | wire); scalar(head, type, v);
        parts.push(Buffer.from(head));
      }
    }
  }
  return Buffer.concat(parts);
}

class Input {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  more() { return this.at < this.bytes.length; }
  varint() {
    let v = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (!this.more()) throw new Malformed('varint cut short');
      const b = this.bytes[this.at++];
      v |= BigInt(b & 127) << shift;
      if (b < 128) return BigInt.asUintN(64, v);
    }
    throw new Malformed('varint too long');
  }
  take(n) {
    if (n > this.bytes.length - this.at) throw new Malformed('field cut short');
    this.at += n;
    return this.bytes.subarray(this.at - n, this.at);
  }
  sized() { const n = this.varint(); if (n > 65536n) throw new Malformed('field too long'); return this.take(Number(n)); }
}

function number(type, v) {
  if (type === 'sint64') return BigInt.asIntN(64, (v >> 1n) ^ -(v & 1n));
  if (type === 'uint64') return v;
  if (v > 0xffffffffn) throw new Malformed('beyond 32 bits');
  return Number(v);
}

function one(input, wire, type, types) {
  if (wire !== (WIRE[type] ?? 2)) throw new Malformed('wrong wire type');
  if (wire === 0) return number(type, input.varint());
  if (wire === 1) return input.take(8).readBigUInt64LE(0);
  const body = input.sized();
  if (type === 'bytes') return Buffer.from(body);
  if (type === 'string') {
    const s = textOf(body);
    if (s.length > MAX_TEXT) throw new Malformed('text too long');
    return s;
  }
  return decode(types[type], types, body);
}

export function decode(schema, types, bytes) {
  const byField = new Map(), message = {};
  for (const [name, [field, type, repeated]] of Object.entries(schema)) {
    byField.set(field, [name, type, repeated]);
    if (repeated) message[name] = [];
    else if (type in WIRE) {
      message[name] = type === 'bytes' ? Buffer.alloc(0) : type === 'string' ? '' : type === 'uint32' ? 0 : 0n;
    }
  }
  const input = new Input(bytes);
  while (input.more()) {
    const tag = input.varint(), wire = Number(tag & 7n);
    if (tag >> 3n === 0n || tag > 0xffffffffn) throw new Malformed('field number');
    const known = byField.get(Number(tag >> 3n));
    if (!known) {
      if (wire === 0) input.varint();
      else if (wire === 1) input.take(8);
      else if (wire === 2) input.sized();
      else if (wire === 5) input.take(4);
      else throw new Malformed('wire type');
      continue;
    }
    const [name, type, repeated] = known;
    if (repeated && wire === 2 && WIRE[type] === 0) {
      const packed = new Input(input.sized());
      while (packed.more()) message[name].push(number(type, packed.varint()));
    } else if (repeated) message[name].push(one(input, wire, type, types));
    else message[name] = one(input, wire, type, types);
  }
  return message;
}
