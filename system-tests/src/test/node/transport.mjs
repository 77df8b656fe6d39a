// TLS as the page wants it (link.md, Connection): 1.3 only, one suite, one group, one signature scheme, pinned authority.
import tls from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { judge, serial20 } from './certificates.mjs';

/**
 * Connects; own = {key, cert} in PEM or nothing (enrolment). ticket = what an earlier connection left, or null.
 * ready(socket, peer) is called when the backend's certificate was judged: peer = {serial, until}.
 */
export function connect({ host, port, authority, own, ticket, ready, failed }) {
  const socket = tls.connect({
    host, port, ca: authority.toString(), ...own,
    minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', ciphers: 'TLS_AES_128_GCM_SHA256', ecdhCurve: 'P-256',
    sigalgs: 'ecdsa_secp256r1_sha256', servername: '', checkServerIdentity: () => undefined, // host names mean nothing
    ...(ticket ? { session: ticket.session } : {}),
  });
  socket.setNoDelay(true);
  const timer = setTimeout(() => socket.destroy(new Error('handshake took more than 10 s')), 10_000);
  socket.once('close', () => clearTimeout(timer));
  socket.on('error', failed);
  socket.once('secureConnect', () => {
    clearTimeout(timer);
    try {
      let peer;
      if (socket.isSessionReused()) peer = ticket.peer; // no certificate is shown: the ticket came from the one checked
      else {
        const certificate = new X509Certificate(socket.getPeerCertificate(true).raw);
        judge(certificate, authority, 'backend', Date.now());
        peer = { serial: serial20(certificate), until: Date.parse(certificate.validTo) };
      }
      if (peer.until < Date.now()) throw new Error('certificate: over');
      ready(socket, peer);
    } catch (e) { socket.destroy(e); }
  });
  return socket;
}
