// Second implementation of the ceremony's combination and of the shares, from docs/keys.md ("Ceremony", "Quorum", "Store"):
// reads {id, contribution, needed, dealt, rehearsal, components} as JSON from standard input, answers {master, shares, kcvs}.
import { createCipheriv, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const sm3 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sm3')).digest();
const byte = (value) => Buffer.from([value]);

function kdf(z, length) {
  const blocks = [];
  for (let counter = 1; blocks.length * 32 < length; counter++) {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(counter);
    blocks.push(sm3(z, four));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

// GF(256), polynomial 11B, by repeated doubling
function times(a, b) {
  let product = 0;
  for (let left = a, right = b; right > 0; right >>= 1) {
    if (right & 1) product ^= left;
    left = (left << 1) ^ (left & 0x80 ? 0x11b : 0);
  }
  return product;
}

function shareValue(master, coefficients, x) {
  return Buffer.from(master.map((constant, place) => {
    let sum = constant;
    let power = 1;
    for (let degree = 0; degree * 32 < coefficients.length; degree++) {
      power = times(power, x);
      sum ^= times(coefficients[degree * 32 + place], power);
    }
    return sum;
  }));
}

// SM4-CMAC of one zero block: the block, plus the doubled E(0), encrypted
function kcv(secret) {
  const key = kdf(Buffer.concat([secret, Buffer.from('ZTVK')]), 16);
  const encrypt = (block) => {
    const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]);
  };
  const zero = encrypt(Buffer.alloc(16));
  const carry = zero[0] >> 7;
  const doubled = Buffer.from(zero.map((each, i) => ((each << 1) & 0xff) | (i < 15 ? zero[i + 1] >> 7 : 0)));
  doubled[15] ^= carry ? 0x87 : 0;
  return encrypt(doubled).subarray(0, 3).toString('hex');
}

const asked = JSON.parse(readFileSync(0, 'utf8'));
const components = asked.components.flatMap((component, i) => {
  const text = Buffer.from(component, 'ascii');
  return [byte(i + 1), byte(text.length >> 8), byte(text.length & 0xff), text];
});
const combined = kdf(Buffer.concat([
  Buffer.from(asked.rehearsal ? 'ZTCR' : 'ZTCK'),
  Buffer.from(asked.id, 'hex'),
  byte(asked.needed),
  byte(asked.dealt),
  Buffer.from(asked.contribution, 'hex'),
  ...components,
]), 32);
const derived = (label, length) => kdf(Buffer.concat([combined, Buffer.from(label)]), length);
const master = derived('M', 32);
const coefficients = derived('C', 32 * (asked.needed - 1));
const shares = [];
const kcvs = [];
for (let x = 1; x <= asked.dealt; x++) {
  const value = shareValue([...master], coefficients, x);
  const body = Buffer.concat([derived('S', 8), byte(asked.needed), byte(asked.dealt), byte(x), value]);
  shares.push(Buffer.concat([body, sm3(body).subarray(0, 4)]).toString('hex'));
  kcvs.push(kcv(value));
}
console.log(JSON.stringify({ master: master.toString('hex'), shares, kcvs }));
