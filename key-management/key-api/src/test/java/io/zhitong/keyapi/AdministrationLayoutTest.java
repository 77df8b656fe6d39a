package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.zhitong.keyapi.RequestLayoutTest.Layout;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretBytes;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people and standbys exchange with a vault, byte by byte: literal frames, each cut, each bit turned, each bound. */
class AdministrationLayoutTest {
    private static final Set<KeyRefusal> MALFORMED = EnumSet.of(KeyRefusal.MALFORMED, KeyRefusal.BAD_NAME);

    private static final String CONTROLLER = "000a" + "636f6e74726f6c6c6572" + "0004" + "312d3432";
    private static final String CHECKPOINT = "0000000000000009" + "ab".repeat(32) + "cd".repeat(64);
    private static final String MARK = "0000000000000009" + "ab".repeat(32);
    private static final String BINDING =
            "4403ff0000000000" + "0000000044030001" + "0102030405060708" + "440300000043" + "02";
    private static final String ENTRY =
            "05" + "0003" + "303041" + "0003" + "44504b" + "0006" + "e78e8be88ab3" + "0001" + "41" + "01" + BINDING;
    private static final String ITEM =
            "0007" + ENTRY + "02" + "00000000000003e8" + "0006" + "e69d8ee99bb7" + "2026123100000100" + "20261121";
    private static final String PARTICIPANT = "03" + "0006" + "e78e8be88ab3" + "15";
    private static final String SETTINGS = "0001" + "4e" + "02" + "03" + "02";

    static Stream<Layout> layouts() {
        return Stream.of(
                Layout.of(
                        "place of a standby",
                        "0000000000000001" + "0000000000000002" + "00000000000000ff",
                        ReplicaPlace::decode,
                        ReplicaPlace::encode),
                Layout.of(
                        "part for a standby",
                        "00000002" + "a1a2" + "00000000" + "00000001" + "b1",
                        ReplicaPart::decode,
                        ReplicaPart::encode),
                Layout.of("checkpoint", CHECKPOINT, AuditCheckpoint::decode, AuditCheckpoint::encode),
                Layout.of("testimony", "01" + CHECKPOINT, Testimony::decode, Testimony::encode),
                Layout.of("testimony of nothing", "00", Testimony::decode, Testimony::encode),
                Layout.of("word of a device", CONTROLLER + CHECKPOINT, DeviceWord::decode, DeviceWord::encode),
                Layout.of("audit mark", MARK, AuditMark::decode, AuditMark::encode),
                Layout.of("audit page", MARK + MARK + "00000003" + "000102", AuditPage::decode, AuditPage::encode),
                Layout.of(
                        "file of evidence",
                        "0006" + "612e6a736f6e" + "00000001" + "7b",
                        EvidenceFile::decode,
                        EvidenceFile::encode),
                Layout.of(
                        "fact",
                        "0001" + "61" + "0002" + "3137",
                        VaultPortrait.Fact::decode,
                        VaultPortrait.Fact::encode),
                Layout.of("signer", "05" + "5a".repeat(64), VaultPortrait.Signer::decode, VaultPortrait.Signer::encode),
                Layout.of(
                        "authentication card",
                        "03" + "00004403990400000003" + "0040",
                        AuthenticationCard::decode,
                        AuthenticationCard::encode),
                Layout.of(
                        "custodian",
                        "0f" + "0006" + "e78e8be88ab3" + "05" + "01",
                        Custodian::decode,
                        Custodian::encode),
                Layout.of(
                        "person with a PIN",
                        "0006" + "e78e8be88ab3" + "02" + "0003" + "313233",
                        CustodyPerson::decode,
                        CustodyPerson::encode),
                Layout.of("SAM binding", BINDING, SamBinding::decode, SamBinding::encode),
                Layout.of("entry of the register", ENTRY, CustodyEntry::decode, CustodyEntry::encode),
                Layout.of("item of the register", ITEM, CustodyItem::decode, CustodyItem::encode),
                Layout.of(
                        "stock take",
                        "0003" + "0001" + ITEM + "0000" + "0001" + "0002" + "3939",
                        StockTake::decode,
                        StockTake::encode),
                Layout.of(
                        "lease request",
                        "00004403990000000043" + "440300000043" + "2026123100000100" + "c0".repeat(16),
                        LeaseRequest::decode,
                        LeaseRequest::encode),
                Layout.of(
                        "door",
                        "02" + "01" + "03" + "04" + "0002" + "02" + "04" + "0257",
                        DoorState::decode,
                        DoorState::encode),
                Layout.of("settings of a ceremony", SETTINGS, CeremonySettings::decode, CeremonySettings::encode),
                Layout.of(
                        "participant",
                        PARTICIPANT,
                        CeremonyStatus.Participant::decode,
                        CeremonyStatus.Participant::encode),
                Layout.of(
                        "ceremony",
                        "04" + "00".repeat(16) + "01" + SETTINGS + "01" + "0002" + "3031" + "0001" + PARTICIPANT,
                        CeremonyStatus::decode,
                        CeremonyStatus::encode),
                Layout.of("share", "0004" + "35653565" + "070809", DealtShare::decode, DealtShare::encode),
                Layout.of(
                        "issued certificate",
                        "02" + "0102" + "01" + CONTROLLER + "000000006b49d200" + "000000006b49d201" + "5a".repeat(32),
                        IssuedMachine::decode,
                        IssuedMachine::encode),
                Layout.of(
                        "proposal",
                        "0102030405060708" + "0002" + "0105" + "0001" + "41" + "00000000000003e8" + "00000000000007d0"
                                + "03" + "02" + "010f" + "0000",
                        Proposal::decode,
                        Proposal::encode),
                order("unlock", "01" + "05"),
                order("new version", "02" + "0e0300" + "01" + "4e" + "00".repeat(16) + "0000"),
                order("change of state", "03" + "0c0200" + "04"),
                order("import", "04" + "3c0101" + "5a542d4349545931" + "01" + "0003" + "413031"),
                order("export", "05" + "0c0200" + "3c0101" + "5a542d4349545931"));
    }

