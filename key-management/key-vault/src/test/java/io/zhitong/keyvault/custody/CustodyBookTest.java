package io.zhitong.keyvault.custody;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CustodyEntry;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.CustodyPerson;
import io.zhitong.keyapi.CustodyState;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.LeaseRequest;
import io.zhitong.keyapi.SamBinding;
import io.zhitong.keyapi.StockTake;
import io.zhitong.keyvault.store.KeptSection;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may say what about a thing in custody, what is kept of it, and which leases a register grants. */
class CustodyBookTest {
    private static final String FANG = "王芳";
    private static final SamBinding SAM = new SamBinding(
            Hex.parse("4403ff0000000000"),
            Hex.parse("0000000044030001"),
            Hex.parse("0102030405060708"),
            Hex.parse("440300000043"),
            1);

    private final List<String> notes = new ArrayList<>();
    private final Section kept = new Section();
    private final Hand clock = new Hand();
    private CustodyDesk desk = open();

    private static final class Section implements KeptSection {
        private byte[] bytes = new byte[0];

        @Override
        public byte[] load() {
            return bytes.clone();
        }

        @Override
        public void save(byte[] encoded) {
            bytes = encoded.clone();
        }
    }

    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-11-21T04:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** One custodian, number 2, whose PIN is 271828. */
    private static final class Pins implements CustodyPins {
        @Override
        public List<String> names() {
            return List.of(FANG);
        }

        @Override
        public String authenticate(int custodian, SecretBytes pin) {
            String typed = new String(pin.export(SecretAccess.TOKEN), StandardCharsets.US_ASCII);
            if (custodian != 2 || !typed.equals("271828")) {
                throw new KeyServiceException(KeyRefusal.WRONG_PIN, "wrong");
            }
            return FANG;
        }
    }

    private CustodyDesk open() {
        CustodyBook book = new CustodyBook(kept, new Pins(), clock);
        LeaseMac mac = (key, iv, command) -> Hex.parse(Hex.of(command).substring(10, 18));
        return new CustodyDesk(
                book, mac, (kind, who, detail) -> notes.add(kind + " " + who + " " + detail), "admin", clock);
    }

    private static CustodyEntry card(String serial, String holder) {
        return new CustodyEntry(CustodyKind.CONTROL_CARD, serial, "", holder, "保险柜 1", Optional.empty());
    }

    private static CustodyEntry psam(Optional<SamBinding> binding) {
        return new CustodyEntry(CustodyKind.PURCHASE_SAM, "00004403990000000043", "", "李雷", "便利店", binding);
    }

    private static CustodyPerson fang(String pin) {
        return new CustodyPerson(FANG, 2, SecretBytes.takeOver(pin.getBytes(StandardCharsets.US_ASCII)));
    }

