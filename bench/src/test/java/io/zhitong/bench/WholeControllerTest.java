package io.zhitong.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.ListGate;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardreaders.TcpReader;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The watch and the lists around the real controller process do what the figures say. */
class WholeControllerTest {
    private static final CredentialNumber RESIDENT = CredentialNumber.parse("4403000100000001");

    @Test
    void card_laid_down_is_seen_asked_and_seen_to_have_gone() throws IOException {
        try (StopwatchDriver driver = new StopwatchDriver()) {
            TcpReader reader = new TcpReader(address(driver), "door-1");
            assertFalse(reader.awaitChange(false, Duration.ZERO));
            driver.lay("door-1", blank());
            assertTrue(reader.awaitChange(false, Duration.ofSeconds(5)));
            try (CardSession session = reader.connect()) {
                assertArrayEquals(Hex.parse("6d00"), session.transceive(Hex.parse("00fe000000")));
            }
            Thread hand = new Thread(driver::lift);
            hand.start();
            assertFalse(reader.awaitChange(true, Duration.ofSeconds(5)));
            assertFalse(reader.cardPresent());
            reader.close();
        }
    }

    @Test
    void card_on_another_reader_is_nobody_s() throws IOException {
        try (StopwatchDriver driver = new StopwatchDriver()) {
            driver.lay("door-2", blank());
            TcpReader reader = new TcpReader(address(driver), "door-1");
            assertFalse(reader.cardPresent());
            assertThrows(io.zhitong.cardspec.CardException.class, reader::connect);
            reader.close();
        }
    }

    @Test
    void relay_is_stamped_when_it_moves_and_missed_when_it_does_not() throws IOException {
        try (StopwatchDriver driver = new StopwatchDriver();
                CardWorldClient building = new CardWorldClient(address(driver))) {
            assertThrows(IllegalStateException.class, () -> driver.relayAfter(0, 1));
            long before = System.nanoTime();
            building.pulseRelay(42, 1, 3_000);
            long moved = driver.relayAfter(0, 1_000);
            assertTrue(moved >= before && moved <= System.nanoTime());
            assertEquals(1, driver.relays());
        }
    }

    @Test
    void every_list_is_admitted_by_the_device_s_own_gate_and_names_the_card_and_64_points() {
        DoorLists made = new DoorLists();
        List<SignedList> lists = made.signed(
                1_000,
                List.of(RESIDENT),
                Sm2PrivateKey.generate(RandomSource.secure()).publicKey());
        ListGate gate = new ListGate(MachineEstate.DOOR.community(), MachineEstate.DOOR.device(), made.signer());
        for (SignedList list : lists) {
            gate.admit(list.header().encode(), list.header().kind(), ListVersion.NONE);
        }
        SignedList access = of(lists, ListKind.ACCESS);
        assertEquals(1_001, access.tree().records().size());
        assertTrue(access.tree().records().stream()
                .anyMatch(record -> Hex.of(record).startsWith(Hex.of(RESIDENT.bytes()))));
        assertEquals(
                64,
                of(lists, ListKind.POINTS).tree().records().stream()
                        .map(PointRecord::decode)
                        .distinct()
                        .count());
    }

    @Test
    void each_bound_alone_makes_it_not_held() {
        assertTrue(measured(3.0, 160, 50_000).held());
        assertFalse(measured(3.01, 160, 50_000).held());
        assertFalse(measured(3.0, 160.1, 50_000).held());
        assertFalse(measured(3.0, 160, 50_001).held());
        assertTrue(measured(3.0, 160, 50_000).line().contains("held 达标"));
        assertTrue(measured(9, 160, 50_000).line().contains("NOT HELD"));
    }

    @Test
    void one_slow_tap_of_a_hundred_is_within_the_99th_percentile_and_two_are_not() {
        long[] taps = new long[100];
        java.util.Arrays.fill(taps, 5_000);
        taps[0] = 900_000;
        assertTrue(new WholeController(1, 1, 1, 1, 1, taps).held());
        taps[1] = 900_000;
        assertFalse(new WholeController(1, 1, 1, 1, 1, taps).held());
    }

    private static WholeController measured(double seconds, double megabytes, long micros) {
        return new WholeController(100_000, 1, seconds, megabytes, 170, micros);
    }

    private static SignedList of(List<SignedList> lists, ListKind kind) {
        return lists.stream()
                .filter(list -> list.header().kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static InetSocketAddress address(StopwatchDriver driver) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), driver.port());
    }

    private static Card blank() {
        Nvm nvm = Nvm.inMemory(CardProfile.BLANK.memory());
        CardBirth.blank(nvm, CardProfile.BLANK, ChipIdentity.fresh(RandomSource.secure()));
        return new Card(nvm, RandomSource.secure());
    }
}
