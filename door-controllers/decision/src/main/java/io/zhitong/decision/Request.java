package io.zhitong.decision;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.PointId;
import java.time.Instant;

/**
 * One wish to pass (通行请求).
 *
 * @param now what the device believes the time to be
 * @param clock how far it believes it; with {@link ClockQuality#UNKNOWN} only what holds at every time is granted
 * @param passes how often this credential has passed so far, for credentials with a limited number of uses
 */
public record Request(
        PointId point,
        PointState state,
        Presented presented,
        Instant now,
        ClockQuality clock,
        int passes,
        Extras extras,
        SiteState site) {

    public Request {
        if (passes < 0) {
            throw new IllegalArgumentException("passes count from 0, not " + passes);
        }
    }

    /** Nothing came along, and the site is quiet. */
    public Request(PointId point, PointState state, Presented presented, Instant now, ClockQuality clock, int passes) {
        this(point, state, presented, now, clock, passes, Extras.NONE, SiteState.QUIET);
    }

    Request at(Instant later, ClockQuality known) {
        return new Request(point, state, presented, later, known, passes, extras, site);
    }

    Request presented(Presented other) {
        return new Request(point, state, other, now, clock, passes, extras, site);
    }

    Request state(PointState other) {
        return new Request(point, other, presented, now, clock, passes, extras, site);
    }

    Request site(SiteState other) {
        return new Request(point, state, presented, now, clock, passes, extras, other);
    }
}
