package io.zhitong.cardterminal.pool;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.StatusWord;
import java.util.Optional;
import java.util.Set;

/** Remembers whether what lies in the slot can still be used; used by whoever has the SAM. */
final class WatchedChannel implements CardChannel {
    private static final Set<Integer> BROKEN = Set.of(
            StatusWord.LOCKED_FOR_GOOD.value(),
            StatusWord.AUTHENTICATION_BLOCKED.value(),
            StatusWord.MEMORY_FAILED.value(),
            StatusWord.INTERNAL.value(),
            StatusWord.NOT_SUPPORTED.value());

    private final CardChannel slot;
    private Optional<String> failure = Optional.empty();

    WatchedChannel(CardChannel slot) {
        this.slot = slot;
    }

    @Override
    public byte[] transceive(byte[] command) {
        try {
            byte[] answer = slot.transceive(command);
            int sw = ResponseApdu.parse(answer).sw();
            if (BROKEN.contains(sw)) {
                failure = Optional.of(StatusWord.describe(sw));
            }
            return answer;
        } catch (CardException e) {
            failure = Optional.of(e.reason().en());
            throw e;
        }
    }

    /** Why it is not to be used any more. */
    Optional<String> failure() {
        return failure;
    }
}
