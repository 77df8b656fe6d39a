// link.proto as tables: name -> [field, type, repeated]; and the framing of link.md, Connection.
import { decode, encode } from './protobuf.mjs';
import { Malformed } from './bytes.mjs';

const VERSION = { kind: [1, 'uint32'], epoch: [2, 'uint32'], number: [3, 'uint64'] };
const types = {
  FromDevice: {
    hello: [1, 'Hello'], heartbeat: [2, 'Heartbeat'], events: [3, 'EventBatch'], alarm: [4, 'AlarmCopy'],
    command: [5, 'CommandReply'], time: [6, 'TimeQuestion'], list: [7, 'ListPull'], tree: [8, 'TreePull'],
    buckets: [9, 'BucketPull'], renewal: [10, 'Renewal'], refused: [15, 'Refused'],
  },
  FromBackend: {
    welcome: [1, 'Welcome'], heartbeat: [2, 'HeartbeatSeen'], events: [3, 'EventsStored'], command: [5, 'CommandPush'],
    time: [6, 'TimeAnswer'], list: [7, 'ListPart'], tree: [8, 'TreePart'], buckets: [9, 'BucketPart'],
    offer: [10, 'ListOffer'], renewed: [11, 'Renewed'], blob: [12, 'BlobWanted'], refused: [15, 'Refused'],
  },
  Hello: {
    protocol: [1, 'uint32'], community: [2, 'uint32'], device: [3, 'uint32'], journal: [4, 'fixed64'],
    last_sequence: [5, 'uint64'], first_sequence: [6, 'uint64'], nonce: [7, 'bytes'], software: [8, 'string'],
    lists: [9, 'ListState', true], checkpoint: [10, 'bytes'],
  },
  ListState: { ...VERSION, root: [4, 'bytes'] },
  Welcome: { sequence: [1, 'uint64'], hash: [2, 'bytes'], list_header: [3, 'bytes', true] },
  Heartbeat: {
    device_millis: [1, 'sint64'], clock_quality: [2, 'uint32'], last_sequence: [3, 'uint64'], unsent: [4, 'uint64'],
    refused: [5, 'uint64'], lists: [6, 'ListState', true], fault: [7, 'string', true],
  },
  HeartbeatSeen: { checkpoint: [1, 'bytes'] },
  EventBatch: { record: [1, 'bytes', true] },
  EventsStored: { sequence: [1, 'uint64'], hash: [2, 'bytes'] },
  AlarmCopy: { record: [1, 'bytes'] },
  CommandPush: { command: [1, 'bytes'] },
  CommandReply: { idempotency_key: [1, 'bytes'], stage: [2, 'uint32'], refusal: [3, 'uint32'], detail: [4, 'string'] },
  TimeQuestion: { sent: [1, 'sint64'] },
  TimeAnswer: { sent: [1, 'sint64'], received: [2, 'sint64'], answered: [3, 'sint64'] },
  ListPull: { ...VERSION, from: [4, 'uint32'] },
  ListPart: { ...VERSION, from: [4, 'uint32'], record: [5, 'bytes', true] },
  TreePull: { ...VERSION, level: [4, 'uint32'], node: [5, 'uint32', true] },
  TreePart: { ...VERSION, level: [4, 'uint32'], node: [5, 'uint32', true], hashes: [6, 'bytes'] },
  BucketPull: { ...VERSION, bucket: [4, 'uint32', true] },
  BucketPart: { ...VERSION, bucket: [4, 'Bucket', true] },
  Bucket: { number: [1, 'uint32'], record: [2, 'bytes', true] },
  ListOffer: { header: [1, 'bytes'], base: [2, 'bytes'], bucket: [3, 'Bucket', true] },
  Renewal: { pkcs10: [1, 'bytes'] },
  Renewed: { refusal: [1, 'uint32'], certificate: [2, 'bytes', true] },
  BlobWanted: { name: [1, 'bytes'], from: [2, 'uint32'], credit: [3, 'uint32'], refusal: [4, 'uint32'] },
  Refused: { reason: [1, 'uint32'], kind: [2, 'uint32'] },
  EnrolQuestion: { token: [1, 'string'], pkcs10: [2, 'bytes'], software: [3, 'string'] },
  EnrolAnswer: {
    refusal: [1, 'uint32'], community: [2, 'uint32'], device: [3, 'uint32'], certificate: [4, 'bytes', true],
    policy_key: [5, 'bytes'], command_key: [6, 'bytes'], audit_key: [7, 'bytes'],
  },
};

const MAX_FRAME = 16384;

export function frame(type, message) {
  const body = encode(types[type], types, message);
  if (body.length < 1 || body.length > MAX_FRAME) throw new Error(`own ${type} of ${body.length} bytes`);
  const head = Buffer.alloc(2);
  head.writeUInt16BE(body.length);
  return Buffer.concat([head, body]);
}

export const parse = (type, body) => decode(types[type], types, body);

/** Which message of the oneof a FromBackend holds: [name, content], or null when this version does not know it. */
export function content(body) {
  const message = parse('FromBackend', body);
  const names = Object.keys(message);
  // The last of several wins in protobuf; nobody honest sends several, so that is malformed here.
  if (names.length > 1) throw new Malformed('several messages in one');
  return names.length === 0 ? null : [names[0], message[names[0]]];
}

/** Cuts a stream into frames; holds at most one unfinished frame. Calls wrong() once for a wrong length. */
export class Frames {
  constructor(take, wrong) { this.take = take; this.wrong = wrong; this.rest = Buffer.alloc(0); this.over = false; }
  feed(data) {
    if (this.over) return;
    let bytes = this.rest.length ? Buffer.concat([this.rest, data]) : data;
    while (bytes.length >= 2 && !this.over) {
      const n = bytes.readUInt16BE(0);
      if (n < 1 || n > MAX_FRAME) { this.over = true; this.wrong(); return; }
      if (bytes.length < 2 + n) break;
      this.take(bytes.subarray(2, 2 + n));
      bytes = bytes.subarray(2 + n);
    }
    this.rest = Buffer.from(bytes);
  }
  stop() { this.over = true; this.rest = Buffer.alloc(0); }
}
