// One connection (link.md, Order of messages): from the handshake to its end.
import { randomBytes } from 'node:crypto';
import { Malformed, hex, oneLine } from './bytes.mjs';
import { Frames, content, frame } from './messages.mjs';
import { Fetcher, Nonsense, describe, rootHex } from './fetcher.mjs';
import { REFUSAL, gate, parseCommand } from './commands.mjs';
import { ALARMS, KIND, accessBody, commandBody, listBody } from './journal.mjs';
import { SOFTWARE } from './enrol.mjs';
import { connect } from './transport.mjs';

const WRONG = { LENGTH: 1, MALFORMED: 2, UNKNOWN: 3, TURN: 4, CHAIN: 7, CLOCK: 12 };
const BEAT = 2000, SILENCE = 8000, BATCHES = 4, BATCH_BYTES = 12_000;

export class Session {
  /** device: everything that outlives a connection (link-client.mjs). ended(welcomed) is called once. */
  constructor(device, ended) {
    Object.assign(this, { device, ended, over: false, welcomed: false, nonce: null, next: 0n, watermark: 0n, batches: [] });
    const me = device.me;
    this.fetcher = new Fetcher(me, device.holdings, {
      send: (name, m) => this.send({ [name]: m }),
      installed: (h, how) => this.installed(h, how),
      same: (h) => device.say(`list ${describe(h)} how=same root=${rootHex(h)}`),
      refused: (reason, kind, bytes) => this.listRefused(reason, kind, bytes),
    });
    this.socket = connect({
      host: device.host, port: device.linkPort, authority: device.authority, own: { key: me.keyPem, cert: me.certificatePem },
      ticket: device.ticket, failed: (e) => device.say(`error ${oneLine(e.message.trim())}`), ready: (socket, peer) => this.ready(socket, peer),
    });
    // A ticket is good for a later connection only together with the certificate that was judged before it came.
    this.socket.on('session', (session) => { this.session = session; if (this.peer) this.keepTicket(); });
    this.socket.once('close', () => this.finish('closed by the backend'));
  }

  keepTicket() { this.device.ticket = { session: this.session, peer: this.peer }; }

  ready(socket, peer) {
    const d = this.device;
    if (d.holdings.isRevoked(peer.serial)) throw new Error('certificate: revoked');
    this.peer = peer;
    if (this.session) this.keepTicket();
    d.say(`connected resumed=${socket.isSessionReused()} suite=${socket.getCipher().standardName}`);
    this.nonce = randomBytes(16);
    this.heard = Date.now();
    const frames = new Frames((body) => { if (!this.over) this.message(body); }, () => this.fail(WRONG.LENGTH, 'wrong length'));
    this.frames = frames;
    socket.on('data', (data) => { this.heard = Date.now(); frames.feed(data); });
    this.send({ hello: {
      protocol: 1, community: d.me.community, device: d.me.device, journal: d.journal.journal, last_sequence: d.journal.last(),
      first_sequence: d.journal.first(), nonce: this.nonce, software: SOFTWARE, lists: d.holdings.states(), checkpoint: d.checkpoint.kept,
    } });
    this.send({ time: d.clock.question() });
    this.timer = setInterval(() => this.beat(), BEAT);
    this.watch = setInterval(() => { if (Date.now() - this.heard > SILENCE) this.close('silent'); }, 500);
  }

  send(message) { if (!this.over && !this.socket.destroyed) this.socket.write(frame('FromDevice', message)); }

  beat() {
    const d = this.device;
    this.send({ heartbeat: {
      device_millis: d.clock.millis(), clock_quality: d.clock.quality(), last_sequence: d.journal.last(),
      unsent: d.journal.last() > this.watermark ? d.journal.last() - this.watermark : 0n, refused: BigInt(d.badInput),
      lists: d.holdings.states(), fault: [],
    } });
    this.send({ time: d.clock.question() });
    const request = this.welcomed ? d.renewal.due(d.me, d.clock.backendNow()) : null;
    if (request) this.send({ renewal: { pkcs10: request } });
  }

  // --- ends --------------------------------------------------------------------------------------------------------------

