package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records whose keys hash to one place (桶), as they are hashed and as a device stores them: (length 2 ‖ record) … in the
 * order of their bytes. One array for all of them. Unchangeable.
 */
final class Bucket implements TreePart {

    static final Bucket EMPTY = new Bucket(new byte[0]);
    private static final byte[] MARK = {0};
    private static final int LENGTH = 2;

    private final byte[] bytes;

    private Bucket(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param records in any order
     * @throws ModelException if a key occurs twice
     */
    static Bucket of(ListKind kind, List<byte[]> records) {
        byte[][] sorted = records.toArray(byte[][]::new);
        Arrays.sort(sorted, Arrays::compareUnsigned);
        int size = 0;
        for (int i = 0; i < sorted.length; i++) {
            ModelException.require(
                    i == 0 || !sameKey(kind, sorted[i - 1], sorted[i]), ModelException.Reason.ORDER, "every key once");
            Bounds.u16(sorted[i].length, "a record's length");
            size += LENGTH + sorted[i].length;
        }
        return size == 0 ? EMPTY : new Bucket(joined(sorted, size));
    }

    private static byte[] joined(byte[][] records, int size) {
        byte[] bytes = new byte[size];
        int at = 0;
        for (byte[] record : records) {
            bytes[at] = (byte) (record.length >> Byte.SIZE);
            bytes[at + 1] = (byte) record.length;
            System.arraycopy(record, 0, bytes, at + LENGTH, record.length);
            at += LENGTH + record.length;
        }
        return bytes;
    }

    private static boolean sameKey(ListKind kind, byte[] one, byte[] other) {
        return Arrays.equals(one, 0, kind.keyLength(), other, 0, kind.keyLength());
    }

    /** With {@code put} instead of records of their keys, and without the records of {@code removed} keys. */
    Bucket changed(ListKind kind, List<byte[]> put, List<byte[]> removed) {
        List<byte[]> records = new ArrayList<>(records());
        records.removeIf(old -> put.stream().anyMatch(record -> sameKey(kind, old, record))
                || removed.stream().anyMatch(key -> sameKey(kind, old, key)));
        records.addAll(put);
        return of(kind, records);
    }

    List<byte[]> records() {
        List<byte[]> records = new ArrayList<>();
        forEach((data, from, to) -> records.add(Arrays.copyOfRange(data, from, to)));
        return List.copyOf(records);
    }

    byte[] toByteArray() {
        return bytes.clone();
    }

    /** @throws ModelException if the bytes are not length 2 ‖ record, again and again */
    static List<byte[]> split(byte[] bytes) {
        List<byte[]> records = new ArrayList<>();
        try {
            ByteReader in = new ByteReader(bytes);
            while (in.remaining() > 0) {
                records.add(in.sized());
            }
        } catch (MalformedInput e) {
            throw new ModelException(ModelException.Reason.LENGTH, "expected whole records, each behind its length");
        }
        return List.copyOf(records);
    }

    private int next(int at) {
        return at + LENGTH + ((bytes[at] & 0xFF) << Byte.SIZE | bytes[at + 1] & 0xFF);
    }

    @Override
    public int count() {
        int count = 0;
        for (int at = 0; at < bytes.length; at = next(at)) {
            count++;
        }
        return count;
    }

    @Override
    public byte[] hash() {
        return bytes.length == 0 ? new byte[Hash.LENGTH] : Sm3.hash(MARK, bytes);
    }

    @Override
    public byte[] record(int index) {
        int at = 0;
        for (int i = 0; i < index; i++) {
            at = next(at);
        }
        return Arrays.copyOfRange(bytes, at + LENGTH, next(at));
    }

    @Override
    public void forEach(RecordVisitor visitor) {
        for (int at = 0; at < bytes.length; at = next(at)) {
            visitor.record(bytes, at + LENGTH, next(at));
        }
    }

    @Override
    public Bucket sharing(TreePart other) {
        return other instanceof Bucket that && Arrays.equals(bytes, that.bytes) ? that : this;
    }

    @Override
    public void differing(TreePart other, int place, List<Integer> found) {
        if (!(other instanceof Bucket that && Arrays.equals(bytes, that.bytes))) {
            found.add(place);
        }
    }
}
