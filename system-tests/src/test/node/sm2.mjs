// SM2 signatures, GB/T 32918.2, identity 1234567812345678; key x || y, signature r || s (link.md, Conventions).
// Only public values are handled by the client; sign() is for the self-test and is not constant in time.
import { randomBytes } from 'node:crypto';
import { sm3 } from './sm3.mjs';
import { unhex } from './bytes.mjs';

const P = BigInt('0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF');
const A = P - 3n;
const B = BigInt('0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93');
const N = BigInt('0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123');
const GX = BigInt('0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7');
const GY = BigInt('0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0');
const IDENTITY = Buffer.from('1234567812345678');

const mod = (x, m = P) => { const r = x % m; return r < 0n ? r + m : r; };
const big = (b) => BigInt('0x' + b.toString('hex'));
const be32 = (n) => unhex(n.toString(16).padStart(64, '0'));

function inverse(x, m) {
  let [a, b, u, v] = [mod(x, m), m, 1n, 0n];
  while (a !== 0n) { const q = b / a; [a, b, u, v] = [b - q * a, a, v - q * u, u]; }
  return mod(v, m);
}

// Jacobian coordinates; null is the point at infinity.
function double(p) {
  if (!p || p[1] === 0n) return null;
  const [x, y, z] = p;
  const yy = mod(y * y), s = mod(4n * x * yy), zz = mod(z * z);
  const m = mod(3n * (x - zz) * (x + zz)); // a = -3
  const x3 = mod(m * m - 2n * s);
  return [x3, mod(m * (s - x3) - 8n * yy * yy), mod(2n * y * z)];
}
function add(p, q) {
  if (!p) return q;
  if (!q) return p;
  const z1 = mod(p[2] * p[2]), z2 = mod(q[2] * q[2]);
  const u1 = mod(p[0] * z2), u2 = mod(q[0] * z1);
  const s1 = mod(p[1] * z2 * q[2]), s2 = mod(q[1] * z1 * p[2]);
  if (u1 === u2) return s1 === s2 ? double(p) : null;
  const h = mod(u2 - u1), r = mod(s2 - s1), hh = mod(h * h), hhh = mod(h * hh), v = mod(u1 * hh);
  const x3 = mod(r * r - hhh - 2n * v);
  return [x3, mod(r * (v - x3) - s1 * hhh), mod(h * p[2] * q[2])];
}
/** a*G + b*Q in one pass (Shamir). */
function twice(a, b, q) {
  const g = [GX, GY, 1n], both = q ? add(g, q) : null;
  let r = null;
  for (let i = 255n; i >= 0n; i--) {
    r = double(r);
    const i1 = (a >> i) & 1n, i2 = (b >> i) & 1n;
    if (i1 && i2) r = add(r, both);
    else if (i1) r = add(r, g);
    else if (i2) r = add(r, q);
  }
  return r;
}
function affine(p) {
  const zi = inverse(p[2], P), zz = mod(zi * zi);
  return [mod(p[0] * zz), mod(p[1] * zz * zi)];
}

export function onCurve(key) {
  if (key.length !== 64) return false;
  const x = big(key.subarray(0, 32)), y = big(key.subarray(32));
  return x < P && y < P && mod(y * y - (x * x * x + A * x + B)) === 0n;
}

/** First 4 bytes of SM3(x || y). */
export const keyId = (key) => sm3(key).subarray(0, 4);

function digest(key, message) {
  const z = sm3(Buffer.from([0, 128]), IDENTITY, be32(A), be32(B), be32(GX), be32(GY), key);
  return big(sm3(z, message));
}

export function verify(key, message, signature) {
  if (signature.length !== 64 || !onCurve(key)) return false;
  const r = big(signature.subarray(0, 32)), s = big(signature.subarray(32));
  if (r === 0n || r >= N || s === 0n || s >= N) return false;
  const t = (r + s) % N;
  if (t === 0n) return false;
  const point = twice(s, t, [big(key.subarray(0, 32)), big(key.subarray(32)), 1n]);
  return point !== null && mod(digest(key, message) + affine(point)[0], N) === r;
}

export function publicKey(scalar) { return Buffer.concat(affine(twice(big(scalar), 0n, null)).map(be32)); }

export function sign(scalar, message) {
  const d = big(scalar), e = digest(publicKey(scalar), message);
  for (;;) {
    const k = big(randomBytes(32)) % N;
    if (k === 0n) continue;
    const r = mod(e + affine(twice(k, 0n, null))[0], N);
    if (r === 0n || r + k === N) continue;
    const s = mod(inverse(1n + d, N) * (k - r * d), N);
    if (s !== 0n) return Buffer.concat([be32(r), be32(s)]);
  }
}
