package io.zhitong.uhppote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Validity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A board in step lets in whom the lists let in, whatever the lists and the time: judged row by row from the lists, sharing nothing
 * with the compiler. Windows are whole ten minutes; times are asked at their edges and between.
 */
final class AsTheListsSayTest {

    @TempDir
    Path folder;

    @Test
    void random_people_at_random_times() throws IOException {
        int granted = 0;
        int asked = 0;
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            Lists lists = anyLists(random);
            try (BoardRig board = new BoardRig(
                    io.zhitong.uhppote.emulator.BoardIdentity.usual(Rig.SERIAL, Rig.ZONE),
                    folder.resolve("b" + seed))) {
                for (int i = 0; i < 3; i++) {
                    board.rig.pass(Duration.ofMinutes(10L * random.nextInt(600) + random.nextInt(2)));
                    assertTrue(board.sync(lists).inStep());
                    for (AccessRecord person : lists.access) {
                        for (int door = 1; door <= 4; door++) {
                            long number = person.credential().value() & 0xFFFF_FFFFL;
                            boolean may = may(lists, person, door, board.rig.now.get());
                            assertEquals(
                                    may,
                                    board.rig.board.present(door, number, 0),
                                    "seed " + seed + " at " + board.rig.now.get() + ": " + number + " at door " + door);
                            granted += may ? 1 : 0;
                            asked++;
                        }
                    }
                }
            }
        }
        assertTrue(granted > asked / 10 && granted < asked * 9 / 10, granted + " of " + asked);
    }

    private static boolean may(Lists lists, AccessRecord person, int door, Instant now) {
        ZonedDateTime local = now.atZone(Rig.ZONE);
        boolean holiday = lists.holidays.contains(new Holiday(local.toLocalDate()));
        if (!person.validity().contains(now)) {
            return false;
        }
        for (GroupRecord group : lists.groups) {
            for (Right right : group.rights()) {
                if (person.groups().contains(group.group())
                        && right.point().value() == door
                        && (right.schedule() == 0
                                || lists.schedules.stream()
                                        .anyMatch(each -> each.id() == right.schedule()
                                                && each.holds(local.toLocalDateTime(), holiday)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Lists anyLists(Random random) {
        Lists lists = new Lists();
        for (int door = 1; door <= 4; door++) {
            lists.points.add(Lists.door(door));
        }
        for (int id = 1; id <= 6; id++) {
            List<Schedule.Window> windows = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                int from = 10 * random.nextInt(143);
                windows.add(new Schedule.Window(
                        1 + random.nextInt(255), from, from + 10 * (1 + random.nextInt(144 - from / 10))));
            }
            lists.schedules.add(new Schedule(id, windows.stream().distinct().toList()));
        }
        for (int group = 1; group <= 6; group++) {
            List<Right> rights = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                rights.add(new Right(new PointId(1 + random.nextInt(4)), random.nextInt(7), group));
            }
            lists.groups.add(new GroupRecord(group, rights.stream().distinct().toList()));
        }
        lists.holidays.add(new Holiday(LocalDate.of(2026, 3, 2).plusDays(random.nextInt(12))));
        lists.holidays.add(new Holiday(LocalDate.of(2026, 3, 20)));
        for (int number = 1; number <= 25; number++) {
            lists.access.add(
                    Lists.person(number, validity(random), Set.of(), 1 + random.nextInt(3), 4 + random.nextInt(3)));
        }
        return lists;
    }

    private static Validity validity(Random random) {
        Instant from = Instant.parse("2026-03-01T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(14_400)));
        return switch (random.nextInt(3)) {
            case 0 -> Validity.ALWAYS;
            case 1 -> Validity.between(from, from.plus(Duration.ofMinutes(1L + random.nextInt(20_000))));
            default -> new Validity(from.getEpochSecond(), Long.MAX_VALUE);
        };
    }
}
