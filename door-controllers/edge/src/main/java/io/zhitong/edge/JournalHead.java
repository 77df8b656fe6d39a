package io.zhitong.edge;

import io.zhitong.accessmodel.Hash;

/**
 * Where a journal stands (日志头): the newest record and how many bytes are held.
 *
 * @param sequence 0 = none
 */
record JournalHead(long sequence, Hash hash, long bytes) {

    static final JournalHead EMPTY = new JournalHead(0, Hash.ZERO, 0);

    JournalHead without(long freed) {
        return new JournalHead(sequence, hash, bytes - freed);
    }
}
