package io.zhitong.cardterminal;

import io.zhitong.smcrypto.ByteReader;

/**
 * What a card offers a host (联机交易初始化应答). INIT OVERDRAFT answers 19 bytes: balance 4 ‖ online sequence 2 ‖ limit 3 ‖ key
 * version 1 ‖ algorithm 1 ‖ random 4 ‖ MAC1 4; INIT GREY UNLOCK 18: balance 4 ‖ offline sequence 2 (kept as limit) ‖ online
 * sequence 2 ‖ key version 1 ‖ algorithm 1 ‖ random 4 ‖ MAC1 4.
 */
record HostOffer(long balance, int onlineSeq, int limit, int keyVersion, int algorithm, byte[] random, byte[] mac1) {
    static final int OVERDRAFT = 19;
    static final int GREY_UNLOCK = 18;

    static HostOffer overdraft(byte[] answer) {
        var in = new ByteReader(answer);
        var offer = new HostOffer(in.u32(), in.u16(), in.u24(), in.u8(), in.u8(), in.bytes(4), in.bytes(4));
        in.end();
        return offer;
    }

    static HostOffer greyUnlock(byte[] answer) {
        var in = new ByteReader(answer);
        long balance = in.u32();
        int offlineSeq = in.u16();
        var offer = new HostOffer(balance, in.u16(), offlineSeq, in.u8(), in.u8(), in.bytes(4), in.bytes(4));
        in.end();
        return offer;
    }
}
