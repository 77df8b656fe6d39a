package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.decision.PointState;
import io.zhitong.edge.DeviceState;
import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What points remember over a restart (门点记忆): the commanded mode, so that a lock-down is still a lock-down after a power cut; when
 * the first person of an unlock window came; wrong tries in a row. A disk that refuses costs the memory, not the door.
 */
final class PointMemory {

    private static final Logger LOG = LoggerFactory.getLogger(PointMemory.class);

    /** Where it is kept. */
    interface Notes {

        Optional<String> get(String name);

        /** Everything whose name begins so, by name. */
        Map<String, String> all(String prefix);

        /** @throws EdgeException IO, DISK_FULL */
        void put(String name, Optional<String> value);
    }

    private final Notes notes;

    PointMemory(Notes notes) {
        this.notes = notes;
    }

    static PointMemory in(DeviceState state) {
        return new PointMemory(new Notes() {
            @Override
            public Optional<String> get(String name) {
                return state.get(name);
            }

            @Override
            public Map<String, String> all(String prefix) {
                return state.all(prefix);
            }

            @Override
            public void put(String name, Optional<String> value) {
                state.put(name, value);
            }
        });
    }

    /** @throws EdgeException CONFIG when it cannot be understood: starting unlocked would be worse */
    Optional<Ordered> ordered(PointId point) {
        return read("mode", point, Ordered::parse);
    }

    void order(PointId point, Optional<Ordered> ordered) {
        write("mode", point, ordered.map(Ordered::toString));
    }

    Optional<Instant> firstCame(PointId point) {
        return read("first", point, Instant::parse);
    }

    void firstCame(PointId point, Optional<Instant> when) {
        write("first", point, when.map(Instant::toString));
    }

    int wrongTries(PointId point) {
        return read("wrong", point, Integer::valueOf)
                .filter(tries -> tries >= 0 && tries < PointState.ALARM_AFTER)
                .orElse(0);
    }

    void wrongTries(PointId point, int tries) {
        write("wrong", point, tries == 0 ? Optional.empty() : Optional.of(Integer.toString(tries)));
    }

    /**
     * Everything whose name begins so, by name.
     *
     * @throws EdgeException CONFIG when it cannot be understood
     */
    <T> Map<String, T> all(String prefix, Function<String, T> parser) {
        Map<String, T> parsed = new TreeMap<>();
        notes.all(prefix).forEach((name, value) -> parsed.put(name, parse(name, value, parser)));
        return parsed;
    }

    /** What cannot be written is lost at a restart and stands until then. */
    void write(String name, Optional<String> value) {
        try {
            notes.put(name, value);
        } catch (EdgeException e) {
            LOG.error("{} will not survive a restart: {}", name, e.getMessage());
        }
    }

    private <T> Optional<T> read(String what, PointId point, Function<String, T> parser) {
        String name = what + "." + point.value();
        return notes.get(name).map(value -> parse(name, value, parser));
    }

    private static <T> T parse(String name, String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            throw new EdgeException(EdgeFault.CONFIG, "what is remembered as " + name + " cannot be understood", e);
        }
    }

    private void write(String what, PointId point, Optional<String> value) {
        write(what + "." + point.value(), value);
    }
}
