package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.points.DoorInput;
import io.zhitong.points.Line;
import io.zhitong.points.LineLimits;
import io.zhitong.points.LineState;
import io.zhitong.points.Way;
import io.zhitong.smcrypto.ByteWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The input terminals of the board (输入端子): readings become states of lines, changes of lines become what happens at doors. Used by
 * the loop of the doors alone.
 */
final class Terminals {

    private static final int MOST_IO = 0xFFFF;

    private final Doors doors;
    private final DoorRecords records;
    private final DoorClock clock;
    private final Map<Integer, WiringRecord> wires = new TreeMap<>();
    private final Map<Integer, Line> lines = new TreeMap<>();
    /** What every terminal read last, wired or not: a wire that is told of later finds a door that stands open. */
    private final Map<Integer, Integer> ohms = new TreeMap<>();

    Terminals(Doors doors, DoorRecords records, DoorClock clock) {
        this.doors = doors;
        this.records = records;
        this.clock = clock;
    }

    /**
     * What is connected to what from now on; a line that stays keeps its state. Doors have to know their wires before: what is
     * connected anew is read at once.
     */
    void wired(List<WiringRecord> wiring) {
        wires.clear();
        wiring.stream()
                .filter(wire -> wire.direction() == WireDirection.INPUT)
                .forEach(wire -> wires.put(wire.io(), wire));
        lines.keySet().retainAll(wires.keySet());
        List.copyOf(wires.values()).forEach(this::readAgain);
    }

    private void readAgain(WiringRecord wire) {
        Integer last = ohms.get(wire.io());
        if (last != null) {
            read(wire, limits(wire), limits(wire).read(last));
        }
    }

    /** @param read as {@link LineLimits#read}; a terminal that nothing is connected to is no news until something is */
    void reading(int io, int read) {
        if (io < 0 || io > MOST_IO) {
            return;
        }
        ohms.put(io, Math.max(0, read));
        WiringRecord wire = wires.get(io);
        if (wire != null) {
            readAgain(wire);
        }
    }

    /** Readings that have stood long enough count. */
    void timePassed() {
        for (WiringRecord wire : List.copyOf(wires.values())) {
            Line line = lines.get(wire.io());
            if (line != null && line.reading() != line.state()) {
                read(wire, limits(wire), line.reading());
            }
        }
    }

    private void read(WiringRecord wire, LineLimits limits, LineState reading) {
        Line before = lines.getOrDefault(wire.io(), Line.unread());
        Line after = before.read(reading, limits, clock.monotonicMillis());
        lines.put(wire.io(), after);
        if (before.state() != after.state()) {
            changed(wire, before.state(), after.state());
        }
    }

    /** A closed contact means the word of its function, unless inverted: so doors and bolts are active when open. */
    static LineLimits limits(WiringRecord wire) {
        boolean restsClosed = wire.function() == WireFunction.CONTACT || wire.function() == WireFunction.BOLT;
        boolean activeOpen = restsClosed != wire.inverted();
        return wire.supervised() ? LineLimits.supervised(activeOpen) : LineLimits.plain(activeOpen);
    }

    private void changed(WiringRecord wire, LineState before, LineState now) {
        boolean active = now == LineState.ACTIVE;
        switch (wire.function()) {
            case FIRE_CONTACT -> fire(wire, now);
            case CONTACT -> door(wire, new DoorInput.Contact(now != LineState.NORMAL));
            case BOLT -> door(wire, new DoorInput.Bolt(now == LineState.NORMAL));
            case EXIT_BUTTON -> {
                if (active) {
                    doors.at(wire.point()).ifPresent(DoorPoint::exit);
                }
            }
            case BEAM -> door(wire, new DoorInput.Beam(wire.number() == 0 ? Way.IN : Way.OUT, now != LineState.NORMAL));
            case ALARM_INPUT -> paired(wire, before == LineState.ACTIVE, active, now, EventKind.ALARM_INPUT);
            default -> {
                // Barriers, loops and outputs are no business of doors.
            }
        }
        paired(wire, tampered(wire, before), tampered(wire, now), now, EventKind.TAMPER);
    }

    /** A line that burns through burns: only a line that is whole again ends it. */
    private void fire(WiringRecord wire, LineState now) {
        if (!now.trouble()) {
            doors.fire(wire.io(), now == LineState.ACTIVE);
        }
    }

    private static boolean tampered(WiringRecord wire, LineState state) {
        return state.trouble() || wire.function() == WireFunction.TAMPER && state == LineState.ACTIVE;
    }

    private void door(WiringRecord wire, DoorInput input) {
        doors.at(wire.point()).ifPresent(door -> door.sensed(input));
    }

    private void paired(WiringRecord wire, boolean before, boolean now, LineState line, EventKind alarm) {
        if (before != now) {
            EventKind end = alarm == EventKind.TAMPER ? EventKind.TAMPER_ENDED : EventKind.ALARM_INPUT_ENDED;
            byte[] body = new ByteWriter().u16(wire.io()).u8(line.ordinal()).toByteArray();
            records.write(now ? alarm : end, wire.point(), Octets.of(body));
        }
    }
}
