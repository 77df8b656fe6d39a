package io.zhitong.cardspec;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a reader tells whoever stands at it (读卡器提示): signal 1 ‖ text. Shown where there is a display, said where there is a voice;
 * light and buzzer go by the signal. Source: our profile, docs/readers.md.
 *
 * @param text 1 to 120 bytes of UTF-8 without control characters
 */
public record ReaderNotice(Signal signal, String text) {

    /** Longest text, in bytes of UTF-8. */
    public static final int MAX_TEXT = 120;

    /** What light and buzzer mean (灯光与蜂鸣含义). The byte is the ordinal. */
    public enum Signal {
        /** Green, one short sound. */
        PASS,
        /** Red, three short sounds. */
        STOP,
        /** Amber, two short sounds: something more is asked for. */
        MORE
    }

    /** How it came to the person (提示方式). Bit n of an answer to {@link ReaderFrame.Op#TELL} is the one with ordinal n. */
    public enum Means {
        DISPLAY,
        VOICE,
        LIGHT_AND_SOUND;

        /** The bits of an answer. */
        public static int bits(Set<Means> means) {
            return means.stream().mapToInt(each -> 1 << each.ordinal()).sum();
        }

        /** Bits that this version does not know are passed over. */
        public static Set<Means> of(int bits) {
            Set<Means> means = EnumSet.noneOf(Means.class);
            Arrays.stream(values())
                    .filter(each -> (bits >> each.ordinal() & 1) == 1)
                    .forEach(means::add);
            return means;
        }
    }

    /** @throws MalformedInput if the text is empty, too long or holds control characters */
    public ReaderNotice {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedInput("expected a text of 1 to " + MAX_TEXT + " bytes without control characters");
        }
    }

    /** Body of a request. */
    public byte[] encode() {
        return new ByteWriter()
                .u8(signal.ordinal())
                .bytes(text.getBytes(StandardCharsets.UTF_8))
                .toByteArray();
    }

    /** @throws MalformedInput if the bytes are no such body */
    public static ReaderNotice decode(byte[] body) {
        ByteReader in = new ByteReader(body);
        int signal = in.u8();
        if (signal >= Signal.values().length) {
            throw new MalformedInput("expected a signal from 0 to " + (Signal.values().length - 1));
        }
        return new ReaderNotice(Signal.values()[signal], utf8(in.rest()));
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedInput("expected a text in UTF-8");
        }
    }
}
