// The lists this device holds, in memory and as files: lists/KIND.bin = length 2, header, (length 2, record) ...
// One file is one list with its version: it is replaced whole, which is the one transaction of link.md, Lists.
import { join, u16 } from './bytes.mjs';
import { Tree } from './tree.mjs';
import { parseHeader } from './header.mjs';
import { KINDS, decodeRecord } from './kinds.mjs';

export class Holdings {
  constructor(files, warn) {
    this.files = files;
    this.held = new Map(); // kind -> {header, tree, records (decoded)}
    for (const kind of Object.keys(KINDS).map(Number)) {
      try { this.load(kind); } catch (e) { warn(`list ${kind} on disk unusable: ${e.message}`); }
    }
  }

  load(kind) {
    const bytes = this.files.read(`lists/${kind}.bin`);
    if (!bytes) return;
    const parts = [];
    for (let at = 0; at < bytes.length;) { const n = bytes.readUInt16BE(at); parts.push(bytes.subarray(at + 2, at + 2 + n)); at += 2 + n; }
    const header = parseHeader(parts.shift()), tree = Tree.of(kind, parts);
    if (header.kind !== kind || !tree.root().equals(header.root)) throw new Error('root');
    this.held.set(kind, { header, tree, records: tree.records().map((r) => decodeRecord(kind, r)) });
  }

  get(kind) { return this.held.get(kind); }
  records(kind) { return this.held.get(kind)?.records ?? []; }

  /** Forced to disk, then switched at once. */
  install(header, tree, decoded) {
    const parts = [u16(header.bytes.length), header.bytes];
    for (const r of tree.records()) parts.push(u16(r.length), r);
    this.files.replace(`lists/${header.kind}.bin`, join(...parts));
    this.held.set(header.kind, { header, tree, records: decoded });
  }

  /** For Hello and Heartbeat. */
  states() {
    return [...this.held.values()].map(({ header: h, tree }) => ({ kind: h.kind, epoch: h.epoch, number: h.number, root: tree.root() }));
  }

  isRevoked(serial) { return this.records(8).some((r) => r.serial.equals(serial)); }
}
