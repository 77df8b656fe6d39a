package io.zhitong.decision.naive;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** A wish to pass, and how the site stands (通行请求). */
public record Ask(int point, Shown shown, Instant now, String clock, int passes, Site site) {

    public static final int NONE = -1;

    /**
     * What was presented; exactly one of credential, carrierKind, plate with method PLATE, unread or notGenuine says who.
     *
     * @param tenths of a degree Celsius, {@link #NONE} = not measured
     * @param floor chosen, {@link #NONE} = none
     */
    public record Shown(
            boolean notGenuine,
            String unread,
            String credential,
            String carrierKind,
            String carrierValue,
            String plate,
            String method,
            String level,
            int certificate,
            Map<String, String> second,
            boolean duress,
            String companion,
            int floor,
            String side,
            int tenths) {}

    /**
     * @param mode ordered by an operator, "" = none
     * @param holderArea {@link #NONE} = unknown
     * @param age seconds since the state of the areas was last heard
     * @param silence seconds since the last word of the backend
     */
    public record Site(
            String mode,
            int wrongTries,
            boolean first,
            int threat,
            Set<Integer> fire,
            Set<Integer> open,
            int holderArea,
            long since,
            long age,
            Map<Integer, Long> counts,
            long silence) {}
}
