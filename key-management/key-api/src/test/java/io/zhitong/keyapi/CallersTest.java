package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may ask a vault what: every code of the protocol, for each kind of caller; deny by default. */
class CallersTest {
    private static final int NOT_ALLOWED = KeyRefusal.CALLER_NOT_ALLOWED.code();

    private final EchoAdministration people = new EchoAdministration();
    private final EchoKeys keys = new EchoKeys();

    private static Set<Integer> open(VaultDispatcher dispatcher) {
        Set<Integer> open = new TreeSet<>();
        for (int code = 0; code <= 0xFF; code++) {
            byte[] answer = dispatcher.answer(new byte[] {(byte) VaultFrames.VERSION, (byte) code});
            if ((answer[0] & 0xFF) != NOT_ALLOWED) {
                open.add(code);
            }
        }
        return open;
    }

    private static Set<Integer> codes(List<? extends WireOp> ops) {
        Set<Integer> codes = new TreeSet<>();
        ops.forEach(op -> codes.add(op.code()));
        return codes;
    }

    private static List<WireOp> both(List<? extends WireOp> some, List<? extends WireOp> more) {
        List<WireOp> ops = new ArrayList<>(some);
        ops.addAll(more);
        return ops;
    }

    private static List<WireOp> administration() {
        List<WireOp> ops = new ArrayList<>();
        ops.addAll(List.of(DoorOp.values()));
        ops.addAll(List.of(CatalogueOp.values()));
        ops.addAll(List.of(CustodyOp.values()));
        ops.addAll(List.of(CeremonyOp.values()));
        ops.addAll(List.of(RegisterOp.values()));
        ops.addAll(List.of(MachineOp.values()));
        ops.addAll(List.of(AuthCardOp.values()));
        ops.addAll(List.of(EvidenceOp.values()));
        return ops;
    }

    private static List<WireOp> keyWork() {
        List<WireOp> ops = new ArrayList<>(List.of(VaultOp.values()));
        ops.remove(VaultOp.ENROL_BY_TOKEN);
        return ops;
    }

    @Test
    void stranger_with_a_token_may_enrol_and_nothing_else() {
        VaultDispatcher stranger = VaultDispatcher.forStranger((token, asked) -> new MachineCertificate(token));
        assertEquals(codes(List.of(VaultOp.ENROL_BY_TOKEN)), open(stranger));
    }

    @Test
    void standby_may_ask_for_the_next_part_and_nothing_else() {
        VaultDispatcher standby = VaultDispatcher.forStandby(new Parts());
        assertEquals(codes(List.of(ReplicaOp.values())), open(standby));
    }

    @Test
    void key_service_alone_does_key_work_and_enrols_nobody_by_token() {
        assertEquals(codes(keyWork()), open(VaultDispatcher.forMachine(keys)));
    }

    @Test
    void backend_with_its_people_may_ask_everything_but_what_a_stranger_or_a_standby_asks() {
        assertEquals(codes(both(keyWork(), administration())), open(VaultDispatcher.forMachine(keys, people)));
    }

    @Test
    void command_line_may_do_no_key_work_but_issue_sams() {
        Set<Integer> expected =
                codes(both(administration(), List.of(VaultOp.STATUS, VaultOp.WRAP, VaultOp.AUTHENTICATE)));
        assertEquals(expected, open(VaultDispatcher.forAdministrator(keys, people)));
    }

    @Test
    void no_two_questions_share_a_code() {
        Map<Integer, WireOp> byCode = new HashMap<>();
        List<WireOp> all = new ArrayList<>(administration());
        all.addAll(List.of(VaultOp.values()));
        all.addAll(List.of(ReplicaOp.values()));
        for (WireOp op : all) {
            WireOp other = byCode.put(op.code(), op);
            assertEquals(null, other, () -> op + " and " + other);
        }
    }

    /** What changes something twice when it is sent twice is never repeated by the client on its own. */
    @Test
    void questions_that_spend_or_change_something_are_not_repeated() {
        List<WireOp> once = List.of(
                VaultOp.ENROL_BY_TOKEN,
                CustodyOp.CHANGE_PIN,
                CustodyOp.PROPOSE,
                CustodyOp.APPROVE,
                CeremonyOp.JOIN,
                CeremonyOp.DEAL,
                CeremonyOp.CONFIRM,
                DoorOp.GIVE_SHARE,
                RegisterOp.HAND_OVER,
                RegisterOp.LEASE,
                AuthCardOp.ENROL,
                AuthCardOp.PROVE);
        once.forEach(op -> assertFalse(op.repeatable(), op.toString()));
        List.of(VaultOp.STATUS, CatalogueOp.MASTERS, EvidenceOp.AUDIT, CeremonyOp.STATUS, CustodyOp.LIST)
                .forEach(op -> assertTrue(op.repeatable(), op.toString()));
    }

