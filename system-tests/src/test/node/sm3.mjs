// SM3, GB/T 32905, by itself: OpenSSL of the platform may come without it.

const T = new Int32Array(64);
for (let j = 0; j < 64; j++) {
  const t = j < 16 ? 0x79cc4519 : 0x7a879d8a;
  T[j] = j % 32 === 0 ? t : (t << (j % 32)) | (t >>> (32 - (j % 32)));
}
const IV = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
const rotl = (x, n) => (x << n) | (x >>> (32 - n));
const W = new Int32Array(68);

function compress(v, block, at) {
  for (let j = 0; j < 16; j++) W[j] = block.readInt32BE(at + 4 * j);
  for (let j = 16; j < 68; j++) {
    const x = W[j - 16] ^ W[j - 9] ^ rotl(W[j - 3], 15);
    W[j] = x ^ rotl(x, 15) ^ rotl(x, 23) ^ rotl(W[j - 13], 7) ^ W[j - 6];
  }
  let [a, b, c, d, e, f, g, h] = v;
  for (let j = 0; j < 64; j++) {
    const a12 = rotl(a, 12);
    const ss1 = rotl((a12 + e + T[j]) | 0, 7);
    const ss2 = ss1 ^ a12;
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + ss2 + (W[j] ^ W[j + 4])) | 0;
    const tt2 = (gg + h + ss1 + W[j]) | 0;
    d = c; c = rotl(b, 9); b = a; a = tt1;
    h = g; g = rotl(f, 19); f = e; e = tt2 ^ rotl(tt2, 9) ^ rotl(tt2, 17);
  }
  v[0] ^= a; v[1] ^= b; v[2] ^= c; v[3] ^= d; v[4] ^= e; v[5] ^= f; v[6] ^= g; v[7] ^= h;
}

/** SM3 over the parts, one behind the other. */
export function sm3(...parts) {
  const data = parts.length === 1 ? parts[0] : Buffer.concat(parts);
  const v = Int32Array.from(IV);
  const whole = data.length - (data.length % 64);
  for (let at = 0; at < whole; at += 64) compress(v, data, at);
  const rest = data.length - whole;
  const tail = Buffer.alloc(rest < 56 ? 64 : 128);
  data.copy(tail, 0, whole);
  tail[rest] = 0x80;
  tail.writeBigUInt64BE(BigInt(data.length) * 8n, tail.length - 8);
  for (let at = 0; at < tail.length; at += 64) compress(v, tail, at);
  const out = Buffer.alloc(32);
  v.forEach((x, i) => out.writeInt32BE(x, 4 * i));
  return out;
}
