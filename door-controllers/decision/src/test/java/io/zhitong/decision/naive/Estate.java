package io.zhitong.decision.naive;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An estate as rows (小区). Closed choices are the names that test-vectors/decision/README.md gives them; 0 and "" are none,
 * {@link #EVER} is no end.
 */
public record Estate(
        ZoneId zone,
        boolean listed,
        long leaseUntil,
        Set<LocalDate> holidays,
        Map<Integer, List<Window>> schedules,
        Map<Integer, Area> areas,
        Map<Integer, Floors> floors,
        Map<Integer, List<Right>> groups,
        Map<Integer, Point> points,
        List<Person> credentials,
        List<Space> spaces,
        List<Entry> entries) {

    public static final long EVER = Long.MAX_VALUE;
    public static final int UNLIMITED = 0xFFFF;

    /** @param days of the week, 1 Monday … 7 Sunday, 8 holidays */
    public record Window(Set<Integer> days, int from, int to) {}

    public record Area(String antiPassback, int minutes, long capacity, String partition, int staleness) {}

    public record Floors(BitSet front, BitSet rear) {}

    public record Right(int point, int schedule, int floors, long rule) {}

    public record Point(
            String kind,
            Set<String> methods,
            String leastLevel,
            String mode,
            String otherMode,
            int otherSchedule,
            int unlockSchedule,
            int from,
            int to,
            int interlock,
            int mostThreat,
            int fireZone,
            boolean escape,
            String offline,
            long lease,
            long pulse,
            long longPulse) {

        boolean lane() {
            return kind.equals("LANE");
        }

        boolean beginsInside() {
            return from != 0;
        }
    }

    /** @param number 16 hexadecimal digits */
    public record Person(
            String number,
            long holder,
            String status,
            Set<String> traits,
            long from,
            long until,
            int uses,
            int leastCertificate,
            List<Integer> groups,
            List<Carrier> carriers) {

        /** Who it is: a credential without holder stands for itself. */
        String who() {
            return holder == 0 ? number : "holder " + holder;
        }
    }

    public record Carrier(String kind, String level, String value) {}

    public record Space(long holder, int lot, int spaces, String kind) {}

    /** @param credential of a temporary car: a number that is on no list */
    public record Entry(String credential, String plate, int lot, long entered, String carrier) {}
}