    /** Each key the vault's own command line may name, as control and as what is carried. */
    @ParameterizedTest
    @EnumSource
    void command_line_wraps_keys_of_sams_under_keys_of_sams_only(KeyUsage usage) {
        Set<KeyUsage> controls = Set.of(KeyUsage.TRANSPORT, KeyUsage.SAM_CONTROL);
        Set<KeyUsage> carried = Set.of(
                KeyUsage.SAM_CONTROL,
                KeyUsage.SAM_LEASE,
                KeyUsage.DPK,
                KeyUsage.ACCESS_FAST,
                KeyUsage.BOUGHT_DPK,
                KeyUsage.BOUGHT_ACCESS);
        VaultDispatcher line = VaultDispatcher.forAdministrator(keys, people);
        assertEquals(
                controls.contains(usage) ? 0 : NOT_ALLOWED, wrap(line, key(usage), key(KeyUsage.SAM_LEASE)), "control");
        assertEquals(
                carried.contains(usage) ? 0 : NOT_ALLOWED, wrap(line, key(KeyUsage.TRANSPORT), key(usage)), "carried");
    }

    /** One key that is not allowed spoils the whole batch: nothing of it is wrapped. */
    @Test
    void batch_with_one_foreign_key_is_refused_as_a_whole() {
        ByteWriter out =
                new ByteWriter().u8(VaultFrames.VERSION).u8(VaultOp.WRAP.code()).u16(2);
        request(key(KeyUsage.TRANSPORT), key(KeyUsage.DPK)).encode(out);
        request(key(KeyUsage.TRANSPORT), key(KeyUsage.DTK)).encode(out);
        byte[] answer = VaultDispatcher.forAdministrator(keys, people).answer(out.toByteArray());
        assertEquals(NOT_ALLOWED, answer[0]);
        assertEquals(List.of(), people.asked);
    }

    private static int wrap(VaultDispatcher line, KeyRef control, KeyRef key) {
        ByteWriter out =
                new ByteWriter().u8(VaultFrames.VERSION).u8(VaultOp.WRAP.code()).u16(1);
        request(control, key).encode(out);
        return line.answer(out.toByteArray())[0];
    }

    private static WrapRequest request(KeyRef control, KeyRef key) {
        return new WrapRequest(control, new byte[16], Hex.parse("84d43e01"), new byte[5], key, new byte[0]);
    }

    private static KeyRef key(KeyUsage usage) {
        return new KeyRef(usage, 1, java.util.Collections.nCopies(usage.chain().depth(), new byte[8]));
    }

    /** A vault that has one part for whoever has none. */
    private static final class Parts implements VaultReplication {
        private final List<ReplicaPlace> asked = new ArrayList<>();

        @Override
        public ReplicaPart next(ReplicaPlace have) {
            asked.add(have);
            byte[] records = have.audit() == 0 ? new byte[] {1, 2, 3} : new byte[0];
            return new ReplicaPart(records, new byte[0], new byte[0]);
        }

        @Override
        public void close() {
            asked.clear();
        }
    }

    @Test
    void standby_says_how_far_it_is_and_gets_what_is_behind() {
        Parts parts = new Parts();
        VaultDispatcher standby = VaultDispatcher.forStandby(parts);
        assertArrayEquals(
                new byte[] {1, 2, 3}, next(standby, new ReplicaPlace(4, 5, 0)).records());
        assertTrue(next(standby, new ReplicaPlace(4, 5, 6)).isEmpty());
        assertEquals(List.of(new ReplicaPlace(4, 5, 0), new ReplicaPlace(4, 5, 6)), parts.asked);
    }

    private static ReplicaPart next(VaultDispatcher standby, ReplicaPlace have) {
        ByteWriter out = new ByteWriter().u8(VaultFrames.VERSION).u8(ReplicaOp.NEXT.code());
        have.encode(out);
        ByteReader in = new ByteReader(standby.answer(out.toByteArray()));
        assertEquals(0, in.u8());
        ReplicaPart part = ReplicaPart.decode(in);
        in.end();
        return part;
    }

    @Test
    void place_with_a_sign_or_a_byte_too_much_is_refused_before_the_vault_is_asked() {
        Parts parts = new Parts();
        VaultDispatcher standby = VaultDispatcher.forStandby(parts);
        String head = Hex.of(new byte[] {(byte) VaultFrames.VERSION, (byte) ReplicaOp.NEXT.code()});
        for (String body : List.of("", "00".repeat(23), "00".repeat(25), "ff".repeat(8) + "00".repeat(16))) {
            assertEquals(KeyRefusal.MALFORMED.code(), standby.answer(Hex.parse(head + body))[0], body);
        }
        assertEquals(List.of(), parts.asked);
    }
}
