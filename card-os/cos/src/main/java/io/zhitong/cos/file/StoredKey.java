package io.zhitong.cos.file;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.KeyType;
import java.util.Arrays;

/**
 * One key or PIN in a key file (密钥记录): length 1 ‖ type 1 (bits 8–7: to be replaced only protected) ‖ id 1 ‖ use access 1
 * ‖ change access 1 ‖ version, next state or short EF 1 ‖ algorithm or unused 1 ‖ tries 1 (high nibble most, low nibble
 * left) ‖ value. A view of the file.
 */
public final class StoredKey {
    static final int HEAD = 8;
    private static final int TRIES = 7;

    private final CardFile file;
    private final int at;

    StoredKey(CardFile file, int at) {
        this.file = file;
        this.at = at;
    }

    int length() {
        return field(0);
    }

    int next() {
        return at + HEAD + length();
    }

    boolean is(int type, int id) {
        return (field(1) & 0x3F) == type && field(2) == id;
    }

    boolean is(KeyType type) {
        return (field(1) & 0x3F) == type.code();
    }

    /** Type byte without its protection bits. */
    public int typeCode() {
        return field(1) & 0x3F;
    }

    /** Key id. */
    public int id() {
        return field(2);
    }

    /** Whether WRITE KEY must come encrypted with a MAC. */
    public boolean needsProtectedChange() {
        return (field(1) & 0xC0) != 0;
    }

    /** Access byte for use. */
    public int useRule() {
        return field(3);
    }

    /** Access byte for replacing. */
    public int changeRule() {
        return field(4);
    }

    /** Version of a purse or access key. */
    public int version() {
        return field(5);
    }

    /** Status that a good authentication reaches. */
    public int nextState() {
        return field(5) & 0x0F;
    }

    /** Algorithm byte as written, for keys that have one. */
    public int algorithmByte() {
        return field(6);
    }

    /** Algorithm of a key with an algorithm byte. */
    public CardAlgorithm algorithm() {
        return (field(6) & 0x0F) == CardAlgorithm.SM4.id() ? CardAlgorithm.SM4 : CardAlgorithm.TRIPLE_DES;
    }

    /** Tries left, 0..15. */
    public int triesLeft() {
        return field(TRIES) & 0x0F;
    }

    /** Tries after a success, 1..15. */
    public int mostTries() {
        return field(TRIES) >> 4;
    }

    /** One try fewer; the caller commits before it compares anything. */
    public void spendTry() {
        int tries = field(TRIES);
        if ((tries & 0x0F) > 0) {
            file.write(at + TRIES, (byte) (tries - 1));
        }
    }

    /** All tries again. */
    public void restoreTries() {
        int most = field(TRIES) >> 4;
        file.write(at + TRIES, (byte) (most << 4 | most));
    }

    /** The key bytes; the caller wipes them. */
    public byte[] value() {
        return file.read(at + HEAD, length());
    }

    /** Another value of the same length. */
    public void replace(byte[] value) {
        if (value.length != length()) {
            throw new IllegalArgumentException("expected " + length() + " bytes, came " + value.length);
        }
        file.write(at + HEAD, value);
    }

    /** Replaces header and value; the length stays. */
    void put(byte[] head, byte[] value) {
        file.write(at, head);
        file.write(at + HEAD, value);
    }

    private int field(int offset) {
        return file.read(at + offset, 1)[0] & 0xFF;
    }

    /** A key's bytes do not belong in a log. */
    @Override
    public String toString() {
        return "StoredKey[" + Arrays.toString(new int[] {field(1), field(2)}) + "]";
    }
}
