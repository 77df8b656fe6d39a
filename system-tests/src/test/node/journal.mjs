// The device's journal: records of docs/events.md, chained, forced to the disk before they are sent.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { sm3 } from './bytes.mjs';

export class Journal {
    constructor(folder, device) {
        this.file = path.join(folder, 'journal');
        this.device = device;
        this.records = [];
        this.hashes = [Buffer.alloc(32)];
        const fresh = !fs.existsSync(this.file);
        if (fresh) {
            fs.writeFileSync(this.file, crypto.randomBytes(8).toString('hex') + ' 0\n', { mode: 0o600 });
        }
        const [first, ...lines] = fs.readFileSync(this.file, 'utf8').trimEnd().split('\n');
        const [id] = first.split(' ');
        this.id = Buffer.from(id, 'hex');
        lines.filter((line) => !line.startsWith('boot')).forEach((line) => this.remember(Buffer.from(line, 'hex')));
        this.boot = lines.filter((line) => line.startsWith('boot')).length + 1;
        this.line('boot');
        if (fresh) {
            this.append(0x0404, 0, Buffer.concat([Buffer.from([1, 0]), Buffer.alloc(48)]));
        }
        this.append(0x0401, 0, Buffer.from('node client 1'));
    }

    get last() {
        return this.records.length;
    }

    append(kind, point, body, offset = 0n, quality = 1) {
        const head = Buffer.alloc(87);
        head.write('ZTJ1');
        head.writeUInt32BE(this.device.community, 4);
        head.writeUInt32BE(this.device.device, 8);
        this.id.copy(head, 12);
        head.writeBigUInt64BE(BigInt(this.last + 1), 20);
        this.hashes[this.last].copy(head, 28);
        head.writeUInt32BE(this.boot, 60);
        head.writeBigInt64BE(BigInt(Date.now()), 64);
        head.writeBigInt64BE(offset, 72);
        head[80] = quality;
        head.writeUInt16BE(kind, 81);
        head.writeUInt16BE(point, 83);
        head.writeUInt16BE(body.length, 85);
        const record = Buffer.concat([head, body]);
        this.line(record.toString('hex'));
        this.remember(record);
        return record;
    }

    remember(record) {
        this.hashes.push(sm3(this.hashes[this.last], record));
        this.records.push(record);
    }

    line(content) {
        const file = fs.openSync(this.file, 'a');
        fs.writeSync(file, content + '\n');
        fs.fsyncSync(file);
        fs.closeSync(file);
    }

    /** As many records after a sequence as fill a batch. */
    batch(after) {
        const out = [];
        for (let size = 0; after + out.length < this.last; ) {
            const record = this.records[after + out.length];
            size += record.length + 4;
            if (out.length > 0 && size > 12000) {
                break;
            }
            out.push(record);
        }
        return out;
    }
}
