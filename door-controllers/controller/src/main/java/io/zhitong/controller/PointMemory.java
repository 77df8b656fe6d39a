package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.decision.PointState;
import io.zhitong.edge.DeviceState;
import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
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
            public void put(String name, Optional<String> value) {
                state.put(name, value);
            }
        });
    }

    /** @throws EdgeException CONFIG when it cannot be understood: starting unlocked would be worse */
    Optional<PointMode> commanded(PointId point) {
        return read("mode", point, PointMode::valueOf);
    }

    void command(PointId point, Optional<PointMode> mode) {
        write("mode", point, mode.map(PointMode::name));
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

    private <T> Optional<T> read(String what, PointId point, Function<String, T> parser) {
        String name = what + "." + point.value();
        try {
            return notes.get(name).map(parser);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new EdgeException(EdgeFault.CONFIG, "what is remembered as " + name + " cannot be understood", e);
        }
    }

    private void write(String what, PointId point, Optional<String> value) {
        try {
            notes.put(what + "." + point.value(), value);
        } catch (EdgeException e) {
            LOG.error("point {}: {} will not survive a restart: {}", point.value(), what, e.getMessage());
        }
    }
}
