package io.zhitong.controller;

import io.zhitong.accessmodel.PinHash;
import io.zhitong.accessmodel.PinRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.decision.Extras;
import io.zhitong.decision.Policy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings card and PIN of a point together, in either order within 15 s (密码核对). The arithmetic runs on a thread of its own, never in the
 * turn of the doors; right PIN and the one of distress are both tried each time, so that neither takes longer. Used in the doors' turn.
 */
final class PinDesk {

    private static final Logger LOG = LoggerFactory.getLogger(PinDesk.class);
    private static final long KEPT_MILLIS = 15_000;
    private static final int SHORTEST = 4;
    private static final int LONGEST = 16;

    /** What waits at a point: a card for its PIN, or digits for their card. */
    private record Waiting(Optional<Shown> card, byte[] digits, long until) {}

    private final Supplier<DoorPolicy> policy;
    private final DoorClock clock;
    private final PinTries tries;
    private final Executor worker;
    private final Executor turn;
    private final BiConsumer<PointId, Shown> proved;
    private final Map<PointId, Waiting> waiting = new HashMap<>();

    /**
     * @param worker does the arithmetic
     * @param turn brings the result back into the doors' turn
     * @param proved decides anew, with the PIN
     */
    PinDesk(
            Supplier<DoorPolicy> policy,
            DoorClock clock,
            PointMemory memory,
            Executor worker,
            Executor turn,
            BiConsumer<PointId, Shown> proved) {
        this.policy = policy;
        this.clock = clock;
        this.tries = new PinTries(memory, clock);
        this.worker = worker;
        this.turn = turn;
        this.proved = proved;
    }

    /** A card was denied for want of its PIN. */
    void shown(PointId point, Shown card) {
        byte[] digits = taken(point).map(Waiting::digits).orElse(new byte[0]);
        if (digits.length > 0) {
            check(point, card, digits);
        } else {
            waiting.put(point, new Waiting(Optional.of(card), digits, clock.monotonicMillis() + KEPT_MILLIS));
        }
    }

    /** @param typed digits that were sent off at the keypad; anything else is no PIN */
    void typed(PointId point, String typed) {
        boolean pin = typed.length() >= SHORTEST
                && typed.length() <= LONGEST
                && typed.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!pin) {
            return;
        }
        byte[] digits = typed.getBytes(StandardCharsets.US_ASCII);
        Optional<Shown> card = taken(point).flatMap(Waiting::card);
        if (card.isPresent()) {
            check(point, card.get(), digits);
        } else {
            waiting.put(point, new Waiting(Optional.empty(), digits, clock.monotonicMillis() + KEPT_MILLIS));
        }
    }

    /** Forgets what nobody completed. */
    void timePassed() {
        waiting.values().removeIf(each -> clock.monotonicMillis() >= each.until());
    }

    private Optional<Waiting> taken(PointId point) {
        return Optional.ofNullable(waiting.remove(point)).filter(each -> clock.monotonicMillis() < each.until());
    }

    /** Without a PIN on the list the card stays denied for want of one. */
    private void check(PointId point, Shown card, byte[] digits) {
        Policy rules = policy.get().rules();
        Optional<PinRecord> pin = card.credential(rules).flatMap(rules::pin);
        if (pin.isEmpty()) {
            LOG.info("point {}: no PIN is on the list for this card", point.value());
        } else if (tries.taken(pin.get().credential())) {
            compute(point, card, pin.get(), digits);
        } else {
            proved.accept(point, card.with(card.extras().pin(false, false)));
        }
    }

    private void compute(PointId point, Shown card, PinRecord pin, byte[] digits) {
        try {
            worker.execute(() -> {
                boolean right = PinHash.matches(pin, digits);
                boolean distress = PinHash.matches(pin, oneLess(digits));
                Arrays.fill(digits, (byte) 0);
                turn.execute(() -> answer(point, card, pin, right, distress));
            });
        } catch (RejectedExecutionException e) {
            LOG.warn("point {}: too many PINs wait, this one is not looked at", point.value());
        }
    }

    private void answer(PointId point, Shown card, PinRecord pin, boolean right, boolean distress) {
        if (right || distress) {
            tries.forgotten(pin.credential());
        }
        Extras extras = card.extras().pin(right || distress, distress && !right);
        proved.accept(point, card.with(extras));
    }

    /** Under duress the last digit is typed one higher, 9 as 0. */
    private static byte[] oneLess(byte[] digits) {
        byte[] less = digits.clone();
        int last = less.length - 1;
        less[last] = (byte) (less[last] == '0' ? '9' : less[last] - 1);
        return less;
    }
}
