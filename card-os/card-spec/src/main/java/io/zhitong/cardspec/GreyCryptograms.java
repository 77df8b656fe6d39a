package io.zhitong.cardspec;

import io.zhitong.smcrypto.BlockModes;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;

/**
 * Metered use: what the MACs and TACs of a grey lock cover, and their keys (灰锁), docs/card.md "Grey lock". Amounts and
 * balances are fen, unsigned, 4 bytes; terminal numbers 6 bytes. Thread-safe.
 */
public final class GreyCryptograms {
    private GreyCryptograms() {}

    /**
     * Session key of a lock: the purchase session key encrypts the terminal's random number ‖ 80 00 00…, one block.
     *
     * @param key the card's purchase key
     */
    public static byte[] lockKey(
            CardAlgorithm algorithm, byte[] key, byte[] random4, int offlineSeq, long terminalSeq, byte[] terminal4) {
        byte[] first = algorithm.sessionKey(key, PurseCryptograms.offlineSeed(random4, offlineSeq, terminalSeq));
        try {
            return algorithm.cipher(first).encryptBlock(BlockModes.padAlways(terminal4, algorithm.block()));
        } finally {
            Arrays.fill(first, (byte) 0);
        }
    }

    /** MAC1 of a lock (PSAM to card): type ‖ terminal6 ‖ date4 ‖ time3. */
    public static byte[] lockMac1(TransactionType type, byte[] terminal6, CardTime time) {
        return new ByteWriter()
                .u8(type.id())
                .bytes(terminal6)
                .bytes(time.bytes())
                .toByteArray();
    }

    /** MAC2 of a lock (card to PSAM): balance4 ‖ offlineSeq2. */
    public static byte[] lockMac2(long balance, int offlineSeq) {
        return new ByteWriter().u32(balance).u16(offlineSeq).toByteArray();
    }

    /** GTAC, the TAC of a lock: balance4 ‖ offlineSeq2 ‖ type ‖ terminal6 ‖ terminalSeq4 ‖ date4 ‖ time3. */
    public static byte[] lockTac(
            long balance, int offlineSeq, TransactionType type, byte[] terminal6, long terminalSeq, CardTime time) {
        return new ByteWriter()
                .u32(balance)
                .u16(offlineSeq)
                .u8(type.id())
                .bytes(terminal6)
                .u32(terminalSeq)
                .bytes(time.bytes())
                .toByteArray();
    }

    /** Key of the GMAC: session key of the purchase key for the lock's offlineSeq2 ‖ terminal6. */
    public static byte[] debitKey(CardAlgorithm algorithm, byte[] key, int lockSeq, byte[] terminal6) {
        return algorithm.sessionKey(
                key, new ByteWriter().u16(lockSeq).bytes(terminal6).toByteArray());
    }

    /** GMAC, which lets a locked purse pay (PSAM to card): amount4 ‖ type. */
    public static byte[] debitMac(long amount, TransactionType type) {
        return new ByteWriter().u32(amount).u8(type.id()).toByteArray();
    }

    /** MAC1 of an unlock by the host: balance4 ‖ offlineSeq2 ‖ type ‖ terminal6. */
    public static byte[] unlockMac1(long balance, int offlineSeq, TransactionType type, byte[] terminal6) {
        return new ByteWriter()
                .u32(balance)
                .u16(offlineSeq)
                .u8(type.id())
                .bytes(terminal6)
                .toByteArray();
    }
}
