// A second implementation of key blocks, written from docs/keys.md ("Key blocks") alone, on the SM4 of OpenSSL.
//   node keyblock.mjs seal KBPK HEADER KEY FILL     prints the block
//   node keyblock.mjs open KBPK BLOCK               prints the key, or ends with 1
import { createCipheriv, createDecipheriv } from 'node:crypto';

const hex = (text) => Buffer.from(text, 'hex');
const upper = (bytes) => bytes.toString('hex').toUpperCase();

function block(key, data) {
  const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

function cbc(make, key, iv, data) {
  const cipher = make('sm4-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

// NIST SP 800-38B
function cmac(key, data) {
  const double = (value) => {
    const number = BigInt('0x' + value.toString('hex')) << 1n;
    const reduced = (number & ((1n << 128n) - 1n)) ^ (number >> 128n ? 0x87n : 0n);
    return hex(reduced.toString(16).padStart(32, '0'));
  };
  const k1 = double(block(key, Buffer.alloc(16)));
  const whole = data.length > 0 && data.length % 16 === 0;
  const text = whole ? Buffer.from(data) : Buffer.concat([data, hex('80'), Buffer.alloc(15 - (data.length % 16))]);
  const sub = whole ? k1 : double(k1);
  for (let i = 0; i < 16; i++) text[text.length - 16 + i] ^= sub[i];
  return cbc(createCipheriv, key, Buffer.alloc(16), text).subarray(-16);
}

const derived = (kbpk, purpose) => cmac(kbpk, hex('01' + purpose + '00' + '8004' + '0080'));

const [what, kbpk, text, key, fill] = process.argv.slice(2);
const kbek = derived(hex(kbpk), '0000');
const kbmk = derived(hex(kbpk), '0001');
if (what === 'seal') {
  const plain = Buffer.concat([hex('0080'), hex(key), hex(fill)]);
  const mac = cmac(kbmk, Buffer.concat([Buffer.from(text, 'ascii'), plain]));
  console.log(text + upper(cbc(createCipheriv, kbek, mac, plain)) + upper(mac));
} else {
  const header = text.slice(0, -96);
  const body = hex(text.slice(-96));
  const mac = body.subarray(32);
  const plain = cbc(createDecipheriv, kbek, mac, body.subarray(0, 32));
  const right = cmac(kbmk, Buffer.concat([Buffer.from(header, 'ascii'), plain])).equals(mac);
  if (!right || Number(text.slice(1, 5)) !== text.length || plain.readUInt16BE(0) !== 128) process.exit(1);
  console.log(upper(plain.subarray(2, 18)));
}
