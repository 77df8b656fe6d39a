package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The register on the wire, byte by byte and through a connection. */
@Timeout(60)
class RegisterWireTest {
    private static CustodyPerson custodian(String name, int number, String pin) {
        return new CustodyPerson(name, number, SecretBytes.takeOver(pin.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String bytes(CustodyItem item) {
        ByteWriter out = new ByteWriter();
        item.encode(out);
        return Hex.of(out.toByteArray());
    }

    @Test
    void every_question_of_the_register_arrives_whole_and_every_answer_comes_back() throws IOException {
        EchoAdministration echo = new EchoAdministration();
        VaultDispatcher dispatcher = VaultDispatcher.forMachine(new EchoKeys(), echo);
        try (TestPeer peer = TestPeer.answering(dispatcher::answer);
                KeyAdministration remote = peer.administration(Duration.ofSeconds(10))) {
            CustodyRegister register = remote.register();
            assertEquals(bytes(EchoRegister.ITEM), bytes(register.items().get(0)));
            assertEquals(bytes(EchoRegister.ITEM), bytes(register.enter(EchoRegister.PSAM)));
            register.handOver(7, custodian("王芳", 2, "111213"), "李雷", "保险柜");
            register.confirm(8, CustodyPerson.named("李雷"));
            register.lost(9, "商户");
            register.destroyed(10, CustodyPerson.named("A"), CustodyPerson.named("B"));
            StockTake found =
                    register.stockTake(List.of("01", "AB"), CustodyPerson.named("A"), custodian("王芳", 2, "111213"));
            assertEquals(3, found.counted());
            assertEquals(7, found.missing().get(0).number());
            assertEquals(List.of("99"), found.unknown());
            assertFalse(found.agrees());
            var request = new LeaseRequest(
                    Hex.parse("00004403990000000043"),
                    Hex.parse("440300000043"),
                    Hex.parse("2026123100000100"),
                    new byte[16]);
            assertArrayEquals(new byte[] {1, 2, 3, 4}, register.lease(request));
        }
        assertEquals(
                List.of(
                        "enter 00004403990000000043 true",
                        "handOver 7 王芳/2/111213 李雷 保险柜",
                        "confirm 8 李雷/0/",
                        "lost 9 商户",
                        "destroyed 10 A/0/ B/0/",
                        "stockTake [01, AB] A/0/ 王芳/2/111213",
                        "lease 00004403990000000043 2026123100000100"),
                echo.asked);
    }

    @Test
    void every_question_about_authentication_cards_arrives_whole() throws IOException {
        EchoAdministration echo = new EchoAdministration();
        VaultDispatcher dispatcher = VaultDispatcher.forMachine(new EchoKeys(), echo);
        try (TestPeer peer = TestPeer.answering(dispatcher::answer);
                KeyAdministration remote = peer.administration(Duration.ofSeconds(10))) {
            AuthenticationCards cards = remote.authenticationCards();
            AuthenticationCard card = cards.cards().get(0);
            assertEquals(
                    "3 00004403990400000003 64", card.custodian() + " " + Hex.of(card.serial()) + " " + card.left());
            cards.enrol(
                    custodian("王芳", 3, "111213"),
                    custodian("李雷", 2, "141516"),
                    Hex.parse("00004403990400000003"),
                    List.of(Hex.parse("ab".repeat(32)), new byte[32]));
            assertEquals("c0".repeat(16), Hex.of(cards.challenge(3)));
            cards.prove(3, Hex.parse("d0".repeat(32)), Hex.parse("a0".repeat(16)));
        }
        assertEquals(
                List.of(
                        "enrol 王芳 李雷 00004403990400000003 2 " + "ab".repeat(32),
                        "challenge 3",
                        "prove 3 " + "d0".repeat(32) + " " + "a0".repeat(16)),
                echo.asked);
    }

    @Test
    void item_has_the_bytes_of_the_page() {
        String entry = "05" + "0014" + Hex.of("00004403990000000043".getBytes(StandardCharsets.US_ASCII)) + "000f"
                + Hex.of("DPK CMAC 52FC10".getBytes(StandardCharsets.US_ASCII)) + "0006e78e8be88ab3"
                + "0009e4bebfe588a9e5ba97" + "01" + "4403ff0000000000" + "0000000044030001" + "0102030405060708"
                + "440300000043" + "02";
        String item = "0007" + entry + "02" + "00000000000003e8" + "0006e69d8ee99bb7" + "2026123100000100" + "20261121";
        assertEquals(item, bytes(EchoRegister.ITEM));
        assertEquals(item, bytes(CustodyItem.decode(new ByteReader(Hex.parse(item)))));
        assertEquals("SAM_LEASE", EchoRegister.SAM.leaseKey().usage().name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00a1", "12 34", "123456789012345678901234567890123", "１２"})
    void serial_is_digits_and_capital_letters(String serial) {
        assertThrows(
                KeyServiceException.class,
                () -> new CustodyEntry(CustodyKind.SHARE, serial, "", "A", "B", Optional.empty()));
    }

    @Test
    void things_that_are_no_sam_have_no_terminal_and_people_without_a_number_no_pin() {
        assertThrows(
                KeyServiceException.class,
                () -> new CustodyEntry(CustodyKind.SHARE, "1", "", "A", "B", Optional.of(EchoRegister.SAM)));
        assertThrows(
                KeyServiceException.class,
                () -> new CustodyEntry(CustodyKind.SHARE, "1", "x".repeat(201), "A", "B", Optional.empty()));
        assertThrows(KeyServiceException.class, () -> custodian("A", 0, "111213"));
        assertThrows(KeyServiceException.class, () -> custodian("A", 16, "111213"));
        assertThrows(
                KeyServiceException.class,
                () -> new LeaseRequest(new byte[10], new byte[6], new byte[8], new byte[16]));
    }

    @Test
    void codes_are_their_own_and_unknown_ones_refused() {
        for (CustodyKind kind : CustodyKind.values()) {
            assertEquals(kind, CustodyKind.of(kind.code()));
            assertTrue(kind.chinese().codePoints().anyMatch(Character::isIdeographic));
            assertFalse(kind.english().isBlank());
        }
        for (CustodyState state : CustodyState.values()) {
            assertEquals(state, CustodyState.of(state.code()));
            assertTrue(state.chinese().codePoints().anyMatch(Character::isIdeographic));
        }
        assertThrows(KeyServiceException.class, () -> CustodyKind.of(0));
        assertThrows(KeyServiceException.class, () -> CustodyState.of(5));
    }

    @Test
    void command_line_wraps_for_sams_and_for_nothing_else() {
        VaultDispatcher line = VaultDispatcher.forAdministrator(new EchoKeys(), new EchoAdministration());
        byte[] chip = new byte[8];
        for (KeyUsage usage : KeyUsage.values()) {
            if (usage.chain().depth() != 3 && usage != KeyUsage.TRANSPORT) {
                continue;
            }
            KeyRef key =
                    usage == KeyUsage.TRANSPORT ? KeyRef.of(usage, 1, chip) : KeyRef.of(usage, 1, chip, chip, chip);
            ByteWriter asked = new ByteWriter().u8(VaultFrames.VERSION).u8(VaultOp.AUTHENTICATE.code());
            key.encode(asked);
            byte[] answer = line.answer(asked.u8(8).bytes(chip).toByteArray());
            boolean may = usage == KeyUsage.TRANSPORT || usage == KeyUsage.SAM_CONTROL;
            assertEquals(may ? 0 : KeyRefusal.CALLER_NOT_ALLOWED.code(), answer[0], usage.name());
        }
    }
}
