package io.zhitong.uhppote.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.smcrypto.Hex;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** Frames written out: the bytes before the last that is not zero. */
final class Wire {

    private Wire() {}

    static byte[] frame(String hex) {
        return Arrays.copyOf(Hex.parse(hex), Frame.LENGTH_BYTES);
    }

    /** What is asked goes out in these bytes, and these bytes are read as that question. */
    static void asks(Request<?> request, java.util.function.Function<byte[], ?> decode, String hex) {
        assertArrayEquals(frame(hex), request.encode(), () -> request + " went out as " + Hex.of(request.encode()));
        assertEquals(request, decode.apply(frame(hex)));
    }

    /** These bytes are read as that answer, and it goes out in them. */
    static void answers(Answer answer, Request<?> asked, String hex) {
        assertEquals(answer, asked.answer(frame(hex)));
        assertArrayEquals(frame(hex), answer.encode(), () -> answer + " went out as " + Hex.of(answer.encode()));
    }

    static Inet4Address ip(String literal) {
        return (Inet4Address) new InetSocketAddress(literal, 0).getAddress();
    }
}
