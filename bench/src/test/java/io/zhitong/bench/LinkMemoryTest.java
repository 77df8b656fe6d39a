package io.zhitong.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.machinetls.MachineProfile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The measurement of connections, with few of them. */
final class LinkMemoryTest {

    @Test
    void few_devices_of_a_process_of_its_own_are_greeted_weighed_and_answered() throws IOException {
        try (MeasuredBackend backend = new MeasuredBackend(MachineProfile.P256)) {
            long[] before = backend.weighed();
            try (IdleDevice one = new IdleDevice(backend, 1);
                    IdleDevice other = new IdleDevice(backend, 2)) {
                long[] after = backend.weighed();
                assertTrue(before[0] > 0 && before[1] > 0, "a heap, and more than a heap");
                assertTrue(Math.abs(after[0] - before[0]) < 10 << 20, "two connections are no 10 MiB");
                assertTrue(one.askTime() > 0 && other.askTime() > 0);
                new IdleDevice(backend, 1).close();
                assertThrows(IOException.class, one::askTime, "replaced by a newer connection");
                assertTrue(other.askTime() > 0);
            }
        }
    }

    @Test
    void bound_of_each_profile_is_judged_by_heap_and_other_memory_together() {
        assertTrue(new LinkMemory(MachineProfile.P256, 10, 400 * 1024, 200 * 1024, 1).held());
        assertFalse(new LinkMemory(MachineProfile.P256, 10, 400 * 1024, 201 * 1024, 1).held());
        assertTrue(new LinkMemory(MachineProfile.SM2, 10, 400 * 1024, 800 * 1024, 1).held());
        LinkMemory over = new LinkMemory(MachineProfile.SM2, 10, 401 * 1024, 800 * 1024, 1);
        assertFalse(over.held());
        assertTrue(over.line().endsWith("NOT HELD 未达标"));
        assertEquals(40.1, over.heapKib(), 0.01);
        assertEquals(80, over.otherKib(), 0.01);
    }
}
