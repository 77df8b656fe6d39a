package io.zhitong.edge.installer;

import java.util.List;

/** What the page shows of a device before and beside its program (设备概况). Thread-safe. */
public interface DeviceDesk {

    /** One line of the overview. */
    record Fact(Text label, Text value) {}

    List<Fact> facts();

    boolean enrolled();

    /** Takes the one-time token of a new device, or of a dead one that this takes over from. */
    void enrol(String token);

    Workbench workbench();
}