  /** Closes by itself; what was written still goes out. */
  close(why) {
    if (this.over) return;
    this.finish(why);
    this.socket.end();
    const socket = this.socket;
    setTimeout(() => socket.destroy(), 500).unref();
  }
  /** Refuses and closes. */
  fail(reason, why) { this.device.badInput++; this.send({ refused: { reason, kind: 0 } }); this.close(why); }

  finish(why) {
    if (this.over) return;
    this.over = true;
    clearInterval(this.timer);
    clearInterval(this.watch);
    this.frames?.stop();
    this.device.clock.disconnected();
    if (this.socket.isSessionReused?.() === false && !this.peer) this.device.ticket = null; // a refused handshake: no ticket helps
    this.device.say(`close ${why}`);
    this.ended(this.welcomed);
  }

  /** Bad input that the connection survives. */
  refuse(reason) { this.device.badInput++; this.send({ refused: { reason, kind: 0 } }); }

  // --- messages ----------------------------------------------------------------------------------------------------------

  message(body) {
    let known;
    try { known = content(body); } catch (e) {
      if (!(e instanceof Malformed)) throw e;
      return this.refuse(WRONG.MALFORMED);
    }
    if (!known) return this.refuse(WRONG.UNKNOWN);
    const [name, m] = known;
    // Only these overtake (link.md, Order of messages); a refusal may answer the Hello itself.
    const early = ['welcome', 'time', 'heartbeat', 'refused'].includes(name);
    if (this.welcomed ? name === 'welcome' : !early) return this.fail(WRONG.TURN, `${name} out of turn`);
    try { this[`on_${name}`](m); } catch (e) {
      if (!(e instanceof Nonsense)) throw e;
      this.fail(WRONG.MALFORMED, e.message);
    }
  }

  on_welcome(m) {
    const d = this.device;
    if (m.hash.length !== 32 || m.list_header.length > 64) return this.fail(WRONG.MALFORMED, 'welcome malformed');
    const own = d.journal.hashOf(m.sequence);
    if (m.sequence > d.journal.last() || own === null || !own.equals(m.hash)) {
      return this.fail(WRONG.CHAIN, 'the watermark is of another history: a person must look');
    }
    this.welcomed = true;
    this.watermark = m.sequence;
    this.next = m.sequence + 1n;
    d.say(`welcome sequence=${m.sequence} lists=${m.list_header.length}`);
    this.pump();
    for (const header of m.list_header) this.fetcher.offered(header, null, null, true);
  }

  on_time(m) { if (!this.device.clock.answer(m)) this.refuse(WRONG.CLOCK); }
  on_heartbeat(m) { this.device.checkpoint.offered(m.checkpoint); }
  on_offer(m) { this.fetcher.offered(m.header, m.base, m.bucket); }
  on_list(m) { this.fetcher.part(m); }
  on_tree(m) { this.fetcher.treePart(m); }
  on_buckets(m) { this.fetcher.bucketPart(m); }
  on_blob() { this.fail(WRONG.TURN, 'a picture nobody offered'); }

  on_refused(m) {
    this.device.say(`refused by the backend reason=${m.reason}`);
    if (m.reason === 9) this.fetcher.gone();
  }

  on_renewed(m) {
    const d = this.device;
    try {
      const next = d.renewal.answered(d.me, m, d.clock.backendNow());
      if (!next) return d.say(`error renewal refused=${m.refusal}`);
      d.me = next;
      d.ticket = null; // it belongs to the old certificate
      this.close('renewed');
    } catch (e) { this.fail(WRONG.MALFORMED, oneLine(e.message)); }
  }

  // --- events ------------------------------------------------------------------------------------------------------------

  /** Sends what the backend does not have, at most 4 batches under way. */
  pump() {
    const journal = this.device.journal;
    while (this.welcomed && !this.over && this.batches.length < BATCHES && this.next <= journal.last()) {
      const record = [];
      for (let size = 0; this.next <= journal.last(); this.next++) {
        const bytes = journal.bytesOf(this.next);
        size += bytes.length + 4; // tag and length
        if (record.length && size > BATCH_BYTES) break;
        record.push(bytes);
      }
      this.batches.push(this.next - 1n);
      this.send({ events: { record } });
    }
  }

