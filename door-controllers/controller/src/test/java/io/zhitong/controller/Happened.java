package io.zhitong.controller;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AlarmEvent;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireFunction;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** One log of what was written down and what the relay did, in order: the witness of both. */
final class Happened implements DoorRecords, Relay {

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<AccessEvent> access = new CopyOnWriteArrayList<>();
    private final Set<String> signals = new ConcurrentSkipListSet<>();
    private final List<AlarmEvent> alarms = new CopyOnWriteArrayList<>();
    private volatile boolean diskFull;

    List<String> log() {
        return List.copyOf(log);
    }

    AccessEvent lastAccess() {
        return access.get(access.size() - 1);
    }

    /** Body of the last alarm that a decision raised. */
    AlarmEvent lastAlarm() {
        return alarms.get(alarms.size() - 1);
    }

    void forget() {
        log.clear();
    }

    int accesses() {
        return access.size();
    }

    void diskFull(boolean full) {
        diskFull = full;
    }

    @Override
    public boolean write(EventKind kind, PointId point, Octets body) {
        if (diskFull) {
            return false;
        }
        String more = "";
        if (kind == EventKind.ACCESS_GRANTED || kind == EventKind.ACCESS_DENIED) {
            AccessEvent event = AccessEvent.decode(body.toByteArray());
            access.add(event);
            more = event.kind() == EventKind.ACCESS_DENIED ? " " + event.reason() : "";
        }
        if (kind == EventKind.DURESS || kind == EventKind.PLATE_MISMATCH || kind == EventKind.NOT_GENUINE_REPEATED) {
            alarms.add(AlarmEvent.decode(body.toByteArray()));
        }
        log.add(kind + more + " @" + point.value());
        return true;
    }

    @Override
    public void pulse(PointId point, int millis) {
        log.add("pulse " + millis + " @" + point.value());
    }

    @Override
    public void hold(PointId point) {
        log.add("hold @" + point.value());
    }

    /** Only what is on: the rest would drown the log. */
    @Override
    public void signal(PointId point, WireFunction what, boolean on) {
        if (on) {
            signals.add(what + " @" + point.value());
        } else {
            signals.remove(what + " @" + point.value());
        }
    }

    Set<String> signals() {
        return Set.copyOf(signals);
    }

    @Override
    public void drop(PointId point) {
        log.add("drop @" + point.value());
    }
}
