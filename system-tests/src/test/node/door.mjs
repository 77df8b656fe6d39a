// The fake door: what commands do to it, and what was ordered (link.md, Commands; orders stand over restarts).
import { Reader } from './bytes.mjs';
import { REFUSAL } from './commands.mjs';

const KIND = { OPEN: 1, LOCK_DOWN: 2, HOLD: 3, NORMAL: 4, LAST_DENIED: 12, THREAT: 13, FIRE: 14, FIRE_END: 15, PARDON: 16 };

// When the access list holds no active card, a door that is a line on stdout opens for the card of the page's example, by no rule.
const EXAMPLE_CARD = { credential: 0x4403010100000001n, level: 3, certificate: 0, rules: [] };

export class Door {
  constructor(files, holdings, clock) {
    Object.assign(this, { files, holdings, clock });
    this.orders = files.json('orders.json') ?? { points: {}, fire: [] };
  }

  /** Points a place names: those of its area, or what the command's point says (0 = every one). */
  points(point, area) {
    return this.holdings.records(5)
      .filter((p) => (area ? p.fromArea === area || p.toArea === area : point === 0 || p.point === point)).map((p) => p.point);
  }

  /** Does it; returns a refusal, 0 = done. */
  obey(c) {
    const known = Object.values(KIND).includes(c.kind);
    if (!known) return REFUSAL.UNSUPPORTED; // payments, PSAM, relays, updates: not for a controller
    let place = { level: 0, area: 0, until: 0 };
    switch (c.kind) {
      case KIND.OPEN: case KIND.LAST_DENIED:
        if (c.args.length) return REFUSAL.MALFORMED;
        break;
      case KIND.THREAT: if (c.args.length !== 7) return REFUSAL.MALFORMED; // falls through
      case KIND.LOCK_DOWN: case KIND.HOLD: case KIND.NORMAL: {
        if (c.args.length === 0) break;
        if (c.args.length !== 7) return REFUSAL.MALFORMED;
        const r = new Reader(c.args);
        place = { level: r.u8(), area: r.u16(), until: r.u32() };
        if (place.level !== 0 && c.kind !== KIND.THREAT) return REFUSAL.MALFORMED;
        break;
      }
      case KIND.FIRE: case KIND.FIRE_END: return this.fire(c);
      case KIND.PARDON: return c.args.length === 4 ? REFUSAL.NONE : REFUSAL.MALFORMED; // nobody is remembered here
    }
    const points = this.points(c.point, place.area);
    if (points.length === 0 && !(c.point === 0 && place.area === 0)) return REFUSAL.NO_POINT;
    if (c.kind === KIND.OPEN) return REFUSAL.NONE; // the door is the line on stdout
    if (c.kind === KIND.LAST_DENIED) return REFUSAL.FAILED; // nobody was denied at a fake door
    for (const p of points) {
      const order = this.orders.points[p] ??= {};
      if (c.kind === KIND.THREAT) order.threat = { level: place.level, until: place.until };
      else order.mode = { kind: c.kind, until: place.until };
    }
    this.save();
    return REFUSAL.NONE;
  }

  fire(c) {
    if (c.args.length !== 2) return REFUSAL.MALFORMED;
    const zone = c.args.readUInt16BE(0);
    if (c.kind === KIND.FIRE && zone === 0) return REFUSAL.MALFORMED;
    const others = this.orders.fire.filter((z) => z !== zone);
    this.orders.fire = c.kind === KIND.FIRE ? [...others, zone] : zone === 0 ? [] : others;
    this.save();
    return REFUSAL.NONE;
  }

  save() { this.files.replaceJson('orders.json', this.orders); }

  /** A card of the access list that may open this point: {credential, level, rules, certificate}. */
  pickCard(point) {
    const now = Number((this.clock.millis() + this.clock.offset()) / 1000n);
    const groups = new Map(this.holdings.records(9).map((g) => [g.group, g]));
    let anyActive = null;
    for (const a of this.holdings.records(1)) {
      if (a.status !== 1 || (a.from !== 0 && now < a.from) || (a.until !== 0xffffffff && now >= a.until)) continue;
      const rules = a.groups.flatMap((g) => groups.get(g)?.rights ?? []).filter((r) => r.point === point).map((r) => r.rule);
      const card = { credential: a.credential, level: a.carriers.find((c) => c.kind === 1)?.level ?? 3, certificate: a.least,
        rules: rules.slice(0, 255) };
      if (rules.length) return card;
      anyActive ??= card;
    }
    return anyActive ?? EXAMPLE_CARD;
  }
}
