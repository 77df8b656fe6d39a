// Fetching of lists (link.md, Fetching): one list at a time, question and answer in turn, whole or by difference.
import { Malformed, ZERO32, hex } from './bytes.mjs';
import { ListRefused, REASON, isNewer, judgeHeader } from './header.mjs';
import { DuplicateKey, Tree, bucketHash, nodeHash } from './tree.mjs';
import { KINDS, decodeRecord } from './kinds.mjs';

const AT_ONCE = 16; // nodes or buckets in one question

/** An answer that makes no sense: the session refuses and closes. */
export class Nonsense extends Error {}

export class Fetcher {
  /** port: send(name, message), installed(header, how), refused(reason, kind). Lives as long as one connection. */
  constructor(me, holdings, port) {
    Object.assign(this, { me, holdings, port });
    this.waiting = new Map(); // kind -> header; a newer offer of a kind replaces the older
    this.job = null;
  }

  /** A header of Welcome or ListOffer. */
  offered(bytes, base, buckets, inWelcome = false) {
    try {
      const header = judgeHeader(bytes, this.me, (kind) => this.holdings.get(kind));
      const held = this.holdings.get(header.kind);
      if (header.same) { if (inWelcome) this.port.same(header); } // an offer may repeat what was just fetched
      else if (base?.length && this.job?.header.kind !== header.kind && held?.tree.root().equals(base)
        && this.fromOffer(header, held, buckets)) this.waiting.delete(header.kind); // what waited is older than this
      else {
        const other = this.waiting.get(header.kind);
        if (!other || isNewer(header, other)) this.waiting.set(header.kind, header);
      }
    } catch (e) { this.judgeFailure(e, bytes); }
    this.next();
  }

  judgeFailure(e, bytes) {
    if (!(e instanceof ListRefused)) throw e;
    this.port.refused(e.reason, e.kind, bytes);
  }

  /** What came along with the offer; false when the result is not what was signed: then it is asked for, no refusal. */
  fromOffer(header, held, buckets) {
    const changes = new Map(buckets.map((b) => [b.number, b.record]));
    try {
      if (changes.size !== buckets.length || buckets.some((b) => b.number > 65535)) return false;
      const tree = held.tree.with(changes);
      if (!tree.root().equals(header.root) || tree.count() !== header.count) return false;
      this.finish(header, tree, `difference buckets=${changes.size}`);
      return true;
    } catch (e) {
      if (e instanceof Malformed || e instanceof DuplicateKey) return false;
      throw e;
    }
  }

  next() {
    while (!this.job && this.waiting.size) {
      const [kind, header] = this.waiting.entries().next().value;
      this.waiting.delete(kind);
      try { this.begin(judgeHeader(header.bytes, this.me, (k) => this.holdings.get(k))); } catch (e) {
        this.judgeFailure(e, header.bytes);
      }
    }
  }

  begin(header) {
    if (header.same) return;
    const held = this.holdings.get(header.kind);
    this.job = { header, version: { kind: header.kind, epoch: header.epoch, number: header.number } };
    if (held && held.tree.root().equals(header.root)) return this.complete(held.tree, 'same');
    // Kind 9 is always fetched whole: two of its records in one bucket may be more than a frame.
    if (held && held.tree.buckets.size && header.count && header.kind !== 9) return this.beginDifference(held);
    Object.assign(this.job, { how: 'whole', records: [] });
    if (header.count === 0) return this.complete(new Tree(header.kind), 'whole');
    this.port.send('list', { ...this.job.version, from: 0 });
  }

  // --- whole -------------------------------------------------------------------------------------------------------------

  expect(how, m) {
    const job = this.job;
    if (!job || job.how !== how || m.kind !== job.version.kind || m.epoch !== job.version.epoch || m.number !== job.version.number) {
      throw new Nonsense('a part nobody asked for');
    }
    return job;
  }

  part(m) {
    const job = this.expect('whole', m);
    if (m.from !== job.records.length || m.record.length === 0) throw new Nonsense('part out of place or empty');
    this.guarded(() => {
      for (const r of m.record) this.size(r);
      if (job.records.length + m.record.length > job.header.count) throw new ListRefused(REASON.COUNT, m.kind);
      job.records.push(...m.record);
      if (job.records.length < job.header.count) return this.port.send('list', { ...job.version, from: job.records.length });
      this.complete(Tree.of(m.kind, job.records), 'whole');
    });
  }

  size(record) {
    if (record.length > KINDS[this.job.header.kind].longest) throw new ListRefused(REASON.TOO_LARGE, this.job.header.kind);
  }

