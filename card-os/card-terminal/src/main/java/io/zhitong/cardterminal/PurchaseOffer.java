package io.zhitong.cardterminal;

import io.zhitong.smcrypto.ByteReader;

/**
 * The card's answer to INIT PURCHASE (消费初始化应答), 15 bytes: balance 4 ‖ offline sequence 2 ‖ overdraft 3 ‖ key version
 * 1 ‖ algorithm 1 ‖ random 4.
 */
record PurchaseOffer(long balance, int offlineSeq, int overdraft, int keyVersion, int algorithm, byte[] random) {
    static final int LENGTH = 15;

    static PurchaseOffer parse(byte[] answer) {
        var in = new ByteReader(answer);
        var offer = new PurchaseOffer(in.u32(), in.u16(), in.u24(), in.u8(), in.u8(), in.bytes(4));
        in.end();
        return offer;
    }
}
