package io.zhitong.cardterminal;

import io.zhitong.smcrypto.ByteReader;

/**
 * The card's answer to INIT OVERDRAFT (修改透支限额初始化应答), 19 bytes: balance 4 ‖ online sequence 2 ‖ limit 3 ‖ key version
 * 1 ‖ algorithm 1 ‖ random 4 ‖ MAC1 4.
 */
record OverdraftOffer(
        long balance, int onlineSeq, int limit, int keyVersion, int algorithm, byte[] random, byte[] mac1) {
    static final int LENGTH = 19;

    static OverdraftOffer parse(byte[] answer) {
        var in = new ByteReader(answer);
        var offer = new OverdraftOffer(in.u32(), in.u16(), in.u24(), in.u8(), in.u8(), in.bytes(4), in.bytes(4));
        in.end();
        return offer;
    }
}
