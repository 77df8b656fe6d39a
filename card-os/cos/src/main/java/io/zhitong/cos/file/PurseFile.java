package io.zhitong.cos.file;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;
import java.util.Optional;

/**
 * A purse (电子存折 / 电子钱包): balance 4, what may be spent, the overdraft included ‖ online sequence 2 ‖ offline sequence 2 ‖ overdraft limit 3 ‖ 00, then for each
 * transaction type 1..9 the last proof: present 1 ‖ sequence 2 ‖ MAC4 ‖ TAC4, 00, then {@link GreyLock}.
 */
public final class PurseFile {
    /** Highest balance, fen. */
    public static final long MOST = 0xFFFFFFFFL;

    /** Bytes of memory that a purse takes. */
    public static final int EXTENT = 144;

    private static final int PROOFS = 12;
    private static final int PROOF = 11;
    private static final int GREY = 112;
    private static final int MAX_SEQUENCE = 0xFFFF;

    private final CardFile file;

    /** Over a file of kind {@link FileKind#PURSE}. */
    public PurseFile(CardFile file) {
        this.file = file;
    }

    /** Balance in fen, unsigned. */
    public long balance() {
        return new ByteReader(file.read(0, 4)).u32();
    }

    /** Sequence of loads and their like. */
    public int onlineSequence() {
        return u16(4);
    }

    /** Sequence of purchases and their like. */
    public int offlineSequence() {
        return u16(6);
    }

    /** Overdraft limit in fen. */
    public int overdraft() {
        return new ByteReader(file.read(8, 3)).u24();
    }

    /** Changes the overdraft limit. */
    public void limitOverdraft(int limit) {
        file.write(8, new ByteWriter().u24(limit).toByteArray());
    }

    /** The grey lock. */
    public GreyLock grey() {
        return GreyLock.parse(file.read(GREY, GreyLock.LENGTH));
    }

    /** Changes the grey lock. */
    public void grey(GreyLock lock) {
        file.write(GREY, lock.encode());
    }

    /** The TAC of the last debit or unlock was fetched. */
    public void forgetGrey() {
        file.write(GREY, new byte[GreyLock.LENGTH]);
    }

    /** One GMAC try fewer. */
    public void spendGreyTry() {
        file.write(GREY + GreyLock.TRIES_AT, (byte) (grey().tries() - 1));
    }

    /** Short identifier of the log file. */
    public int logSfi() {
        return file.flags() & 0x1F;
    }

    /** Whether one more transaction of that direction can be numbered. */
    public boolean canCount(int sequence) {
        return sequence < MAX_SEQUENCE;
    }

    /** New balance and online sequence + 1. */
    public void settleOnline(long balance) {
        put(balance);
        file.write(4, new ByteWriter().u16(onlineSequence() + 1).toByteArray());
    }

    /** New balance and offline sequence + 1. */
    public void settleOffline(long balance) {
        put(balance);
        file.write(6, new ByteWriter().u16(offlineSequence() + 1).toByteArray());
    }

    /** Keeps the proof of the last transaction of a type. */
    public void keepProof(int type, int sequence, byte[] mac4, byte[] tac4) {
        file.write(
                PROOFS + (type - 1) * PROOF,
                new ByteWriter().u8(1).u16(sequence).bytes(mac4).bytes(tac4).toByteArray());
    }

    /** MAC4‖TAC4 of the last transaction of a type (1..9), if it had that sequence number. */
    public Optional<byte[]> proof(int type, int sequence) {
        byte[] kept = file.read(PROOFS + (type - 1) * PROOF, PROOF);
        int number = (kept[1] & 0xFF) << 8 | kept[2] & 0xFF;
        return kept[0] == 1 && number == sequence ? Optional.of(Arrays.copyOfRange(kept, 3, PROOF)) : Optional.empty();
    }

    private void put(long balance) {
        file.write(0, new ByteWriter().u32(balance).toByteArray());
    }

    private int u16(int offset) {
        return new ByteReader(file.read(offset, 2)).u16();
    }
}
