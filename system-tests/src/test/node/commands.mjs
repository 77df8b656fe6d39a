// Commands (link.md, Commands): the layout and the gate in the order of the page.
import { Malformed, Reader } from './bytes.mjs';
import { verify } from './sm2.mjs';

export const REFUSAL = { NONE: 0, MALFORMED: 1, COMMUNITY: 2, DEVICE: 3, JOURNAL: 4, NONCE: 5, SIGNATURE: 6, EXPIRED: 7, NO_TIME: 8,
  REPEATED: 9, NO_POINT: 10, UNSUPPORTED: 11, BUSY: 12, FAILED: 13, INTERLOCK: 14 };

/** Malformed when these bytes are no command. */
export function parseCommand(bytes) {
  if (bytes.length > 1024 || bytes.length < 64) throw new Malformed('length');
  const message = bytes.subarray(0, bytes.length - 64), signature = bytes.subarray(bytes.length - 64);
  const r = new Reader(message);
  if (r.raw(4).toString('latin1') !== 'ZTC2') throw new Malformed('ZTC2');
  const c = { message, signature, community: r.u32(), device: r.u32(), journal: r.u64(), nonce: r.raw(16), kind: r.u8(), point: r.u16(),
    made: r.raw(8).readBigInt64BE(), expiry: r.raw(8).readBigInt64BE(), key: Buffer.from(r.raw(16)) };
  if (c.expiry <= c.made) throw new Malformed('expiry');
  const n = r.u16();
  if (n > 256) throw new Malformed('arguments');
  c.args = r.raw(n);
  c.who = r.text(64);
  c.why = r.text(128);
  r.end();
  return c;
}

/** 0 or the first refusal. state: me, journal (number), nonce (of this connection or null), now (backend ms or null), used(key). */
export function gate(c, { me, journal, nonce, now, used }) {
  if (c.community !== me.community) return REFUSAL.COMMUNITY;
  if (c.device !== me.device) return REFUSAL.DEVICE;
  if (!verify(me.commandKey, c.message, c.signature)) return REFUSAL.SIGNATURE;
  if (c.journal !== journal) return REFUSAL.JOURNAL;
  if (!nonce || !c.nonce.equals(nonce)) return REFUSAL.NONCE;
  if (now === null) return REFUSAL.NO_TIME;
  if (now >= c.expiry) return REFUSAL.EXPIRED;
  if (used(c.key)) return REFUSAL.REPEATED;
  return REFUSAL.NONE;
}

/**
 * Idempotency keys that were used. A key of an older connection can do no harm, for the nonce is judged first; so only the newest
 * ones are kept, 16 bytes each in one file, forced to disk before anything moves.
 */
export class UsedKeys {
  constructor(files, most = 4096) {
    Object.assign(this, { files, most });
    const bytes = files.read('used-keys.bin') ?? Buffer.alloc(0);
    this.keys = new Set();
    for (let at = 0; at + 16 <= bytes.length; at += 16) this.keys.add(bytes.toString('hex', at, at + 16));
  }
  has(key) { return this.keys.has(key.toString('hex')); }
  use(key) {
    this.keys.add(key.toString('hex'));
    if (this.keys.size > this.most) this.keys.delete(this.keys.values().next().value);
    this.files.replace('used-keys.bin', Buffer.concat([...this.keys].map((k) => Buffer.from(k, 'hex'))));
  }
}
