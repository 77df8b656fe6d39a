package io.zhitong.backend.bench;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import java.util.List;
import java.util.Optional;

/**
 * The simulated building as its driver tells it (虚拟卡世界的现状).
 *
 * @param pulses relay pulses so far, oldest first
 * @param words what readers told people so far, oldest first
 */
public record WorldState(List<String> readers, List<WorldCard> cards, List<Pulse> pulses, List<Words> words) {

    public WorldState {
        readers = List.copyOf(readers);
        cards = List.copyOf(cards);
        pulses = List.copyOf(pulses);
        words = List.copyOf(words);
    }

    /** A virtual card, and the reader it lies on, if any. */
    public record WorldCard(String name, String profile, Optional<String> reader) {}

    /** A relay was energised at {@code atMillis} (Unix) for {@code pulseMillis}. */
    public record Pulse(DeviceId device, PointId point, long pulseMillis, long atMillis) {

        boolean runs(long nowMillis) {
            return nowMillis < atMillis + pulseMillis;
        }
    }

    /** A reader showed and said this at {@code atMillis} (Unix). */
    public record Words(String reader, String signal, String text, long atMillis) {
        private static final long SHOWN_MILLIS = 8_000;

        /** A display goes dark after a while. */
        boolean shown(long nowMillis) {
            return nowMillis < atMillis + SHOWN_MILLIS;
        }
    }

    /** What the reader shows now. */
    Optional<Words> wordsOn(String reader, long nowMillis) {
        return words.stream()
                .filter(each -> each.reader().equals(reader) && each.shown(nowMillis))
                .reduce((earlier, later) -> later);
    }

    Optional<WorldCard> cardOn(String reader) {
        return cards.stream()
                .filter(card -> card.reader().filter(reader::equals).isPresent())
                .findFirst();
    }

    Optional<Pulse> lastPulse(DeviceId device, PointId point) {
        return pulses.stream()
                .filter(pulse -> pulse.device().equals(device) && pulse.point().equals(point))
                .reduce((earlier, later) -> later);
    }
}
