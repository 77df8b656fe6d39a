package io.zhitong.cardreaders;

import io.zhitong.cardspec.CardChannel;
import java.util.Arrays;

/**
 * Hides T=0: collects {@code 61xx} by GET RESPONSE and repeats a command answered {@code 6Cxx} with the length the card
 * asks for, so that a caller sees one complete answer whatever the protocol (取响应).
 *
 * <p>Source: ISO/IEC 7816-4, 5.3.4. Bounded: at most {@value #LIMIT} further exchanges per command.
 */
public final class CompleteAnswerChannel implements CardChannel {
    private static final int LIMIT = 8;

    private final CardChannel inner;

    public CompleteAnswerChannel(CardChannel inner) {
        this.inner = inner;
    }

    @Override
    public byte[] transceive(byte[] apdu) {
        byte[] collected = {};
        byte[] answer = inner.transceive(apdu);
        for (int i = 0; i < LIMIT; i++) {
            int sw1 = answer[answer.length - 2] & 0xFF;
            byte le = answer[answer.length - 1];
            if (sw1 == 0x6C) {
                byte[] again = Arrays.copyOf(apdu, apdu.length);
                again[again.length - 1] = le;
                answer = inner.transceive(again);
            } else if (sw1 == 0x61) {
                collected = join(collected, answer, answer.length - 2);
                answer = inner.transceive(new byte[] {0, (byte) 0xC0, 0, 0, le});
            } else {
                break;
            }
        }
        return join(collected, answer, answer.length);
    }

    private static byte[] join(byte[] head, byte[] tail, int tailLength) {
        byte[] joined = Arrays.copyOf(head, head.length + tailLength);
        System.arraycopy(tail, 0, joined, head.length, tailLength);
        return joined;
    }
}
