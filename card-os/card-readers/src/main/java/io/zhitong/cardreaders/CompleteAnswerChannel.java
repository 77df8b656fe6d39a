package io.zhitong.cardreaders;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
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
        byte[] command = apdu;
        byte[] answer = exchange(command);
        for (int i = 0; i < LIMIT; i++) {
            int sw1 = answer[answer.length - 2] & 0xFF;
            byte le = answer[answer.length - 1];
            if (sw1 == 0x6C) {
                // what was sent last, a GET RESPONSE perhaps: a debit must not go to the card twice
                command = withLe(command, le);
            } else if (sw1 == 0x61) {
                collected = join(collected, answer, answer.length - 2);
                command = new byte[] {0, (byte) 0xC0, 0, 0, le};
            } else {
                break;
            }
            answer = exchange(command);
        }
        return join(collected, answer, answer.length);
    }

    private byte[] exchange(byte[] command) {
        byte[] answer = inner.transceive(command);
        if (answer.length < 2) {
            throw new CardException(
                    CardException.Reason.MALFORMED, "expected a status word of 2 bytes, came " + answer.length);
        }
        return answer;
    }

    /** The command with that Le: in the place of its own, or behind it where it has none. */
    private static byte[] withLe(byte[] command, byte le) {
        boolean hasLe = command.length == 5 || command.length > 5 && command.length == 6 + (command[4] & 0xFF);
        byte[] again = Arrays.copyOf(command, hasLe ? command.length : command.length + 1);
        again[again.length - 1] = le;
        return again;
    }

    private static byte[] join(byte[] head, byte[] tail, int tailLength) {
        byte[] joined = Arrays.copyOf(head, head.length + tailLength);
        System.arraycopy(tail, 0, joined, head.length, tailLength);
        return joined;
    }
}
