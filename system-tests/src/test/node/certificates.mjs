// Machine certificates (link.md, Certificates) and the PKCS#10 a device makes for itself.
import { X509Certificate, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

// --- DER, as much as is needed -----------------------------------------------------------------------------------------------

function der(tag, ...content) {
  const body = Buffer.concat(content), n = body.length;
  const length = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
const OID_CN = Buffer.from('550403', 'hex'), OID_O = Buffer.from('55040a', 'hex'), OID_OU = Buffer.from('55040b', 'hex');
const OID_ECDSA_SHA256 = Buffer.from('2a8648ce3d040302', 'hex');

function children(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at++];
    let n = bytes[at++];
    if (n === undefined || n === 0x80 || n > 0x83) throw new Error('DER');
    if (n > 0x80) { const k = n & 127; n = bytes.readUIntBE(at, k); at += k; }
    if (at + n > bytes.length) throw new Error('DER');
    parts.push({ tag, body: bytes.subarray(at, at + n) });
    at += n;
  }
  return parts;
}

/** Subject and extensions out of a certificate's DER. */
function look(raw) {
  const tbs = children(children(children(raw)[0].body)[0].body);
  const base = tbs[0].tag === 0xa0 ? 1 : 0; // [0] version
  const subject = children(tbs[base + 4].body).flatMap((set) => children(set.body)).map((pair) => {
    const [oid, value] = children(pair.body);
    return { oid: oid.body.toString('hex'), value: value.body.toString('utf8') };
  });
  const extensions = new Map();
  const wrapped = tbs.find((t) => t.tag === 0xa3);
  if (wrapped) for (const e of children(children(wrapped.body)[0].body)) {
    const parts = children(e.body);
    extensions.set(parts[0].body.toString('hex'), parts[parts.length - 1].body);
  }
  return { subject, extensions };
}

// --- judging -----------------------------------------------------------------------------------------------------------------

/** Serial number as in list kind 8: 20 bytes, zeros on the left. */
export const serial20 = (certificate) => Buffer.from(certificate.serialNumber.padStart(40, '0'), 'hex');

/**
 * Throws unless the certificate is a machine's of the pinned authority with this role. Returns its name.
 * Issued directly by the pinned authority is stricter than, and so implies, the chain of at most two.
 */
export function judge(certificate, authority, role, now) {
  const no = (why) => { throw new Error(`certificate: ${why}`); };
  if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey)) no('not of the pinned authority');
  const { subject, extensions } = look(certificate.raw);
  const only = (oid) => {
    const found = subject.filter((s) => s.oid === oid.toString('hex'));
    if (found.length !== 1) no('subject');
    return found[0].value;
  };
  if (extensions.has('551d13')) no('BasicConstraints');
  const usage = extensions.get('551d0f');
  const bits = usage ? children(usage)[0].body[1] : 0; // BIT STRING: unused bits, then digitalSignature is the highest
  if (!(bits & 0x80) || bits & 0x04) no('key usage');
  if (certificate.publicKey.asymmetricKeyType !== 'ec'
    || certificate.publicKey.asymmetricKeyDetails.namedCurve !== 'prime256v1') no('curve');
  if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) no('not valid now');
  if (only(OID_O) !== 'Zhitong') no('O');
  if (only(OID_OU) !== role) no('role');
  return only(OID_CN);
}

// --- own key -----------------------------------------------------------------------------------------------------------------

export function newKey() {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
}

/** PKCS#10 (RFC 2986), signed by the key itself. The authority ignores the subject, so any will do. */
export function pkcs10(key) {
  const oid = (o) => der(0x06, o);
  const name = der(0x30, der(0x31, der(0x30, oid(OID_CN), der(0x0c, Buffer.from('device')))));
  const info = der(0x30, der(0x02, Buffer.from([0])), name, createPublicKey(key).export({ type: 'spki', format: 'der' }), der(0xa0));
  const signature = sign('sha256', info, key); // ECDSA in DER
  return der(0x30, info, der(0x30, oid(OID_ECDSA_SHA256)), der(0x03, Buffer.from([0]), signature));
}

/** The certificates of an answer: the device's, then its authority's. Throws unless they fit key, authority, name and role. */
export function accept(chain, key, authority, name, now) {
  if (chain.length !== 2) throw new Error('certificate: two expected');
  const own = new X509Certificate(chain[0]);
  if (!authority.raw.equals(chain[1])) throw new Error('certificate: another authority');
  if (judge(own, authority, 'controller', now) !== name) throw new Error('certificate: another name');
  if (!own.checkPrivateKey(key)) throw new Error('certificate: another key');
  return own;
}