    private static CustodyPerson named(String name) {
        return CustodyPerson.named(name);
    }

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }

    private LeaseRequest lease(String lease8) {
        return new LeaseRequest(
                Hex.parse("00004403990000000043"), Hex.parse("440300000043"), Hex.parse(lease8), new byte[16]);
    }

    @Test
    void hand_over_needs_both_and_the_custodians_pin() {
        int card = desk.enter(card("01", FANG)).number();
        assertEquals(KeyRefusal.WRONG_PIN, refusal(() -> desk.handOver(card, named(FANG), "李雷", "家")));
        assertEquals(KeyRefusal.WRONG_PIN, refusal(() -> desk.handOver(card, fang("271829"), "李雷", "家")));
        assertEquals(KeyRefusal.NOT_HOLDER, refusal(() -> desk.handOver(card, named("李雷"), "赵六", "家")));
        assertEquals(KeyRefusal.WITNESS_NEEDED, refusal(() -> desk.handOver(card, fang("271828"), FANG, "家")));
        CustodyItem offered = desk.handOver(card, fang("271828"), "李雷", "保险柜 2");
        assertEquals(CustodyState.OFFERED, offered.state());
        assertEquals(FANG, offered.entry().holder());
        assertEquals(KeyRefusal.NOT_HOLDER, refusal(() -> desk.confirm(card, named("赵六"))));
        assertEquals(KeyRefusal.NOT_HOLDER, refusal(() -> desk.handOver(card, fang("271828"), "赵六", "家")));
        CustodyItem moved = desk.confirm(card, named("李雷"));
        assertEquals(CustodyState.HELD, moved.state());
        assertEquals("李雷", moved.entry().holder());
        assertEquals("保险柜 2", moved.entry().place());
        assertEquals(KeyRefusal.NOT_HOLDER, refusal(() -> desk.confirm(card, named("李雷"))));
    }

    @Test
    void register_is_the_same_after_a_restart() {
        desk.enter(card("01", FANG));
        int second = desk.enter(psam(Optional.of(SAM))).number();
        desk.handOver(second, named("李雷"), FANG, "仓库");
        desk = open();
        assertEquals(2, desk.items().size());
        CustodyItem item = desk.items().get(1);
        assertEquals(FANG, item.receiver());
        assertArrayEquals(SAM.terminal(), item.entry().sam().orElseThrow().terminal());
        assertEquals(CustodyState.HELD, desk.confirm(second, fang("271828")).state());
    }

    @Test
    void lost_needs_no_proof_and_destroyed_two_people() {
        int card = desk.enter(card("01", FANG)).number();
        assertEquals(CustodyState.LOST, desk.lost(card, "门卫").state());
        assertEquals(KeyRefusal.ITEM_GONE, refusal(() -> desk.handOver(card, fang("271828"), "李雷", "家")));
        assertEquals(KeyRefusal.WITNESS_NEEDED, refusal(() -> desk.destroyed(card, named("A"), named("A"))));
        assertEquals(KeyRefusal.WRONG_PIN, refusal(() -> desk.destroyed(card, named("A"), named(FANG))));
        assertEquals(
                CustodyState.DESTROYED,
                desk.destroyed(card, named("A"), fang("271828")).state());
        assertEquals(KeyRefusal.ITEM_GONE, refusal(() -> desk.lost(card, "A")));
        assertEquals(KeyRefusal.UNKNOWN_ITEM, refusal(() -> desk.lost(9, "A")));
    }

    @Test
    void one_serial_of_a_kind_is_one_thing() {
        desk.enter(card("01", FANG));
        assertEquals(1, desk.enter(card("01", "李雷")).number());
        assertEquals(FANG, desk.items().get(0).entry().holder(), "a repetition moves nothing");
        desk.enter(psam(Optional.empty()));
        assertTrue(desk.enter(psam(Optional.of(SAM))).entry().sam().isPresent());
        assertEquals(2, desk.items().size());
        SamBinding other = new SamBinding(SAM.city(), SAM.community(), SAM.chip(), Hex.parse("440300000044"), 1);
        assertEquals(KeyRefusal.ITEM_EXISTS, refusal(() -> desk.enter(psam(Optional.of(other)))));
        assertEquals(KeyRefusal.ITEM_EXISTS, refusal(() -> desk.enter(psam(Optional.empty()))));
        desk.lost(1, "A");
        assertEquals(KeyRefusal.ITEM_EXISTS, refusal(() -> desk.enter(card("01", FANG))));
    }

    @Test
    void stock_take_tells_what_is_missing_surprising_and_unknown() {
        desk.enter(card("01", FANG));
        desk.enter(card("02", FANG));
        desk.enter(card("03", FANG));
        desk.lost(3, "A");
        assertEquals(KeyRefusal.WITNESS_NEEDED, refusal(() -> desk.stockTake(List.of(), named("A"), named("A"))));
        StockTake found = desk.stockTake(List.of("01", "03", "77"), named("A"), fang("271828"));
        assertFalse(found.agrees());
        assertEquals(1, found.counted());
        assertEquals("02", found.missing().get(0).entry().serial());
        assertEquals("03", found.surprising().get(0).entry().serial());
        assertEquals(List.of("77"), found.unknown());
        assertTrue(desk.stockTake(List.of("01", "02"), named("A"), named("B")).agrees());
    }

    @Test
    void lease_is_for_a_registered_module_in_its_terminal() {
        assertEquals(KeyRefusal.UNKNOWN_ITEM, refusal(() -> desk.lease(lease("2026120100000100"))));
        desk.enter(psam(Optional.empty()));
        assertEquals(KeyRefusal.UNKNOWN_ITEM, refusal(() -> desk.lease(lease("2026120100000100"))));
        int psam = desk.enter(psam(Optional.of(SAM))).number();
        assertEquals("20261201", Hex.of(desk.lease(lease("2026120100000100"))));
        var elsewhere = new LeaseRequest(
                Hex.parse("00004403990000000043"),
                Hex.parse("440300000044"),
                Hex.parse("2026120100000100"),
                new byte[16]);
        assertEquals(KeyRefusal.OTHER_TERMINAL, refusal(() -> desk.lease(elsewhere)));
        desk.lost(psam, "A");
        assertEquals(KeyRefusal.ITEM_GONE, refusal(() -> desk.lease(lease("2026120100000100"))));
    }

    @ParameterizedTest
    @CsvSource({
        "20270105000186a0, true",
        "2027010600000001, false",
        "20261122000186a1, false",
        "20261122000186a0, true",
        "2020010100000000, true"
    })
    void lease_reaches_forty_five_days_and_a_hundred_thousand_numbers(String lease, boolean granted) {
        desk.enter(psam(Optional.of(SAM)));
        if (granted) {
            desk.lease(lease(lease));
            assertEquals(lease, Hex.of(desk.items().get(0).lease()));
        } else {
            assertEquals(KeyRefusal.LEASE_TOO_LONG, refusal(() -> desk.lease(lease(lease))));
            assertEquals("0000000000000000", Hex.of(desk.items().get(0).lease()));
        }
    }

    @Test
    void numbers_rise_once_a_day_and_not_by_asking_often() {
        desk.enter(psam(Optional.of(SAM)));
        desk.lease(lease("20261220000186a0"));
        assertEquals(KeyRefusal.LEASE_TOO_LONG, refusal(() -> desk.lease(lease("20261220000186a1"))));
        desk.lease(lease("20261221000186a0"));
        desk = open();
        assertEquals(KeyRefusal.LEASE_TOO_LONG, refusal(() -> desk.lease(lease("2026122000030d40"))));
        clock.now = clock.now.plusSeconds(86_400);
        desk.lease(lease("2026122000030d40"));
        assertEquals(KeyRefusal.LEASE_TOO_LONG, refusal(() -> desk.lease(lease("2026122000030d41"))));
    }

    @Test
    void every_change_and_every_refusal_is_in_the_audit() {
        desk.enter(psam(Optional.of(SAM)));
        desk.lease(lease("2026120100000100"));
        refusal(() -> desk.confirm(1, named("A")));
        desk.lost(1, "商户");
        desk.stockTake(List.of(), named("A"), named("B"));
        assertEquals(
                List.of(
                        "CUSTODY admin number 1 PSAM 00004403990000000043 entered 李雷, 便利店",
                        "LEASE_GRANTED admin number 1 to 2026120100000100",
                        "REFUSED admin custody: not who has it",
                        "CUSTODY admin number 1 PSAM 00004403990000000043 lost, told by 商户, 便利店",
                        "CUSTODY admin stock-take by A and B: 0 there, 0 missing, 0 surprising, 0 unknown"),
                notes);
    }
}
