package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.UseRecord;
import io.zhitong.decision.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One visitor, several controllers, a backend: records and lists travel when they like, controllers restart, one is exchanged. Witness: a
 * plain count of who was let in, which none of them sees.
 */
class UsesAcrossDevicesTest {

    private static final int ROUNDS = 300;
    private static final int STEPS = 60;
    private static final int USES = 4;

    private final Policy rules = visitor();
    private final List<Controller> controllers = new ArrayList<>();
    /** What the backend has read of each device. */
    private int[] read = new int[0];

    private static Policy visitor() {
        TestLists lists = new TestLists();
        lists.access(TestLists.visitor(TestLists.VISITOR, USES));
        return lists.policy().rules();
    }

    /** A controller's counts with its disk, what it granted, and the newest list on its way to it. */
    private final class Controller {
        private final DeviceId id;
        private Memories disk = new Memories();
        private UseCounts counts = new UseCounts(new PointMemory(disk));
        private List<UseRecord> held = List.of();
        private int granted;

        Controller(int number) {
            id = new DeviceId(number);
        }

        /** Exactly what the rule asks. */
        boolean shown() {
            boolean pass = counts.of(TestLists.VISITOR) < USES;
            if (pass) {
                counts.passed(TestLists.VISITOR, rules);
                granted++;
            }
            return pass;
        }

        void restart() {
            counts = new UseCounts(new PointMemory(disk));
            counts.told(id, held);
        }

        void exchanged() {
            disk = new Memories();
            held = List.of();
            restart();
        }

        void hears() {
            List<UseRecord.Count> known = IntStream.range(0, read.length)
                    .filter(at -> read[at] > 0)
                    .mapToObj(at -> new UseRecord.Count(controllers.get(at).id, read[at]))
                    .toList();
            held = known.isEmpty() ? List.of() : List.of(decoded(new UseRecord(TestLists.VISITOR, known)));
            counts.told(id, held);
        }
    }

    private static UseRecord decoded(UseRecord record) {
        return UseRecord.decode(record.canonical());
    }

    private void site(int size) {
        controllers.clear();
        read = new int[size];
        IntStream.range(0, size).forEach(at -> controllers.add(new Controller(42 + at)));
    }

    private int granted() {
        return controllers.stream().mapToInt(each -> each.granted).sum();
    }

    /** All records are read, then all lists come. */
    private void connected() {
        for (int at = 0; at < read.length; at++) {
            read[at] = controllers.get(at).granted;
        }
        controllers.forEach(Controller::hears);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void nobody_gets_fewer_than_was_granted_and_once_connected_nobody_gets_more(int size) {
        Random random = new Random(size);
        for (int round = 0; round < ROUNDS; round++) {
            site(size);
            for (int step = 0; step < STEPS; step++) {
                step(random);
            }
            connected();
            int before = granted();
            controllers.forEach(Controller::restart);
            controllers.forEach(each -> assertEquals(before < USES, each.shown(), "after the word came"));
            assertTrue(granted() <= Math.max(USES, before) + size - 1, "between two words each may let in once");
            connected();
            while (controllers.get(0).shown()) {
                connected();
            }
            int most = Math.max(USES, granted());
            controllers.forEach(each -> assertTrue(!each.shown(), "nothing is left anywhere"));
            assertEquals(most, granted());
        }
    }

    private void step(Random random) {
        int at = random.nextInt(controllers.size());
        Controller controller = controllers.get(at);
        switch (random.nextInt(6)) {
            case 0 -> read[at] = Math.min(controller.granted, read[at] + 1);
            case 1 -> controller.hears();
            case 2 -> controller.restart();
            default -> {
                int own = controller.granted;
                if (controller.shown()) {
                    assertTrue(own < USES, "a controller alone never lets in more often than the list says");
                } else {
                    assertTrue(granted() >= USES, "refused although uses were left: something was counted twice");
                }
            }
        }
    }

    @Test
    void cut_off_each_controller_lets_in_as_often_as_the_list_says_and_that_is_all() {
        site(3);
        for (Controller controller : controllers) {
            while (controller.shown()) {
                assertTrue(controller.granted <= USES);
            }
        }
        assertEquals(3 * USES, granted());
        connected();
        controllers.forEach(each -> assertTrue(!each.shown()));
    }

    @Test
    void one_use_left_is_used_at_one_door_only_when_the_word_came_between() {
        site(2);
        for (int use = 0; use < USES; use++) {
            assertTrue(controllers.get(use % 2).shown());
            connected();
        }
        assertTrue(!controllers.get(0).shown() && !controllers.get(1).shown());
        assertEquals(USES, granted());
    }

    @Test
    void exchanged_controller_begins_where_the_backend_knows_its_number_was() {
        site(2);
        assertTrue(controllers.get(0).shown());
        connected();
        controllers.get(0).exchanged();
        controllers.get(0).hears();
        int left = 0;
        while (controllers.get(0).shown()) {
            left++;
        }
        assertEquals(USES - 1, left);
    }
}