  // --- difference --------------------------------------------------------------------------------------------------------

  beginDifference(held) {
    // todo: differing nodes of the level asked, each with the hash that its parent (at last the signed root) says it must have
    Object.assign(this.job, { how: 'tree', held: held.tree, level: 0, todo: new Map([[0, this.job.header.root]]), below: new Map(),
      changes: new Map() });
    this.askTree();
  }

  askTree() {
    const job = this.job;
    job.asked = [...job.todo.keys()].sort((a, b) => a - b).slice(0, AT_ONCE);
    this.port.send('tree', { ...job.version, level: job.level, node: job.asked });
  }

  treePart(m) {
    const job = this.expect('tree', m);
    const same = m.level === job.level && m.node.length === job.asked.length && m.node.every((n, i) => n === job.asked[i]);
    if (!same || m.hashes.length !== 512 * m.node.length) throw new Nonsense('another part of the tree than asked');
    this.guarded(() => {
      m.node.forEach((node, i) => {
        const hashes = Array.from({ length: 16 }, (_, k) => m.hashes.subarray(512 * i + 32 * k, 512 * i + 32 * k + 32));
        // Every answer is bound to the signed root at once, so a lie is seen at the first step and memory stays bounded.
        if (!nodeHash(hashes).equals(job.todo.get(node))) throw new ListRefused(REASON.ROOT, m.kind);
        job.todo.delete(node);
        hashes.forEach((hash, k) => {
          if (!hash.equals(job.held.hash(job.level + 1, 16 * node + k))) job.below.set(16 * node + k, Buffer.from(hash));
        });
      });
      if (job.todo.size) return this.askTree();
      Object.assign(job, { level: job.level + 1, todo: job.below, below: new Map() });
      if (job.level < 4) return this.askTree();
      job.how = 'buckets';
      // A bucket whose hash is zero is empty: known without a question.
      for (const [n, hash] of job.todo) if (hash.equals(ZERO32)) { job.changes.set(n, []); job.todo.delete(n); }
      this.nextBuckets();
    });
  }

  nextBuckets() {
    const job = this.job;
    if (job.todo.size === 0) return this.complete(job.held.with(job.changes), `difference buckets=${job.changes.size}`);
    job.asked = [...job.todo.keys()].sort((a, b) => a - b).slice(0, AT_ONCE);
    this.port.send('buckets', { ...job.version, bucket: job.asked });
  }

  bucketPart(m) {
    const job = this.expect('buckets', m);
    if (m.bucket.length === 0 || m.bucket.length > job.asked.length || m.bucket.some((b, i) => b.number !== job.asked[i])) {
      throw new Nonsense('other buckets than asked');
    }
    this.guarded(() => {
      for (const b of m.bucket) {
        b.record.forEach((r) => this.size(r));
        const sorted = [...b.record].sort(Buffer.compare);
        if (!bucketHash(sorted).equals(job.todo.get(b.number))) throw new ListRefused(REASON.ROOT, m.kind);
        job.todo.delete(b.number);
        job.changes.set(b.number, sorted);
      }
      this.nextBuckets();
    });
  }

  // --- the end -----------------------------------------------------------------------------------------------------------

  complete(tree, how) { this.finish(this.job.header, tree, how); this.job = null; this.next(); }

  /** Count, root, every record; then installed. */
  finish(header, tree, how) {
    if (tree.count() !== header.count) throw new ListRefused(REASON.COUNT, header.kind);
    if (!tree.root().equals(header.root)) throw new ListRefused(REASON.ROOT, header.kind);
    let decoded;
    try { decoded = tree.records().map((r) => decodeRecord(header.kind, r)); } catch (e) {
      if (e instanceof Malformed) throw new ListRefused(REASON.RECORD, header.kind);
      throw e;
    }
    this.holdings.install(header, tree, decoded);
    this.port.installed(header, how);
  }

  /** A refusal of the list in hand ends its fetching and goes on to the next. */
  guarded(work) {
    const header = this.job.header;
    try { work(); } catch (e) {
      const reason = e instanceof ListRefused ? e.reason : e instanceof DuplicateKey ? REASON.DUPLICATE : e instanceof Malformed ? REASON.RECORD : 0;
      if (!reason) throw e;
      this.job = null;
      this.port.refused(reason, header.kind, header.bytes);
      this.next();
    }
  }

  /** The backend no longer has that version (Refused 9): it will have offered a newer one. */
  gone() { if (this.job) { this.job = null; this.next(); } }
}

export const describe = (h) => `kind=${h.kind} version=${h.epoch}.${h.number} records=${h.count}`;
export const rootHex = (h) => hex(h.root);
