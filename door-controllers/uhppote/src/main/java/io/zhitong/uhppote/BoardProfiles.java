package io.zhitong.uhppote;

import io.zhitong.accessmodel.Schedule;
import io.zhitong.uhppote.message.BoardProfile;
import io.zhitong.uhppote.message.BoardProfile.Segment;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes time profiles of schedules (时段编译). A board knows weekdays and no holidays: a profile therefore ends the day before the
 * next holiday, and on a holiday it holds that day's windows alone. Not thread-safe.
 */
final class BoardProfiles {

    private static final int MINUTES = 24 * 60;

    private final Map<Integer, Schedule> schedules;
    private final LocalDate today;
    private final boolean holiday;
    private final LocalDate first;
    private final LocalDate last;
    private final Map<Set<Integer>, Integer> ids = new LinkedHashMap<>();
    private final Map<Integer, BoardProfile> profiles = new LinkedHashMap<>();
    private final Map<Integer, Set<Integer>> owners = new LinkedHashMap<>();
    private final Map<Integer, Set<Integer>> before;

    /** @param before of which schedules the profiles on the board were made, as far as known; they keep their ids */
    BoardProfiles(
            Map<Integer, Schedule> schedules,
            List<LocalDate> holidays,
            LocalDate today,
            Map<Integer, Set<Integer>> before) {
        this.schedules = Map.copyOf(schedules);
        this.before = before;
        this.today = today;
        holiday = holidays.contains(today);
        first = holiday
                ? today
                : holidays.stream()
                        .filter(day -> day.isBefore(today))
                        .max(LocalDate::compareTo)
                        .map(day -> day.plusDays(1))
                        .orElse(LocalDate.of(2000, 1, 1));
        last = holiday
                ? today
                : holidays.stream()
                        .filter(day -> day.isAfter(today))
                        .min(LocalDate::compareTo)
                        .map(day -> day.minusDays(1))
                        .orElse(LocalDate.of(2099, 12, 31));
    }

    /** The last day these profiles hold. */
    LocalDate last() {
        return last;
    }

    /** The profile that holds when any of these schedules does; nothing if there is no room for it. */
    Optional<Integer> of(Set<Integer> scheduleIds) {
        Integer known = ids.get(scheduleIds);
        return known != null ? Optional.of(known) : make(scheduleIds);
    }

    Map<Integer, BoardProfile> profiles() {
        return profiles;
    }

    /** Which schedules each profile was made of. */
    Map<Integer, Set<Integer>> owners() {
        return owners;
    }

    private Optional<Integer> make(Set<Integer> scheduleIds) {
        List<Part> parts = parts(scheduleIds);
        List<Integer> places = places(scheduleIds, parts.size());
        if (places.size() < parts.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < parts.size(); i++) {
            int id = places.get(i);
            int next = i + 1 < parts.size() ? places.get(i + 1) : 0;
            Part part = parts.get(i);
            profiles.put(
                    id,
                    new BoardProfile(id, Optional.of(first), Optional.of(last), part.days(), part.segments(), next));
            owners.put(id, Set.copyOf(scheduleIds));
        }
        ids.put(Set.copyOf(scheduleIds), places.get(0));
        return Optional.of(places.get(0));
    }

    /** The ids these schedules had, then ids nobody had, then whatever is free: a new profile moves no other. */
    private List<Integer> places(Set<Integer> scheduleIds, int count) {
        return IntStream.rangeClosed(BoardProfile.FIRST_ID, BoardProfile.LAST_ID)
                .filter(id -> !profiles.containsKey(id))
                .boxed()
                .sorted(Comparator.comparingInt(id -> {
                    Set<Integer> owner = before.get(id);
                    return owner == null ? 1 : owner.equals(scheduleIds) ? 0 : 2;
                }))
                .limit(count)
                .toList();
    }

    private record Part(Set<DayOfWeek> days, List<Segment> segments) {}

    /** Days with the same hours together, three segments a part; one empty part where nothing ever holds. */
    private List<Part> parts(Set<Integer> scheduleIds) {
        Map<List<Segment>, EnumSet<DayOfWeek>> sameHours = new LinkedHashMap<>();
        for (DayOfWeek day : holiday ? EnumSet.of(today.getDayOfWeek()) : EnumSet.allOf(DayOfWeek.class)) {
            List<Segment> hours = hours(scheduleIds, day);
            if (!hours.isEmpty()) {
                sameHours
                        .computeIfAbsent(hours, key -> EnumSet.noneOf(DayOfWeek.class))
                        .add(day);
            }
        }
        List<Part> parts = new ArrayList<>();
        sameHours.forEach((hours, days) -> {
            for (int at = 0; at < hours.size(); at += BoardProfile.MOST_SEGMENTS) {
                int end = Math.min(hours.size(), at + BoardProfile.MOST_SEGMENTS);
                parts.add(new Part(days, hours.subList(at, end)));
            }
        });
        return parts.isEmpty() ? List.of(new Part(Set.of(), List.of())) : parts;
    }

    private List<Segment> hours(Set<Integer> scheduleIds, DayOfWeek day) {
        int bit = holiday ? Schedule.Window.HOLIDAY : 1 << day.ordinal();
        BitSet minutes = new BitSet(MINUTES);
        scheduleIds.stream()
                .flatMap(id -> Stream.ofNullable(schedules.get(id)))
                .flatMap(schedule -> schedule.windows().stream())
                .filter(window -> (window.days() & bit) != 0)
                .forEach(window -> minutes.set(window.fromMinute(), window.toMinute()));
        List<Segment> hours = new ArrayList<>();
        for (int from = minutes.nextSetBit(0); from >= 0; ) {
            int to = minutes.nextClearBit(from);
            // A segment of one minute would read as none; who may pass for one minute only does without it here.
            if (to - from > 1) {
                hours.add(new Segment(minute(from), minute(to - 1)));
            }
            from = minutes.nextSetBit(to);
        }
        return hours;
    }

    private static LocalTime minute(int minute) {
        return LocalTime.of(minute / 60, minute % 60);
    }
}
