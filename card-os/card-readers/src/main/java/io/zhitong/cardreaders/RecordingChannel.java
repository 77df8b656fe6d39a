package io.zhitong.cardreaders;

import io.zhitong.cardspec.CardChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps every byte that passes in either direction (通信记录), for audits and for tests that search traffic.
 *
 * <p>A command that got no answer is kept as well, with an empty answer. Not for concurrent use.
 */
public final class RecordingChannel implements CardChannel {
    private final CardChannel inner;
    private final List<Exchange> exchanges = new ArrayList<>();

    public RecordingChannel(CardChannel inner) {
        this.inner = inner;
    }

    @Override
    public byte[] transceive(byte[] apdu) {
        byte[] answer = {};
        try {
            answer = inner.transceive(apdu);
            return answer;
        } finally {
            exchanges.add(new Exchange(apdu, answer));
        }
    }

    /** What passed so far, oldest first. */
    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** A command APDU and its answer with status word. */
    public record Exchange(byte[] command, byte[] answer) {
        public Exchange {
            command = command.clone();
            answer = answer.clone();
        }

        @Override
        public byte[] command() {
            return command.clone();
        }

        @Override
        public byte[] answer() {
            return answer.clone();
        }
    }
}
