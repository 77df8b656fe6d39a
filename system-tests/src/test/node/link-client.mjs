// A door controller in Node, written from link.md and events.md alone (P-256 profile).
// node link-client.mjs FOLDER HOST LINKPORT ENROLPORT CA.pem TOKENFILE
import { readFileSync } from 'node:fs';
import { X509Certificate, sign } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Files } from './files.mjs';
import { SOFTWARE, enrol, loadDevice } from './enrol.mjs';
import { Clock } from './clock.mjs';
import { Journal, KIND } from './journal.mjs';
import { Holdings } from './holdings.mjs';
import { Door } from './door.mjs';
import { UsedKeys } from './commands.mjs';
import { Checkpoint } from './checkpoint.mjs';
import { Renewal } from './renewal.mjs';
import { Session } from './session.mjs';
import { oneLine } from './bytes.mjs';

const [folder, host, linkPort, enrolPort, caFile, tokenFile] = process.argv.slice(2);
if (!tokenFile) { console.error('node link-client.mjs FOLDER HOST LINKPORT ENROLPORT CA.pem TOKENFILE'); process.exit(2); }
const say = (line) => process.stdout.write(line + '\n');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Pauses of 0.3, 0.6, 1.2 ... 10 s, each drawn between half and the whole (link.md, Reconnecting). */
class Pauses {
  reset() { this.whole = 300; }
  constructor() { this.reset(); }
  next() { const p = this.whole * (0.5 + Math.random() / 2); this.whole = Math.min(10_000, this.whole * 2); return p; }
}

const files = new Files(folder);
const authority = new X509Certificate(readFileSync(caFile));

async function enrolled() {
  const pauses = new Pauses();
  for (;;) {
    const me = loadDevice(files);
    if (me && Date.parse(me.certificate.validTo) > Date.now()) return me;
    try {
      const next = await enrol(files, host, Number(enrolPort), authority, readFileSync(tokenFile, 'utf8'));
      say(`enrolled device=${next.community}-${next.device}`);
      return next;
    } catch (e) {
      say(`error ${oneLine(e.message)}`);
      // 4 and 5, or no answer: again with the same token and key. 1, 2, 3: no repetition helps, a person must look.
      if (e.refusal >= 1 && e.refusal <= 3) { if (me) return me; process.exit(1); }
      await pause(pauses.next());
    }
  }
}

const me = await enrolled();
const clock = new Clock();
const device = {
  say, files, host, linkPort: Number(linkPort), authority, me, clock, ticket: null, badInput: 0, refusedLists: new Set(),
  holdings: new Holdings(files, (why) => say(`error ${oneLine(why)}`)),
  used: new UsedKeys(files), checkpoint: new Checkpoint(files, me.auditKey), renewal: new Renewal(files, authority),
};
device.door = new Door(files, device.holdings, clock);
device.journal = new Journal(files, {
  community: me.community, device: me.device,
  sign: (bytes) => sign('sha256', bytes, { key: device.me.key, dsaEncoding: 'ieee-p1363' }),
}, clock);
clock.resume(device.journal.newest);
device.journal.start(SOFTWARE);

const pauses = new Pauses();
let session = null, dropping = false, timer = null;
function open() {
  timer = null;
  session = new Session(device, (welcomed) => {
    if (welcomed) pauses.reset();
    const wait = dropping ? 0 : pauses.next();
    dropping = false;
    timer = setTimeout(open, wait);
  });
}
open();

const MAX_LINE = 4096;
createInterface({ input: process.stdin }).on('line', (line) => {
  const [word, rest] = line.trim().split(/\s+/, 2);
  if (line.length > MAX_LINE) say('error line too long');
  else if (word === 'event') session.cardOpened(1);
  else if (word === 'inject' && /^([0-9a-f]{2})*$/i.test(rest ?? '')) session.judgeCommand(Buffer.from(rest ?? '', 'hex'));
  else if (word === 'drop') {
    if (session.over) { clearTimeout(timer); open(); } // between two connections: at once
    else { dropping = true; session.close('asked'); }
  } else if (word === 'exit') stop();
  else if (word) say(`error no such word: ${oneLine(word)}`);
}).on('close', stop);

function stop() {
  device.journal.append(KIND.STOPPED, 0, Buffer.from(SOFTWARE));
  process.exit(0);
}
