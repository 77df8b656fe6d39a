// Enrolment (link.md, Enrolment): one question, one answer; the key is on the disk before the question leaves.
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { accept, newKey, pkcs10 } from './certificates.mjs';
import { connect } from './transport.mjs';
import { Frames, frame, parse } from './messages.mjs';
import { onCurve } from './sm2.mjs';

export const SOFTWARE = 'node-witness/1';
const pemOf = (key) => key.export({ type: 'pkcs8', format: 'pem' });

/** The device as it was enrolled, or null. */
export function loadDevice(files) {
  const d = files.json('device.json');
  if (!d) return null;
  const key = (s) => (s ? Buffer.from(s, 'hex') : null);
  return { community: d.community, device: d.device, certificate: new X509Certificate(d.certificate), certificatePem: d.certificate,
    key: createPrivateKey(d.key), keyPem: d.key, policyKey: key(d.policyKey), commandKey: key(d.commandKey), auditKey: key(d.auditKey) };
}

function question(host, port, authority, body) {
  return new Promise((resolve, reject) => {
    const fail = (e) => reject(e instanceof Error ? e : new Error(e));
    const socket = connect({ host, port, authority, own: {}, ticket: null, failed: fail, ready: (s) => s.write(body) });
    socket.setTimeout(20_000, () => socket.destroy(new Error('20 s of silence')));
    const frames = new Frames((bytes) => {
      frames.stop();
      try { resolve(parse('EnrolAnswer', bytes)); } catch (e) { fail(e); }
      socket.destroy();
    }, () => socket.destroy(new Error('wrong length')));
    socket.on('data', (d) => frames.feed(d));
    socket.on('close', () => fail('closed without an answer'));
  });
}

/** Enrols and stores; throws with refusal (number) when the backend said no. */
export async function enrol(files, host, port, authority, token) {
  // Kept from before the first question, so that a lost answer can be asked for again with the same key.
  if (!files.has('enrolment-key.pem')) files.replace('enrolment-key.pem', Buffer.from(pemOf(newKey())));
  const keyPem = files.read('enrolment-key.pem').toString(), key = createPrivateKey(keyPem);
  const a = await question(host, port, authority, frame('EnrolQuestion', { token: token.trim(), pkcs10: pkcs10(key), software: SOFTWARE }));
  if (a.refusal !== 0) throw Object.assign(new Error(`enrolment refused ${a.refusal}`), { refusal: a.refusal });
  if (a.community < 1 || a.community > 0x7fffffff || a.device < 1) throw new Error('enrolment: community or device');
  if (!onCurve(a.policy_key) || !onCurve(a.command_key)) throw new Error('enrolment: keys');
  if (a.audit_key.length !== 0 && !onCurve(a.audit_key)) throw new Error('enrolment: audit key');
  const certificate = accept(a.certificate, key, authority, `${a.community}-${a.device}`, Date.now());
  files.replaceJson('device.json', { community: a.community, device: a.device, certificate: certificate.toString(), key: keyPem,
    policyKey: a.policy_key.toString('hex'), commandKey: a.command_key.toString('hex'), auditKey: a.audit_key.toString('hex') });
  files.remove('enrolment-key.pem'); // it lives in device.json now; another enrolment draws another
  return loadDevice(files);
}

/** A renewed certificate takes the old one's place in one write (link.md, Renewal). */
export function storeRenewed(files, keyPem, certificate) {
  files.replaceJson('device.json', { ...files.json('device.json'), certificate: certificate.toString(), key: keyPem });
  return loadDevice(files);
}
