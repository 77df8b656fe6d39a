package io.zhitong.cardspec;

import io.zhitong.smcrypto.ByteWriter;

/**
 * What the purse's MACs and TACs cover, and their session seeds (docs/card.md "Cryptograms"). Amounts and balances are
 * fen, unsigned, 4 bytes; terminal numbers 6 bytes. The algorithm is the caller's: feed the result to
 * {@link CardAlgorithm#sessionKey}, {@link CardAlgorithm#mac4(byte[], byte[])} or {@link CardAlgorithm#tac4}.
 */
public final class PurseCryptograms {
    private PurseCryptograms() {}

    /** rnd4 ‖ onlineSeq2 ‖ 8000: load, unload, overdraft. */
    public static byte[] onlineSeed(byte[] random4, int onlineSeq) {
        return new ByteWriter().bytes(random4).u16(onlineSeq).u16(0x8000).toByteArray();
    }

    /** rnd4 ‖ offlineSeq2 ‖ the right two bytes of the terminal sequence: purchase, cash, CAPP. */
    public static byte[] offlineSeed(byte[] random4, int offlineSeq, long terminalSeq) {
        return new ByteWriter()
                .bytes(random4)
                .u16(offlineSeq)
                .u16((int) (terminalSeq & 0xFFFF))
                .toByteArray();
    }

    /** MAC1 of load and unload: oldBalance4 ‖ amount4 ‖ type ‖ terminal6. */
    public static byte[] loadMac1(long oldBalance, long amount, TransactionType type, byte[] terminal6) {
        return new ByteWriter()
                .u32(oldBalance)
                .u32(amount)
                .u8(type.id())
                .bytes(terminal6)
                .toByteArray();
    }

    /** MAC2 of load and unload, and MAC1 of purchase, cash, CAPP: amount4 ‖ type ‖ terminal6 ‖ date4 ‖ time3. */
    public static byte[] hostMac(long amount, TransactionType type, byte[] terminal6, CardTime time) {
        return new ByteWriter()
                .u32(amount)
                .u8(type.id())
                .bytes(terminal6)
                .bytes(time.bytes())
                .toByteArray();
    }

    /** TAC of a load and MAC3 of an unload: newBalance4 ‖ onlineSeq2 (before +1) ‖ amount4 ‖ type ‖ terminal6 ‖ time7. */
    public static byte[] loadTac(
            long newBalance, int onlineSeq, long amount, TransactionType type, byte[] terminal6, CardTime time) {
        return new ByteWriter()
                .u32(newBalance)
                .u16(onlineSeq)
                .u32(amount)
                .u8(type.id())
                .bytes(terminal6)
                .bytes(time.bytes())
                .toByteArray();
    }

    /** MAC2 of a purchase (card to PSAM): amount4. */
    public static byte[] purchaseMac2(long amount) {
        return new ByteWriter().u32(amount).toByteArray();
    }

    /** TAC of purchase, cash, CAPP: amount4 ‖ type ‖ terminal6 ‖ terminalSeq4 ‖ date4 ‖ time3. */
    public static byte[] purchaseTac(
            long amount, TransactionType type, byte[] terminal6, long terminalSeq, CardTime time) {
        return new ByteWriter()
                .u32(amount)
                .u8(type.id())
                .bytes(terminal6)
                .u32(terminalSeq)
                .bytes(time.bytes())
                .toByteArray();
    }

    /** MAC1 of an overdraft change: oldBalance4 ‖ oldLimit3 ‖ 07 ‖ terminal6. */
    public static byte[] overdraftMac1(long oldBalance, int oldLimit, byte[] terminal6) {
        return new ByteWriter()
                .u32(oldBalance)
                .u24(oldLimit)
                .u8(TransactionType.OVERDRAFT.id())
                .bytes(terminal6)
                .toByteArray();
    }

    /** MAC2 of an overdraft change: newLimit3 ‖ 07 ‖ terminal6 ‖ date4 ‖ time3. */
    public static byte[] overdraftMac2(int newLimit, byte[] terminal6, CardTime time) {
        return new ByteWriter()
                .u24(newLimit)
                .u8(TransactionType.OVERDRAFT.id())
                .bytes(terminal6)
                .bytes(time.bytes())
                .toByteArray();
    }

    /** TAC of an overdraft change: newBalance4 ‖ onlineSeq2 (before +1) ‖ newLimit3 ‖ 07 ‖ terminal6 ‖ time7. */
    public static byte[] overdraftTac(long newBalance, int onlineSeq, int newLimit, byte[] terminal6, CardTime time) {
        return new ByteWriter()
                .u32(newBalance)
                .u16(onlineSeq)
                .u24(newLimit)
                .u8(TransactionType.OVERDRAFT.id())
                .bytes(terminal6)
                .bytes(time.bytes())
                .toByteArray();
    }
}
