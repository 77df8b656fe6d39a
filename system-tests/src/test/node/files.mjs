// Files of the device's folder. A file that is replaced is replaced whole: a restart sees the old one or the new one.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

export class Files {
  constructor(folder) { this.folder = folder; mkdirSync(join(folder, 'lists'), { recursive: true, mode: 0o700 }); }
  path(name) { return join(this.folder, name); }
  has(name) { return existsSync(this.path(name)); }
  read(name) { return this.has(name) ? readFileSync(this.path(name)) : null; }
  json(name) { const b = this.read(name); return b && JSON.parse(b.toString('utf8')); }
  replace(name, bytes) {
    const to = this.path(name), part = `${to}.part`, fd = openSync(part, 'w', 0o600);
    try { writeAll(fd, bytes); fsyncSync(fd); } finally { closeSync(fd); }
    renameSync(part, to);
    const folder = openSync(dirname(to), 'r');
    try { fsyncSync(folder); } finally { closeSync(folder); }
  }
  remove(name) { rmSync(this.path(name), { force: true }); }
  replaceJson(name, value) { this.replace(name, Buffer.from(JSON.stringify(value, null, 1) + '\n')); }
}

export function writeAll(fd, bytes) {
  const data = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes);
  for (let at = 0; at < data.length;) at += writeSync(fd, data, at, data.length - at);
}