  on_events(m) {
    const journal = this.device.journal, last = this.batches.shift();
    if (last === undefined) return this.fail(WRONG.TURN, 'an acknowledgement without a batch');
    // At least the batch's last record; more when the backend had further ones already.
    if (m.sequence < last || m.sequence > journal.last()) return this.fail(WRONG.MALFORMED, 'acknowledged something else');
    if (!journal.hashOf(m.sequence).equals(m.hash)) return this.fail(WRONG.CHAIN, 'acknowledged another history');
    if (m.sequence > this.watermark) this.watermark = m.sequence;
    this.device.say(`stored sequence=${m.sequence} hash=${hex(m.hash)}`);
    this.pump();
  }

  /** Journals; an alarm hurries ahead as a copy. */
  note(kind, point, body) {
    const bytes = this.device.journal.append(kind, point, body);
    if (bytes && ALARMS.has(kind) && this.welcomed) this.send({ alarm: { record: bytes } });
    this.pump();
  }

  cardOpened(point) {
    const d = this.device, card = d.door.pickCard(point), list = d.holdings.get(1);
    if (!list) return d.say('error no access list: nobody passes'); // link.md, Record kinds: kind 1
    this.note(KIND.GRANTED, point, accessBody({ ...card, method: 3, list: list.header, silence: this.welcomed ? Math.floor((Date.now() - this.heard) / 1000) : 0 }));
  }

  // --- lists -------------------------------------------------------------------------------------------------------------

  installed(header, how) {
    const d = this.device;
    d.say(`list ${describe(header)} how=${how} root=${rootHex(header)}`);
    if (header.kind !== 16) this.note(KIND.LIST_INSTALLED, 0, listBody(header.kind, 0, d.holdings.get(header.kind)));
    if (header.kind === 8 && d.holdings.isRevoked(this.peer.serial)) { d.ticket = null; this.close('the backend is revoked'); }
  }

  listRefused(reason, kind, bytes) {
    const d = this.device;
    d.badInput++;
    d.say(`list refused kind=${kind} reason=${reason}`);
    // With kind 0 the reason would be read as one of the connection: a header too short to name its kind is a malformed message.
    this.send({ refused: kind === 0 ? { reason: WRONG.MALFORMED, kind } : { reason, kind } });
    // The same header comes again with every connection: it is journalled once a start, or it would fill the journal.
    const name = `${reason} ${hex(bytes)}`;
    if (d.refusedLists.has(name)) return;
    if (d.refusedLists.size >= 256) d.refusedLists.clear();
    d.refusedLists.add(name);
    this.note(KIND.LIST_REFUSED, 0, listBody(kind, reason, d.holdings.get(kind)));
  }

  // --- commands ----------------------------------------------------------------------------------------------------------

  on_command(m) {
    this.device.say(`command bytes=${hex(m.command)}`);
    this.judgeCommand(m.command);
  }

  judgeCommand(bytes) {
    const d = this.device;
    let c;
    try { c = parseCommand(bytes); } catch (e) {
      if (!(e instanceof Malformed)) throw e;
      d.say(`command refused=${WRONG.MALFORMED} no command: ${e.message}`);
      return this.refuse(WRONG.MALFORMED);
    }
    const reply = (stage, refusal = 0) => this.send({ command: { idempotency_key: c.key, stage, refusal, detail: '' } });
    const refused = gate(c, { me: d.me, journal: d.journal.journal, nonce: this.nonce, now: d.clock.backendNow(), used: (k) => d.used.has(k) });
    if (refused) { // at the gate: answered, not journalled
      d.badInput++;
      d.say(`command refused=${refused} at the gate`);
      return reply(4, refused);
    }
    d.used.use(c.key);
    reply(1);
    const refusal = d.door.obey(c);
    if (refusal === REFUSAL.NONE) d.say(`command executed point=${c.point} who=${oneLine(c.who)} why=${oneLine(c.why)}`);
    else d.say(`command refused=${refusal} by the door`);
    this.note(refusal ? KIND.COMMAND_REFUSED : KIND.COMMAND_DONE, c.point, commandBody(c, refusal));
    reply(refusal ? 4 : 2, refusal);
  }
}
