// The tree of a list (link.md, Tree): width 16, depth 4, buckets by the first two bytes of SM3(key).
import { Malformed, ZERO32, u16 } from './bytes.mjs';
import { sm3 } from './sm3.mjs';
import { KINDS } from './kinds.mjs';

export const LEVELS = 4;
const isZero = (hash) => hash.equals(ZERO32);

export function bucketHash(records) {
  if (records.length === 0) return ZERO32;
  return sm3(Buffer.from([0]), ...records.flatMap((r) => [u16(r.length), r]));
}
export function nodeHash(children) {
  return children.every(isZero) ? ZERO32 : sm3(Buffer.from([1]), ...children);
}

/** Which bucket a record of this kind belongs to; Malformed when it is shorter than its key. */
export function bucketOf(kind, record) {
  const n = KINDS[kind].key;
  if (record.length < n) throw new Malformed('shorter than its key');
  return sm3(record.subarray(0, n)).readUInt16BE(0);
}

export class DuplicateKey extends Error {}

/** Only what is not empty is held: buckets as a map number -> records, hashes as one map a level. */
export class Tree {
  constructor(kind) {
    this.kind = kind;
    this.buckets = new Map();
    this.hashes = Array.from({ length: LEVELS + 1 }, () => new Map());
  }

  /** Builds from records in any order; Malformed or DuplicateKey. */
  static of(kind, records) {
    const sorted = new Map();
    for (const record of records) {
      const number = bucketOf(kind, record);
      if (!sorted.has(number)) sorted.set(number, []);
      sorted.get(number).push(record);
    }
    return new Tree(kind).with(sorted);
  }

  hash(level, node) { return this.hashes[level].get(node) ?? ZERO32; }
  root() { return this.hash(0, 0); }
  children(level, node) { return Array.from({ length: 16 }, (_, i) => this.hash(level + 1, 16 * node + i)); }
  count() { let n = 0; for (const b of this.buckets.values()) n += b.length; return n; }

  /** In the order of the tree. */
  records() { return [...this.buckets.keys()].sort((a, b) => a - b).flatMap((b) => this.buckets.get(b)); }

  /** A new tree in which these whole buckets (number -> records) stand instead; this one stays as it is. */
  with(changes) {
    const next = new Tree(this.kind);
    next.buckets = new Map(this.buckets);
    next.hashes = this.hashes.map((m) => new Map(m));
    let dirty = new Set();
    for (const [number, list] of changes) {
      const records = [...list].sort(Buffer.compare);
      this.check(number, records);
      if (records.length) next.buckets.set(number, records); else next.buckets.delete(number);
      next.put(LEVELS, number, bucketHash(records));
      dirty.add(number >> 4);
    }
    for (let level = LEVELS - 1; level >= 0; level--) {
      const above = new Set();
      for (const node of dirty) { next.put(level, node, nodeHash(next.children(level, node))); above.add(node >> 4); }
      dirty = above;
    }
    return next;
  }

  put(level, node, hash) {
    if (isZero(hash)) this.hashes[level].delete(node); else this.hashes[level].set(node, hash);
  }

  /** Every record in its own bucket, no key twice (equal keys are neighbours, for the key stands first). */
  check(number, records) {
    const n = KINDS[this.kind].key;
    records.forEach((record, i) => {
      if (bucketOf(this.kind, record) !== number) throw new Malformed('record of another bucket');
      if (i > 0 && records[i - 1].subarray(0, n).equals(record.subarray(0, n))) throw new DuplicateKey();
    });
  }
}
