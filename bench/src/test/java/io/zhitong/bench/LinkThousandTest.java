package io.zhitong.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The figure of the thousand with a dozen, and its parts. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LinkThousandTest {
    private static final ListVersion OLD = new ListVersion(1, 1);
    private static final ListVersion NEW = new ListVersion(1, 2);

    private static JournalRecord installed(long device, ListKind kind, ListVersion version) {
        DeviceAddress address = DeviceAddress.of(1, device);
        return new JournalRecord(
                address.community(),
                address.device(),
                new JournalId(7),
                1,
                Hash.ZERO,
                1,
                0,
                0,
                ClockQuality.HELD,
                EventKind.LIST_INSTALLED.code(),
                PointId.DEVICE,
                Octets.of(new ListEvent(kind, Optional.empty(), version, Hash.ZERO).encode()));
    }

    @Test
    void a_dozen_simulated_controllers_go_by_the_new_list_and_the_wire_is_counted() {
        LinkThousand measured = LinkThousand.measure(12, 0, 600);
        assertEquals(12 * 4, measured.millis().length, "each device in each round");
        assertEquals(0, measured.real().length);
        assertEquals(0, measured.wrong());
        assertEquals(4, measured.asked(), "one in a hundred, at least one, in each round");
        assertTrue(measured.bytes() > 1_000 && measured.bytes() <= LinkThousand.MOST_BYTES, measured::line);
        assertTrue(measured.limit() > 0 && measured.processor() > 0);
    }

    @Test
    void a_wrong_decision_or_too_many_bytes_do_not_hold() {
        double[] quick = {1, 2, 3};
        assertTrue(new LinkThousand(3, 9, quick, quick, 4_096, 1, 0, 1, 1).held());
        assertFalse(new LinkThousand(3, 9, quick, quick, 4_097, 1, 0, 1, 1).held());
        assertFalse(new LinkThousand(3, 9, quick, quick, 4_096, 1, 1, 1, 1).held());
        assertFalse(new LinkThousand(3, 9, new double[] {1, 2, 1_001}, quick, 1, 1, 0, 1, 1).held());
    }

    @Test
    void only_the_newest_version_of_the_access_list_counts() {
        InForce known = new InForce();
        known.accept(installed(1, ListKind.ACCESS, OLD));
        known.accept(installed(1, ListKind.ACCESS, NEW));
        known.accept(installed(2, ListKind.ACCESS, OLD));
        known.accept(installed(3, ListKind.POINTS, NEW));
        assertEquals(1, known.at(NEW));
        assertEquals(1, known.at(OLD));
        assertEquals(1, known.millis(NEW, 0, 0, 10).length);
        assertEquals(0, known.millis(NEW, 0, 2, 10).length, "of other devices");
    }

    @Test
    void percentiles_of_few_and_of_none() {
        double[] some = {1, 2, 3, 4};
        assertEquals(2, InForce.part(some, 0.5));
        assertEquals(4, InForce.part(some, 0.99));
        assertTrue(Double.isNaN(InForce.part(new double[0], 0.5)));
        assertArrayEquals(new double[] {1, 2, 3, 3, 4}, InForce.joined(some, new double[] {3}));
    }

    @Test
    void what_does_not_come_in_time_is_an_error_with_its_name() {
        IllegalStateException late =
                assertThrows(IllegalStateException.class, () -> InForce.await("a wonder", 0, () -> false));
        assertEquals("not within 0 s: a wonder", late.getMessage());
    }

    @Test
    void a_full_list_holds_up_to_ten_seconds() {
        assertTrue(new FullList(9, 10, 1).held());
        assertFalse(new FullList(9, 10.1, 1).held());
        assertTrue(new FullList(9, 10.1, 1).line().endsWith("NOT HELD 未达标"));
    }
}
