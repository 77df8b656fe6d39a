package io.zhitong.backend.span;

import io.zhitong.accessmodel.CommunityId;

/**
 * A community as those above it see it (小区概况).
 *
 * @param inStep devices that are connected and hold everything
 * @param compiling whether something has changed that is in no list yet
 * @param alarms that nobody has seen to
 * @param gaps ranges of records missing unexplained, and records that contradict
 * @param today figures of the business day so far
 * @param yesterday of the one before
 */
public record CommunityLine(
        CommunityId id,
        int number,
        String name,
        int devices,
        long inStep,
        boolean compiling,
        long alarms,
        long gaps,
        DayFigures today,
        DayFigures yesterday) {
    /** Whether somebody should look. */
    public boolean attention() {
        return inStep < devices || alarms > 0 || gaps > 0;
    }
}
