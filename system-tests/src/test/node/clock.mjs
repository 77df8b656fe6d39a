// Backend time (link.md, Time) and clock quality (events.md).
import { performance } from 'node:perf_hooks';

export const monotonic = () => Math.floor(performance.now());

export class Clock {
  constructor() { this.estimate = null; this.set = false; this.lastOffset = 0n; this.asked = new Set(); }

  /** After a restart: held, when the newest record knew the time and the clock has not gone back behind it. */
  resume(newest) {
    if (newest && newest.quality > 0 && BigInt(Date.now()) >= newest.millis) { this.set = true; this.lastOffset = newest.offset; }
  }

  question() {
    const sent = BigInt(monotonic());
    this.asked.add(sent);
    if (this.asked.size > 8) this.asked.delete(this.asked.values().next().value); // bounded when nobody answers
    return { sent };
  }

  /** False when the answer cannot be believed (12). */
  answer({ sent, received, answered }) {
    if (!this.asked.delete(sent)) return false; // to a question never put, or answered already
    const now = BigInt(monotonic()), trip = now - sent - (answered - received);
    if (trip < 0n || trip > 5000n || answered < received) return false;
    // Halves of sums of either sign: rounded down, as >> does; half a millisecond is within the error.
    const next = { offset: ((received - sent) + (answered - now)) >> 1n, error: (trip + 1n) / 2n, at: now };
    const old = this.estimate;
    if (old && old.error < next.error && now - old.at < 60_000n) return true;
    this.estimate = next;
    this.set = true;
    this.lastOffset = now + next.offset - BigInt(Date.now());
    return true;
  }

  /** Estimates end with the connection. */
  disconnected() { this.estimate = null; this.asked.clear(); }

  /** Backend time in ms, or null when this connection has no estimate. */
  backendNow() { return this.estimate ? BigInt(monotonic()) + this.estimate.offset : null; }
  millis() { return BigInt(Date.now()); }
  offset() { return this.lastOffset; }
  quality() { return this.estimate ? 2 : this.set ? 1 : 0; }
}
