package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What all decoders of this package share: bounds, one kind of exception, nothing left over. */
final class Decoding {

    /** Longest name of a point or an area, in bytes of UTF-8. */
    static final int MAX_NAME = 64;

    private Decoding() {}

    static <T> T exactly(byte[] bytes, int max, String what, Function<ByteReader, T> read) {
        ModelException.require(
                bytes.length <= max, ModelException.Reason.LENGTH, what + " of at most " + max + " bytes");
        try {
            ByteReader in = new ByteReader(bytes);
            T value = read.apply(in);
            in.end();
            return value;
        } catch (MalformedInput e) {
            throw new ModelException(
                    ModelException.Reason.LENGTH, what + " is cut short, too long or has text that is not UTF-8");
        }
    }

    /** One value, one encoding: what does not encode to the same bytes again is refused. */
    static <T extends ListRecord> T canonical(byte[] bytes, ListKind kind, Function<ByteReader, T> read) {
        T record = exactly(bytes, kind.maxRecordLength(), kind.english() + " record", read);
        ModelException.require(
                Arrays.equals(record.canonical(), bytes),
                ModelException.Reason.ORDER,
                "the canonical form of a record");
        return record;
    }

    static void magic(ByteReader in, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.US_ASCII);
        ModelException.require(
                Arrays.equals(expected, in.bytes(expected.length)),
                ModelException.Reason.MAGIC,
                "a record that begins with '" + magic + "'");
    }

    static <T> List<T> list(ByteReader in, int count, Function<ByteReader, T> read) {
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(read.apply(in));
        }
        return List.copyOf(items);
    }

    /** Text that UTF-8 can carry: a half surrogate would come back as another character. */
    static void text(String text, int max, String what) {
        ModelException.require(
                StandardCharsets.UTF_8.newEncoder().canEncode(text),
                ModelException.Reason.RANGE,
                what + " of whole characters");
        ModelException.require(
                text.getBytes(StandardCharsets.UTF_8).length <= max,
                ModelException.Reason.LENGTH,
                what + " of at most " + max + " UTF-8 bytes");
    }
}
