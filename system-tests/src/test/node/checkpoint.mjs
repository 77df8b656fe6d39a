// Checkpoints of the vault (link.md): number 8, hash 32, signature 64 of the AUDIT key over ZTA1, number, hash.
import { verify } from './sm2.mjs';

export class Checkpoint {
  constructor(files, auditKey) {
    Object.assign(this, { files, auditKey });
    this.kept = auditKey ? files.read('checkpoint.bin') ?? Buffer.alloc(0) : Buffer.alloc(0);
  }
  /** Kept when higher and signed; anything else is passed over. */
  offered(bytes) {
    if (!this.auditKey?.length || bytes.length !== 104) return;
    if (this.kept.length && bytes.readBigUInt64BE(0) <= this.kept.readBigUInt64BE(0)) return;
    if (!verify(this.auditKey, Buffer.concat([Buffer.from('ZTA1'), bytes.subarray(0, 40)]), bytes.subarray(40))) return;
    this.files.replace('checkpoint.bin', bytes);
    this.kept = Buffer.from(bytes);
  }
}
