package io.zhitong.systemtests;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * How long it takes from an input of a real controller to somebody who watches the live wall (报警到实时墙的时延): the clock starts
 * before the contact closes and stops when the line has come out of the stream.
 */
record AlarmToWall(long... micros) {
    static final Duration MOST = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String DOOR = "1号楼大门";
    private static final int WARM_UP = 2;

    /** The first alarms are not counted. Each is over, and the wall has told that, before the next begins. */
    static AlarmToWall measure(Panel panel, Wall wall, int alarms) {
        Await.until("the wire is in force", SOON, () -> {
            panel.turn(FireWires.ALARM, Panel.CUT);
            return wall.count("防拆报警", DOOR) > 0;
        });
        took(panel, Panel.RESTING, wall, "防拆报警结束");
        long[] micros = new long[alarms];
        for (int i = -WARM_UP; i < alarms; i++) {
            long took = took(panel, Panel.CALLING, wall, "输入报警");
            took(panel, Panel.RESTING, wall, "输入报警结束");
            micros[Math.max(0, i)] = took;
        }
        return new AlarmToWall(micros);
    }

    private static long took(Panel panel, int ohms, Wall wall, String what) {
        long position = wall.newest();
        long began = System.nanoTime();
        panel.turn(FireWires.ALARM, ohms);
        Wall.Line line = Await.value(() -> what + " on " + wall, SOON, () -> wall.newest(what, DOOR, position));
        return (line.came() - began) / 1_000;
    }

    private long percentile(double share) {
        long[] sorted = micros.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    boolean held() {
        return percentile(0.99) <= MOST.toNanos() / 1_000;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "alarm-to-wall 报警到实时墙: controller, link, PostgreSQL and stream as processes of their own: median %.0f ms,"
                        + " p99 %.0f ms of %,d alarms, at most %d ms: %s",
                percentile(0.5) / 1e3,
                percentile(0.99) / 1e3,
                micros.length,
                MOST.toMillis(),
                held() ? "held 达标" : "NOT HELD 未达标");
    }
}
