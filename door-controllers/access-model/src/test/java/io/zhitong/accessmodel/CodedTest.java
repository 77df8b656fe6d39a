package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodedTest {

    private static final List<Class<? extends Coded>> ALL = List.of(
            AccessMethod.class,
            AntiPassback.class,
            CarrierKind.class,
            CarrierLevel.class,
            ClockQuality.class,
            CommandKind.class,
            CommandRefusal.class,
            CredentialStatus.class,
            DenyReason.class,
            EventKind.class,
            IssuerPurpose.class,
            ListKind.class,
            ListRefusal.class,
            LockKind.class,
            OfflinePolicy.class,
            Outcome.class,
            PointKind.class,
            PointMode.class,
            SettingKey.class,
            SpaceKind.class,
            StalePolicy.class,
            Tombstone.Cause.class,
            Trait.class,
            WireDirection.class,
            WireFunction.class);

    @Test
    void every_code_is_its_own_and_every_constant_has_both_texts() {
        for (Class<? extends Coded> type : ALL) {
            Set<Integer> codes = new HashSet<>();
            for (Coded constant : type.getEnumConstants()) {
                assertTrue(codes.add(constant.code()), () -> type.getSimpleName() + " uses a code twice");
                assertFalse(constant.chinese().isBlank() || constant.english().isBlank(), constant::toString);
                assertTrue(constant.chinese().codePoints().anyMatch(Character::isIdeographic), constant::toString);
            }
        }
    }

    /** Codes stand in stored records for ever. */
    @Test
    void codes_that_are_stored_do_not_move() {
        assertEquals(0x0101, EventKind.ACCESS_GRANTED.code());
        assertEquals(0x0502, EventKind.PURCHASE.code());
        assertEquals(0x0405, EventKind.RECORDS_LOST.code());
        assertEquals(10, DenyReason.NOT_GENUINE.code());
        assertEquals(4, ListKind.ISSUERS.code());
        assertEquals(EventKind.Lane.PAYMENT, EventKind.of(0x0501).lane());
    }
}
