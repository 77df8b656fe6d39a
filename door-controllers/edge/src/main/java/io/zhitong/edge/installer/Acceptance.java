package io.zhitong.edge.installer;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a device may be put into service (验收): every line was seen at rest and active, every lock released, every reader shown a
 * card, and no point of a fire zone is without a fire contact of its own.
 *
 * @param findings what is missing, by point; empty = accepted
 */
record Acceptance(List<Finding> findings) {

    /** @param point 0 = the device itself */
    record Finding(int point, Text missing) {}

    Acceptance {
        findings = List.copyOf(findings);
    }

    static Acceptance of(boolean enrolled, List<Workbench.PointView> points) {
        List<Finding> findings = new ArrayList<>();
        if (!enrolled) {
            findings.add(new Finding(0, new Text("设备尚未注册", "the device is not enrolled")));
        }
        if (points.isEmpty()) {
            findings.add(new Finding(0, new Text("没有门点配置", "no point is configured")));
        }
        points.forEach(point -> judge(point, findings));
        return new Acceptance(findings);
    }

    private static void judge(Workbench.PointView point, List<Finding> findings) {
        if (point.fireZone() != 0 && !point.fireContact()) {
            add(
                    findings,
                    point,
                    "属于消防分区 " + point.fireZone() + ",但未接消防触点,不予验收",
                    "belongs to fire zone " + point.fireZone() + " and has no fire contact wired: refused");
        }
        if (!point.clicked()) {
            add(findings, point, "门锁未试动作", "the lock was not released");
        }
        if (!point.reader().isBlank() && !point.carded()) {
            add(findings, point, "读卡器未试刷卡", "no card was shown to the reader");
        }
        for (Workbench.LineView line : point.lines()) {
            if (!line.rested() || !line.acted()) {
                add(
                        findings,
                        point,
                        line.function().chinese() + "(端子 " + line.terminal() + ")未见两种状态",
                        line.function().english() + " (terminal " + line.terminal() + ") was not seen in both states");
            }
        }
    }

    private static void add(List<Finding> findings, Workbench.PointView point, String chinese, String english) {
        findings.add(new Finding(point.number(), new Text(chinese, english)));
    }

    boolean accepted() {
        return findings.isEmpty();
    }
}
