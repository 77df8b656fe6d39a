package io.zhitong.cardterminal;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a card answers to SELECT (文件控制信息): {@code 6F{84 name, A5{…}}}, docs/card.md.
 *
 * <p>Lengths are one byte; tags one byte, or two where the low five bits of the first are set (ISO/IEC 7816-4, 5.2.2).
 */
public final class Fci {
    private static final int TEMPLATE = 0x6F;
    private static final int NAME = 0x84;
    private static final int PROPRIETARY = 0xA5;

    private final byte[] encoded;
    private final Map<Integer, byte[]> outer;
    private final Map<Integer, byte[]> proprietary;

    private Fci(byte[] encoded, Map<Integer, byte[]> outer, Map<Integer, byte[]> proprietary) {
        this.encoded = encoded.clone();
        this.outer = outer;
        this.proprietary = proprietary;
    }

    /** @throws MalformedInput if the bytes are no such template, or a tag stands in it twice */
    public static Fci parse(byte[] encoded) {
        byte[] inner = objects(encoded).get(TEMPLATE);
        if (inner == null) {
            throw new MalformedInput("expected an FCI template 6F");
        }
        Map<Integer, byte[]> outer = objects(inner);
        return new Fci(encoded, outer, objects(outer.getOrDefault(PROPRIETARY, new byte[0])));
    }

    private static Map<Integer, byte[]> objects(byte[] data) {
        var in = new ByteReader(data);
        Map<Integer, byte[]> found = new TreeMap<>();
        while (in.remaining() > 0) {
            int tag = in.u8();
            if ((tag & 0x1F) == 0x1F) {
                tag = tag << 8 | in.u8();
            }
            if (found.put(tag, in.bytes(in.u8())) != null) {
                throw new MalformedInput("expected each tag once in an FCI");
            }
        }
        return found;
    }

    /** The bytes as answered, without status word. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** Name of the application; empty if the card does not say. */
    public byte[] name() {
        return outer.getOrDefault(NAME, new byte[0]).clone();
    }

    /** A field of the proprietary part A5. */
    public Optional<byte[]> proprietary(int tag) {
        return Optional.ofNullable(proprietary.get(tag)).map(byte[]::clone);
    }
}
