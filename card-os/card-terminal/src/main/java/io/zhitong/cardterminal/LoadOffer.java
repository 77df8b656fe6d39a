package io.zhitong.cardterminal;

import io.zhitong.smcrypto.ByteReader;

/**
 * The card's answer to INIT LOAD (圈存初始化应答), 16 bytes: balance 4 ‖ online sequence 2 ‖ key version 1 ‖ algorithm 1 ‖
 * random 4 ‖ MAC1 4.
 */
record LoadOffer(long balance, int onlineSeq, int keyVersion, int algorithm, byte[] random, byte[] mac1) {
    static final int LENGTH = 16;

    static LoadOffer parse(byte[] answer) {
        var in = new ByteReader(answer);
        var offer = new LoadOffer(in.u32(), in.u16(), in.u8(), in.u8(), in.bytes(4), in.bytes(4));
        in.end();
        return offer;
    }
}