    private static Layout order(String name, String hex) {
        return Layout.of(name, hex, in -> KeyOrder.decode(in.rest()), (order, out) -> out.bytes(order.canonical()));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void literal_frame_reads_and_writes_back(Layout layout) {
        assertArrayEquals(layout.frame(), layout.again(layout.frame()));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void each_turned_bit_is_refused_or_another_value(Layout layout) {
        for (int bit = 0; bit < layout.frame().length * 8; bit++) {
            byte[] changed = layout.frame().clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            int place = bit;
            try {
                assertArrayEquals(changed, layout.again(changed), () -> "bit " + place + " is lost on the way");
            } catch (KeyServiceException refused) {
                assertTrue(
                        MALFORMED.contains(refused.reason()), refused.reason().name());
            } catch (MalformedInput refused) {
                assertTrue(String.valueOf(refused.getMessage()).length() > 8);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void each_frame_that_is_cut_or_longer_is_refused_as_malformed(Layout layout) {
        for (int length = 0; length <= layout.frame().length + 1; length++) {
            byte[] cut = Arrays.copyOf(layout.frame(), length);
            if (length != layout.frame().length) {
                RuntimeException refused = assertThrows(RuntimeException.class, () -> layout.again(cut));
                assertTrue(
                        refused instanceof MalformedInput || refused instanceof KeyServiceException,
                        () -> cut.length + " bytes: " + refused);
            }
        }
    }

    private static Arguments edge(String what, Executable last, Executable beyond) {
        return arguments(what, last, beyond);
    }

    static Stream<Arguments> edges() {
        return Stream.of(
                edge("place", () -> new ReplicaPlace(0, 0, 0), () -> new ReplicaPlace(0, 0, -1)),
                edge("operational place", () -> place(Long.MAX_VALUE, 0), () -> place(Long.MIN_VALUE, 0)),
                edge("master place", () -> place(0, Long.MAX_VALUE), () -> place(0, -1)),
                edge("part", () -> part(3 * 1024 * 1024), () -> part(3 * 1024 * 1024 + 1)),
                edge("page", () -> page(3 * 1024 * 1024), () -> page(3 * 1024 * 1024 + 1)),
                edge("first checkpoint", () -> checkpoint(1, 32, 64), () -> checkpoint(0, 32, 64)),
                edge("hash", () -> checkpoint(1, 32, 64), () -> checkpoint(1, 31, 64)),
                edge("signature", () -> checkpoint(1, 32, 64), () -> checkpoint(1, 32, 65)),
                edge("name of a fact", () -> fact(64, 0), () -> fact(65, 0)),
                edge("fact without a name", () -> fact(1, 400), () -> fact(0, 400)),
                edge("fact", () -> fact(1, 400), () -> fact(1, 401)),
                edge("challenges", () -> card(1, 10, 256), () -> card(1, 10, 257)),
                edge("no challenge", () -> card(1, 10, 0), () -> card(1, 10, -1)),
                edge("serial", () -> card(15, 10, 0), () -> card(15, 9, 0)),
                edge("custodian", () -> card(15, 10, 0), () -> card(16, 10, 0)),
                edge("first custodian", () -> card(1, 10, 0), () -> card(0, 10, 0)),
                edge(
                        "wrong PINs",
                        () -> custodian(Custodians.MOST_WRONG_PINS),
                        () -> custodian(Custodians.MOST_WRONG_PINS + 1)),
                edge("terminal", () -> binding(6, 255), () -> binding(7, 255)),
                edge("lease key", () -> binding(6, 1), () -> binding(6, 0)),
                edge("day of a lease", () -> lease("20280229"), () -> lease("20270229")),
                edge("month of a lease", () -> lease("20271231"), () -> lease("20271301")),
                edge("hexadecimal lease", () -> lease("20271009"), () -> lease("2027100a")),
                edge("number in the register", () -> item(65535), () -> item(65536)),
                edge("first number", () -> item(1), () -> item(0)),
                edge("about", () -> about("密".repeat(66) + "ab"), () -> about("密".repeat(67))),
                edge("shares", () -> door(255, 255, 600), () -> door(255, 254, 600)),
                edge("seconds", () -> door(0, 0, VaultDoor.MINUTES * 60), () -> door(0, 0, VaultDoor.MINUTES * 60 + 1)),
                edge("outcome", () -> outcome(4096), () -> outcome(4097)),
                edge("fingerprint", () -> fingerprint(64), () -> fingerprint(65)),
                edge("block", () -> block("A".repeat(256)), () -> block("A".repeat(257))),
                edge("letters of a block", () -> block("Z9"), () -> block("z9")),
                edge("no block", () -> block("0"), () -> block("")),
                edge("own key", () -> made(KeyOrigin.MADE), () -> made(KeyOrigin.IMPORTED)),
                edge("validity", () -> valid(5, 6), () -> valid(5, 5)),
                edge("begin", () -> valid(0, 0), () -> valid(-1, 0)),
                edge("reader for 400 days", () -> reader("20260101", "20270205"), () -> reader("20260101", "20270206")),
                edge("reader for a day", () -> reader("20260101", "20260101"), () -> reader("20260102", "20260101")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edges")
    void last_value_is_taken_and_the_next_is_malformed(String what, Executable last, Executable beyond)
            throws Throwable {
        last.execute();
        assertEquals(
                KeyRefusal.MALFORMED,
                assertThrows(KeyServiceException.class, beyond, what).reason());
    }

    /** The refusal says what was expected and nothing of what came: it may carry a PIN or a share. */
    @Test
    void refusal_never_reflects_what_came() {
        KeyServiceException refused =
                assertThrows(KeyServiceException.class, () -> block("SECRETBLOCK" + "x".repeat(20)));
        assertTrue(!String.valueOf(refused.getMessage()).contains("SECRETBLOCK"), refused.getMessage());
        KeyServiceException name =
                assertThrows(KeyServiceException.class, () -> Custodian.checkName("<script>alert(1)</script>"));
        assertTrue(!String.valueOf(name.getMessage()).contains("script"), name.getMessage());
    }

    private static ReplicaPlace place(long operational, long masters) {
        return new ReplicaPlace(operational, masters, 0);
    }

    private static ReplicaPart part(int length) {
        return new ReplicaPart(new byte[0], new byte[length], new byte[0]);
    }

    private static AuditPage page(int length) {
        AuditMark mark = new AuditMark(0, new byte[32]);
        return new AuditPage(mark, mark, new byte[length]);
    }

    private static AuditCheckpoint checkpoint(long number, int hash, int signature) {
        return new AuditCheckpoint(number, new byte[hash], new byte[signature]);
    }

    private static VaultPortrait.Fact fact(int name, int value) {
        return new VaultPortrait.Fact("a".repeat(name), "b".repeat(value));
    }

    private static AuthenticationCard card(int custodian, int serial, int left) {
        return new AuthenticationCard(custodian, new byte[serial], left);
    }

    private static Custodian custodian(int wrongPins) {
        return new Custodian(1, "王芳", wrongPins, true);
    }

    private static SamBinding binding(int terminal, int version) {
        return new SamBinding(new byte[8], new byte[8], new byte[8], new byte[terminal], version);
    }

    private static LeaseRequest lease(String day) {
        return new LeaseRequest(new byte[10], new byte[6], Hex.parse(day + "00000100"), new byte[16]);
    }

    private static CustodyEntry about(String about) {
        return new CustodyEntry(CustodyKind.SHARE, "1", about, "王芳", "A", Optional.empty());
    }

    private static CustodyItem item(int number) {
        return CustodyItem.fresh(number, about(""), 0);
    }

    private static DoorState door(int needed, int dealt, int seconds) {
        return new DoorState(VaultState.SEALED, false, needed, dealt, List.of(), seconds);
    }

    private static Proposal outcome(int length) {
        return new Proposal(
                new byte[8],
                new KeyOrder.UnlockCustodian(1),
                "王芳",
                0,
                1,
                ProposalState.DONE,
                List.of(),
                "o".repeat(length));
    }

    private static CeremonyStatus fingerprint(int length) {
        return new CeremonyStatus(
                CeremonyStep.NONE, new byte[16], Optional.empty(), false, "f".repeat(length), List.of());
    }

    private static KeyOrder block(String text) {
        return new KeyOrder.ImportKeyBlock(KeyRef.of(KeyUsage.EXCHANGE, 1, new byte[8]), false, text);
    }

    private static KeyOrder made(KeyOrigin origin) {
        return new KeyOrder.NewKeyVersion(
                KeyRef.of(KeyUsage.DPK, 2), new KeyTerms(origin, Exportability.NEVER, 0, 0, ""));
    }

    private static KeyTerms valid(long from, long to) {
        return new KeyTerms(KeyOrigin.MADE, Exportability.NEVER, from, to, "");
    }

    private static ReaderCertificateRequest reader(String from, String to) {
        return new ReaderCertificateRequest(new byte[64], new byte[8], Hex.parse(from), Hex.parse(to), 1, new byte[64]);
    }

    /** A record that is kept must not change when its caller's array does. */
    @Test
    void records_keep_their_own_bytes() {
        byte[] serial = new byte[10];
        AuthenticationCard card = new AuthenticationCard(1, serial, 1);
        serial[0] = 1;
        card.serial()[1] = 1;
        assertArrayEquals(new byte[10], card.serial());

        byte[] lease = new byte[8];
        CustodyItem item = item(1).granted(lease, new byte[4]);
        lease[0] = 1;
        item.lease()[1] = 1;
        item.granted()[1] = 1;
        assertArrayEquals(new byte[8], item.lease());
        assertArrayEquals(new byte[4], item.granted());

        List<Integer> approvers = new java.util.ArrayList<>(List.of(1));
        Proposal proposal = outcome(1).with(ProposalState.APPROVED, approvers, "");
        approvers.add(2);
        assertEquals(List.of(1), proposal.approvers());
        assertEquals("0000000000000000", proposal.name());
    }

    @Test
    void checkpoints_are_equal_by_their_bytes() {
        AuditCheckpoint one = checkpoint(7, 32, 64);
        assertEquals(one, checkpoint(7, 32, 64));
        assertEquals(one.hashCode(), checkpoint(7, 32, 64).hashCode());
        byte[] other = new byte[64];
        other[63] = 1;
        assertTrue(!one.equals(new AuditCheckpoint(7, new byte[32], other)));
        assertTrue(!one.equals(checkpoint(8, 32, 64)));
        assertEquals("5a544131" + "0000000000000007" + "00".repeat(32), Hex.of(AuditCheckpoint.signed(7, one.hash())));
    }

    @Test
    void stock_take_agrees_only_when_nothing_is_missing_surprising_or_unknown() {
        List<CustodyItem> one = List.of(item(1));
        assertTrue(new StockTake(5, List.of(), List.of(), List.of()).agrees());
        assertTrue(!new StockTake(5, one, List.of(), List.of()).agrees());
        assertTrue(!new StockTake(5, List.of(), one, List.of()).agrees());
        assertTrue(!new StockTake(5, List.of(), List.of(), List.of("99")).agrees());
    }

    @Test
    void secret_of_a_share_and_of_a_person_is_gone_after_the_close() {
        SecretBytes text = SecretBytes.takeOver(new byte[] {1, 2});
        DealtShare share = new DealtShare(text, new byte[3]);
        share.close();
        assertThrows(IllegalStateException.class, () -> share.encode(new io.zhitong.smcrypto.ByteWriter()));
        CustodyPerson person = new CustodyPerson("王芳", 1, SecretBytes.takeOver(new byte[] {1}));
        person.close();
        assertThrows(IllegalStateException.class, () -> person.encode(new io.zhitong.smcrypto.ByteWriter()));
    }

    @Test
    void certificate_times_are_kept_by_the_second() {
        IssuedMachine issued = new IssuedMachine(
                java.math.BigInteger.ONE,
                io.zhitong.machinetls.MachineProfile.SM2,
                new io.zhitong.machinetls.MachineName(io.zhitong.machinetls.MachineRole.POS, "1-43"),
                Instant.parse("2026-05-01T08:00:00.999Z"),
                Instant.parse("2027-05-01T08:00:00.001Z"),
                new byte[32]);
        assertEquals(Instant.parse("2026-05-01T08:00:00Z"), issued.from());
        assertEquals(Instant.parse("2027-05-01T08:00:00Z"), issued.to());
    }
}
