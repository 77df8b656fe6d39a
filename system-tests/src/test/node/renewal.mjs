// Renewal of the certificate (link.md, Renewal).
import { createPrivateKey } from 'node:crypto';
import { accept, newKey, pkcs10 } from './certificates.mjs';
import { storeRenewed } from './enrol.mjs';

const NEXT_KEY = 'next-key.pem';

export class Renewal {
  constructor(files, authority) { Object.assign(this, { files, authority, notBefore: 0, asked: false }); }

  /** A PKCS#10 to send when a third of the certificate's life is left by the backend's time, else null. */
  due(me, backendNow) {
    if (backendNow === null || Date.now() < this.notBefore) return null;
    const from = Date.parse(me.certificate.validFrom), until = Date.parse(me.certificate.validTo);
    if (Number(backendNow) < until - (until - from) / 3) return null;
    if (!this.files.has(NEXT_KEY)) { // on disk before it is asked for: a lost answer is asked for again with the same key
      this.files.replace(NEXT_KEY, Buffer.from(newKey().export({ type: 'pkcs8', format: 'pem' })));
    }
    this.notBefore = Date.now() + 10_000;
    this.asked = true;
    return pkcs10(createPrivateKey(this.files.read(NEXT_KEY)));
  }

  /** The device with its new certificate, or null (refused: not sooner than after an hour). Throws when it cannot be believed. */
  answered(me, m, backendNow) {
    if (!this.asked) throw new Error('renewed unasked');
    this.asked = false;
    if (m.refusal !== 0) { this.notBefore = Date.now() + 3_600_000; return null; }
    const pem = this.files.read(NEXT_KEY).toString();
    const certificate = accept(m.certificate, createPrivateKey(pem), this.authority, `${me.community}-${me.device}`,
      Number(backendNow ?? Date.now()));
    if (Date.parse(certificate.validTo) <= Date.parse(me.certificate.validTo)) throw new Error('certificate: ends no later');
    const next = storeRenewed(this.files, pem, certificate);
    this.files.remove(NEXT_KEY);
    return next;
  }
}
