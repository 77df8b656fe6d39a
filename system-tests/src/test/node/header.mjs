// Header of a signed list (link.md, Lists) and the order in which a device judges it.
import { Malformed, Reader, join, u32 } from './bytes.mjs';
import { sm3 } from './sm3.mjs';
import { keyId, verify } from './sm2.mjs';
import { KINDS } from './kinds.mjs';

export const REASON = { MALFORMED: 1, COMMUNITY: 2, DEVICE: 3, KIND: 4, NOT_NEWER: 5, TOO_LARGE: 6, COUNT: 7, ROOT: 8, KEY: 9,
  SIGNATURE: 10, RECORD: 11, DUPLICATE: 12 };

export class ListRefused extends Error {
  constructor(reason, kind) { super(`list refused ${reason}`); this.reason = reason; this.kind = kind; }
}

/** How many hashes the path of this leaf has: a node that goes up alone has none in that row. */
function pathLength(leaves, index) {
  let n = 0;
  for (let at = index, row = leaves; row > 1; at >>= 1, row = (row + 1) >> 1) if (at % 2 === 1 || at + 1 < row) n++;
  return n;
}

/** Layout only; Malformed. */
export function parseHeader(bytes) {
  if (bytes.length < 153 || bytes.length > 921 || (bytes.length - 153) % 32 !== 0) throw new Malformed('length');
  const r = new Reader(bytes);
  const h = { bytes, message: bytes.subarray(0, 77) };
  if (r.raw(4).toString('latin1') !== 'ZTH1') throw new Malformed('ZTH1');
  Object.assign(h, { community: r.u32(), device: r.u32(), kind: r.u8(), epoch: r.u32(), number: r.u64(), count: r.u32(), root: r.raw(32),
    made: r.u64(), lease: r.u64(), keyId: r.raw(4), signature: r.raw(64), leaves: r.u32(), index: r.u32() });
  if (h.epoch < 1 || h.number < 1n) throw new Malformed('version');
  if (h.leaves < 1 || h.leaves > 1 << 24 || h.index >= h.leaves) throw new Malformed('leaves');
  h.path = [];
  while (r.at < bytes.length) h.path.push(r.raw(32));
  if (h.path.length !== pathLength(h.leaves, h.index)) throw new Malformed('path');
  return h;
}

/** The root of the publication, by the way up from this leaf. */
export function publicationRoot(h) {
  let hash = sm3(Buffer.from([2]), h.message), next = 0;
  for (let at = h.index, row = h.leaves; row > 1; at >>= 1, row = (row + 1) >> 1) {
    if (at % 2 === 1) hash = sm3(Buffer.from([3]), h.path[next++], hash);
    else if (at + 1 < row) hash = sm3(Buffer.from([3]), hash, h.path[next++]);
  }
  return hash;
}

export const signedBytes = (h) => join(Buffer.from('ZTL2'), u32(h.leaves), publicationRoot(h));

// The headers of one publication share root and signature: what verified once need not be verified again.
const verified = new Set();
function signatureHolds(key, h) {
  const bytes = signedBytes(h), name = Buffer.concat([key, bytes, h.signature]).toString('latin1');
  if (verified.has(name)) return true;
  if (!verify(key, bytes, h.signature)) return false;
  if (verified.size >= 64) verified.clear();
  verified.add(name);
  return true;
}

export const isNewer = (a, b) => a.epoch > b.epoch || (a.epoch === b.epoch && a.number > b.number);

/** Judges in the order of the page. Returns the header, with same = true when it is the one held; throws ListRefused. */
export function judgeHeader(bytes, me, heldOf) {
  const kind = bytes.length > 12 ? bytes[12] : 0; // to say which list is meant, even of a header with a wrong layout
  const refuse = (reason) => { throw new ListRefused(reason, kind); };
  let h;
  try { h = parseHeader(bytes); } catch (e) { if (!(e instanceof Malformed)) throw e; refuse(REASON.MALFORMED); }
  if (h.community !== me.community) refuse(REASON.COMMUNITY);
  if (h.device !== me.device) refuse(REASON.DEVICE);
  if (!(h.kind in KINDS)) refuse(REASON.KIND);
  if (!h.keyId.equals(keyId(me.policyKey))) refuse(REASON.KEY);
  if (!signatureHolds(me.policyKey, h)) refuse(REASON.SIGNATURE);
  const held = heldOf(h.kind);
  if (held && !isNewer(h, held.header)) {
    if (!isNewer(held.header, h) && h.root.equals(held.header.root)) return Object.assign(h, { same: true });
    refuse(REASON.NOT_NEWER);
  }
  if (h.count > KINDS[h.kind].most) refuse(REASON.TOO_LARGE);
  return h;
}
