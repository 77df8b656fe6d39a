package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ControllerPortTest {

    @Test
    void every_shortfall_has_a_code_of_its_own_and_words_in_both_languages() {
        for (Shortfall.Kind kind : Shortfall.Kind.values()) {
            assertEquals(kind, Coded.require(Shortfall.Kind.class, kind.code()));
            assertFalse(kind.chinese().isBlank());
            assertFalse(kind.english().isBlank());
        }
        assertEquals(
                Shortfall.Kind.values().length,
                Arrays.stream(Shortfall.Kind.values())
                        .map(Shortfall.Kind::chinese)
                        .distinct()
                        .count());
    }

    @Test
    void a_shortfall_of_a_point_concerns_nobody_in_particular() {
        Shortfall shortfall = Shortfall.of(Shortfall.Kind.MODE, new PointId(2));
        assertEquals(0, shortfall.count());
        assertEquals(Optional.empty(), shortfall.first());
    }

    @Test
    void a_proof_and_holdings_cannot_be_changed_afterwards() {
        List<Shortfall> shortfalls = new ArrayList<>();
        StepProof proof = new StepProof(true, ListVersion.NONE, 0, Hash.ZERO, Instant.EPOCH, shortfalls);
        shortfalls.add(Shortfall.of(Shortfall.Kind.ROOM, PointId.DEVICE));
        assertTrue(proof.shortfalls().isEmpty());
        List<Holiday> holidays = new ArrayList<>();
        DeviceHoldings holdings =
                new DeviceHoldings(ListVersion.NONE, List.of(), List.of(), List.of(), holidays, List.of(), List.of());
        assertThrows(
                UnsupportedOperationException.class, () -> holdings.holidays().clear());
    }
}
