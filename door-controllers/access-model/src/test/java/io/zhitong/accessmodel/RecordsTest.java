package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordsTest {

    private static final CredentialNumber WANG = new CredentialNumber(0x4403010100000001L);

    private static void assertBytes(String hex, ListRecord record) {
        assertEquals(hex, Hex.of(record.canonical()).toUpperCase());
        assertEquals(record, ListRecord.decode(record.kind(), Hex.parse(hex)));
    }

    @Test
    void access_record_has_the_published_bytes_whatever_the_order_it_was_given_in() {
        AccessRecord record = new AccessRecord(
                WANG,
                7,
                CredentialStatus.LOST,
                Set.of(Trait.GUARD, Trait.EXEMPT),
                new Validity(16, 32),
                AccessRecord.UNLIMITED,
                2,
                List.of(9, 1),
                List.of(new Carrier(CarrierKind.PLATE, CarrierLevel.COPIED_NUMBER, Octets.of(Hex.parse("4142")))));
        assertBytes(
                "4403010100000001" + "00000007" + "02" + "21" + "00000010" + "00000020" + "FFFF" + "0002" + "02"
                        + "0001" + "0009" + "01" + "0401024142",
                record);
    }

    @Test
    void access_record_with_groups_out_of_order_is_not_canonical() {
        String swapped = "4403010100000001" + "00000000" + "01" + "00" + "00000000" + "FFFFFFFF" + "FFFF" + "0000"
                + "02" + "0009" + "0001" + "00";
        ModelException refused = assertThrows(ModelException.class, () -> AccessRecord.decode(Hex.parse(swapped)));
        assertEquals(ModelException.Reason.ORDER, refused.reason());
    }

    @Test
    void small_records_have_the_published_bytes() {
        assertBytes("07E80B15", new Holiday(LocalDate.of(2024, 11, 21)));
        assertBytes("0001000D417369612F5368616E67686169", new SettingRecord(SettingKey.ZONE, "Asia/Shanghai"));
        assertBytes("440301010000000104", new BlacklistRecord(WANG, CredentialStatus.BLOCKED));
        assertBytes(
                "0000000061" + "82A3FBC2D1D6A03997160E90E057EB" + "000000006955B900",
                new RevokedMachine(new BigInteger("6182A3FBC2D1D6A03997160E90E057EB", 16), 1_767_225_600L));
        assertBytes(
                "000502" + "1F01E0042C" + "8000000001",
                new Schedule(5, List.of(new Schedule.Window(0x80, 0, 1), new Schedule.Window(0x1F, 480, 1068))));
        assertBytes(
                "0001" + "01" + "0006" + "04" + "00" + "00" + "0000" + "0000" + "0000" + "0000" + "00" + "FF" + "0000"
                        + "00" + "00" + "00" + "00" + "00000000" + "00000BB8" + "00000000" + "00007530" + "0004"
                        + "E997A841",
                PointRecord.of(
                        new PointId(1),
                        PointKind.DOOR,
                        Set.of(AccessMethod.SEALED, AccessMethod.PRIVATE),
                        CarrierLevel.SEALED_CARD,
                        PointTimes.of(3000, 30000),
                        "门A"));
    }

    @Test
    void point_with_everything_set_has_the_published_bytes() {
        PointRecord plain = PointRecord.of(
                new PointId(2), PointKind.LIFT, Set.of(), CarrierLevel.OWN_KEY, new PointTimes(1, 2, 3), "");
        assertBytes(
                "0002" + "03" + "0002" + "03" + "03" + "05" + "0005" + "0006" + "0007" + "0008" + "09" + "02" + "000A"
                        + "0B" + "01" + "01" + "03" + "0000003C" + "00000001" + "00000002" + "00000003" + "0000",
                plain.with(Set.of(AccessMethod.SEALED))
                        .with(new PointModes(PointMode.FIRST_CARD, PointMode.CARD_FACE, 5, 6))
                        .with(new PointPlace(7, 8, 9, 2))
                        .with(new FireSafety(10, 11, true, LockKind.FAIL_SAFE))
                        .with(OfflinePolicy.FLAT_FARE, 60));
    }

    @Test
    void groups_floors_and_areas_have_the_published_bytes() {
        assertBytes(
                "0005" + "0002" + "00010000000000000007" + "00020009000300000008",
                new GroupRecord(5, List.of(new Right(new PointId(2), 9, 3, 8), new Right(new PointId(1), 0, 7))));
        FloorGroup floors = FloorGroup.of(5, List.of(1, 2), List.of(255));
        assertBytes("0005" + "00".repeat(31) + "06" + "80" + "00".repeat(31), floors);
        assertTrue(floors.frontOpens(1) && floors.frontOpens(2) && floors.rearOpens(255));
        assertFalse(floors.frontOpens(0) || floors.frontOpens(3) || floors.rearOpens(0) || floors.frontOpens(255));
        assertBytes(
                "0003" + "03" + "000A" + "00000064" + "02" + "003C" + "0006" + "E8BDA6E5BA93",
                new AreaRecord(3, AntiPassback.TIMED, 10, 100, StalePolicy.GRANT, 60, "车库"));
    }

    @Test
    void pins_cars_spaces_and_wires_have_the_published_bytes() {
        assertBytes(
                "4403010100000001" + "0102030405060708" + "000003E8" + "5A".repeat(32),
                new PinRecord(
                        WANG, Octets.of(Hex.parse("0102030405060708")), 1_000, Octets.of(Hex.parse("5A".repeat(32)))));
        assertBytes(
                "4403010100000001" + "0006" + "E7B2A4423132" + "0001" + "6955B900" + "04",
                new EntryRecord(WANG, "粤B12", 1, 1_767_225_600L, CarrierKind.PLATE));
        assertBytes("FFFFFFFF" + "0001" + "02" + "01", new SpaceRecord(0xFFFF_FFFFL, 1, 2, SpaceKind.MONTHLY));
        assertBytes(
                "00000000" + "0001" + "FF" + "03", new SpaceRecord(SpaceRecord.ANYBODY, 1, 255, SpaceKind.TEMPORARY));
        assertBytes(
                "0003" + "01" + "0001" + "09" + "00" + "01" + "000C",
                new WiringRecord(3, WireDirection.OUTPUT, new PointId(1), WireFunction.FLOOR, false, true, 12));
        assertBytes(
                "00000007" + "0002" + "6955B900" + "6955B90A",
                new PresenceRecord(7, 2, 1_767_225_600L, 1_767_225_610L));
        assertBytes("00000000" + "0000" + "00000000" + "FFFFFFFF", new PresenceRecord(0, 0, 0, PresenceRecord.LIVE));
    }

    @Test
    void access_record_without_end_says_FFFFFFFF_and_no_record_ends_then() {
        AccessRecord endless = AccessRecord.of(WANG, Validity.ALWAYS, List.of());
        assertBytes(
                "4403010100000001" + "00000000" + "01" + "00" + "00000000" + "FFFFFFFF" + "FFFF" + "0000" + "00" + "00",
                endless);
        Validity last = new Validity(0, 0xFFFF_FFFEL);
        assertEquals(
                last,
                AccessRecord.decode(AccessRecord.of(WANG, last, List.of()).canonical())
                        .validity());
    }

    @Test
    void issuer_carries_its_key_and_a_wrong_key_id_is_refused() {
        IssuerRecord issuer = new IssuerRecord(
                Sm2PrivateKey.generate(RandomSource.secure()).publicKey(), IssuerPurpose.CARD, Validity.ALWAYS);
        byte[] bytes = issuer.canonical();
        assertEquals(85, bytes.length);
        assertEquals(issuer, IssuerRecord.decode(bytes));
        bytes[0] ^= 1;
        assertThrows(ModelException.class, () -> IssuerRecord.decode(bytes));
        byte[] offCurve = issuer.canonical();
        offCurve[20] ^= 1;
        assertThrows(ModelException.class, () -> IssuerRecord.decode(offCurve));
    }

    @Test
    void schedule_holds_within_its_minutes_and_ignores_weekdays_on_a_holiday() {
        Schedule office = new Schedule(5, List.of(new Schedule.Window(0x1F, 480, 1080)));
        LocalDateTime friday = LocalDateTime.of(2024, 11, 22, 8, 0);
        assertTrue(office.holds(friday, false));
        assertFalse(office.holds(friday.minusMinutes(1), false));
        assertFalse(office.holds(friday.withHour(18), false));
        assertFalse(office.holds(friday.plusDays(1), false));
        assertFalse(office.holds(friday, true));
        assertTrue(Schedule.ALWAYS.holds(friday, true));
        assertTrue(Schedule.ALWAYS.holds(friday.withHour(23).withMinute(59), false));
    }

    @Test
    void access_event_has_the_published_bytes() {
        AccessEvent event = new AccessEvent(
                Outcome.DENIED,
                DenyReason.EXPIRED,
                Optional.of(WANG),
                AccessMethod.FAST,
                CarrierLevel.OWN_KEY,
                new ListVersion(1, 7),
                List.of(5L, 9L),
                Octets.of(Hex.parse("EE")));
        String hex = "01" + "00" + "0005" + "4403010100000001" + "03" + "03" + "00000001" + "0000000000000007" + "02"
                + "00000005" + "00000009" + "0001" + "EE";
        assertEquals(hex, Hex.of(event.encode()).toUpperCase());
        assertEquals(event, AccessEvent.decode(Hex.parse(hex)));
    }

    @Test
    void grant_with_a_reason_and_denial_without_one_do_not_exist() {
        assertThrows(ModelException.class, () -> AccessEvent.decode(Hex.parse("0101" + "0005" + "00".repeat(25))));
        assertThrows(ModelException.class, () -> AccessEvent.decode(Hex.parse("0100" + "0000" + "00".repeat(25))));
    }

    @Test
    void sealed_evidence_reads_back_and_refuses_other_lengths() {
        SealedEvidence evidence = new SealedEvidence(
                Octets.zeros(28),
                Octets.EMPTY,
                Octets.zeros(5),
                Octets.zeros(94),
                Octets.zeros(33),
                Octets.zeros(121),
                Octets.zeros(64));
        assertEquals(evidence, SealedEvidence.decode(evidence.encode()));
        assertEquals(348, evidence.encode().length());
        assertThrows(ModelException.class, () -> SealedEvidence.decode(Octets.zeros(347)));
    }

    @Test
    void tombstone_and_journal_opening_read_back() {
        Tombstone tombstone = new Tombstone(Tombstone.Cause.JOURNAL_FULL, 5, 9, 5, Hash.ZERO, Octets.zeros(64));
        assertEquals(tombstone, Tombstone.decode(tombstone.encode()));
        assertEquals(122, tombstone.encode().length);
        JournalOpened unknown = new JournalOpened(Optional.empty());
        assertEquals("0100" + "00".repeat(48), Hex.of(unknown.encode()));
        assertEquals(unknown, JournalOpened.decode(unknown.encode()));
        JournalOpened known = new JournalOpened(Optional.of(new Watermark(new JournalId(7), 3, Hash.of(new byte[32]))));
        assertEquals(known, JournalOpened.decode(known.encode()));
    }

    @Test
    void list_event_and_command_event_have_the_published_bytes() {
        ListEvent refused =
                new ListEvent(ListKind.ACCESS, Optional.of(ListRefusal.WRONG_ROOT), new ListVersion(1, 7), Hash.ZERO);
        String list = "01" + "01" + "08" + "00000001" + "0000000000000007" + "00".repeat(32);
        assertEquals(list, Hex.of(refused.encode()).toUpperCase());
        assertEquals(refused, ListEvent.decode(Hex.parse(list)));
        assertEquals(EventKind.LIST_REFUSED, refused.kind());
        CommandEvent done = new CommandEvent(CommandKind.OPEN, CommandRefusal.NONE, Octets.zeros(16), "A", "");
        String command = "01" + "01" + "00" + "00".repeat(16) + "000141" + "0000";
        assertEquals(command, Hex.of(done.encode()).toUpperCase());
        assertEquals(done, CommandEvent.decode(Hex.parse(command)));
        assertEquals(EventKind.COMMAND_EXECUTED, done.kind());
    }

    @Test
    void point_number_in_card_commands_is_device_and_point() {
        assertEquals("0000002a00000001", Hex.of(new DeviceId(42).cardPoint(new PointId(1))));
    }

    @Test
    void random_bytes_are_refused_with_a_model_exception_or_are_canonical() {
        Random random = new Random(20261121);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            ListKind kind = ListKind.values()[round % ListKind.values().length];
            try {
                assertTrue(Arrays.equals(bytes, ListRecord.decode(kind, bytes).canonical()));
            } catch (ModelException refused) {
                assertTrue(refused.getMessage().length() < 120);
            }
        }
    }
}
