package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AdministrationWireTest {
    private static final KeyRef PARTNER = KeyRef.of(KeyUsage.EXCHANGE, 1, Hex.parse("5a542d4349545931"));

    private static final MachineName CONTROLLER = new MachineName(MachineRole.CONTROLLER, "1-42");
    private static final AuditCheckpoint WORD = new AuditCheckpoint(9, new byte[32], new byte[64]);

    private final EchoAdministration echo = new EchoAdministration();
    private final VaultDispatcher dispatcher = VaultDispatcher.forMachine(new EchoKeys(), echo);

    private static SecretBytes secret(String text) {
        return SecretBytes.takeOver(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void every_question_of_the_administration_arrives_whole_and_every_answer_comes_back() throws IOException {
        try (TestPeer peer = TestPeer.answering(dispatcher::answer);
                KeyAdministration remote = peer.administration(Duration.ofSeconds(10))) {
            VaultDoor door = remote.door();
            assertEquals(EchoAdministration.DOOR, door.door());
            assertEquals(EchoAdministration.DOOR, door.giveShare(secret("0a1b")));
            door.forgetShares();
            door.seal();
            Testimony known = new Testimony(
                    java.util.Optional.of(new AuditCheckpoint(0x0102030405060708L, new byte[32], new byte[64])));
            assertEquals(known, door.testify(known));
            assertTrue(door.testify(new Testimony(java.util.Optional.empty()))
                    .newest()
                    .isEmpty());
            assertEquals(EchoAdministration.DOOR, door.passOn(List.of(new DeviceWord(CONTROLLER, WORD))));
            assertEquals(EchoAdministration.DOOR, door.answerNewest(77));
            Custodians custodians = remote.custodians();
            assertEquals(echo.list(), custodians.list());
            custodians.changePin(3, secret("123456"), secret("654321"));
            KeyOrder order = new KeyOrder.NewKeyVersion(KeyRef.of(KeyUsage.DTK, 2));
            assertSame(EchoAdministration.PROPOSAL, custodians.propose("王芳", order));
            assertSame(EchoAdministration.PROPOSAL, custodians.proposals().get(0));
            byte[] number = Hex.parse("0102030405060708");
            custodians.approve(number, new byte[32], 2, secret("111111"));
            custodians.withdraw(number, 4, secret("222222"));

            KeyRef card = KeyRef.of(KeyUsage.DTK, 2, new byte[8], Hex.parse("4403000100000001"));
            assertEquals("CMAC 040506", remote.catalogue().lineage(card).kcvText(0));
            assertEquals(
                    "DTK/2:0000000000000000",
                    remote.catalogue().masters().get(0).key().text());

            Ceremonies ceremonies = remote.ceremonies();
            assertEquals(describe(EchoAdministration.STATUS), describe(ceremonies.status()));
            ceremonies.start(new CeremonySettings("n", 2, 4, false, true));
            ceremonies.join("李雷", secret("333333"));
            ceremonies.commit(1, secret("444444"), new byte[16], new byte[32]);
            ceremonies.reveal(2, secret("555555"), secret("component"));
            try (DealtShare dealt = ceremonies.deal(3, secret("666666"))) {
                assertEquals("5e", new String(dealt.share().export(SecretAccess.TOKEN), StandardCharsets.US_ASCII));
                assertArrayEquals(new byte[] {7, 8, 9}, dealt.kcv());
            }
            ceremonies.confirm(4, secret("777777"), secret("share"));
            ceremonies.close(5, secret("888888"));
            ceremonies.abort(6, secret("999999"));
            assertEquals("1\t密钥仪式\n", ceremonies.transcript());
        }
        assertEquals(
                List.of(
                        "giveShare 0a1b",
                        "forgetShares",
                        "seal",
                        "testify 72623859790382856",
                        "testify 0",
                        "passOn 1 controller/1-42 9",
                        "answerNewest 77",
                        "changePin 3 123456 654321",
                        "propose 王芳 NewKeyVersion[key=DTK/2(0 factors), terms=KeyTerms[origin=MADE, exportability=NEVER,"
                                + " from=0, to=0, custodian=]]",
                        "approve 0102030405060708 " + "00".repeat(32) + " 2 111111",
                        "withdraw 0102030405060708 4 222222",
                        "start CeremonySettings[name=n, needed=2, dealt=4, rehearsal=false, roots=true]",
                        "join 李雷 333333",
                        "commit 1 444444 " + "00".repeat(16) + " " + "00".repeat(32),
                        "reveal 2 555555 component",
                        "deal 3 666666",
                        "confirm 4 777777 share",
                        "close 5 888888",
                        "abort 6 999999"),
                echo.asked);
    }

    @Test
    void checkpoint_is_104_bytes_and_its_number_is_not_zero() {
        assertEquals(WORD, AuditCheckpoint.parse(WORD.toByteArray()));
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> AuditCheckpoint.parse(new byte[103])));
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> AuditCheckpoint.parse(new byte[105])));
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> AuditCheckpoint.parse(new byte[104])));
    }

    @Test
    void word_of_a_device_has_the_bytes_of_the_page_and_one_that_is_cut_is_refused() {
        ByteWriter out = new ByteWriter();
        new DeviceWord(CONTROLLER, WORD).encode(out);
        String word = "000a" + Hex.of("controller".getBytes(StandardCharsets.US_ASCII)) + "0004312d3432"
                + "0000000000000009" + "00".repeat(96);
        assertEquals(word, Hex.of(out.toByteArray()));
        assertEquals(7, dispatcher.answer(Hex.parse("0127" + "0001" + word.substring(2)))[0]);
        assertEquals(List.of(), echo.asked);
    }

    private static void assertSame(Proposal expected, Proposal found) {
        assertEquals(Hex.of(bytes(expected)), Hex.of(bytes(found)));
    }

    private static byte[] bytes(Proposal proposal) {
        ByteWriter out = new ByteWriter();
        proposal.encode(out);
        return out.toByteArray();
    }

    private static String describe(CeremonyStatus status) {
        return status.step()
                + Hex.of(status.id())
                + status.settings()
                + status.components()
                + status.fingerprint()
                + status.participants();
    }

    @Test
    void proposal_and_order_have_the_bytes_of_the_page() {
        assertEquals(
                "0102030405060708" + "0005" + "030c020004" + "0006" + "e69d8ee99bb7" + "00000000000003e8"
                        + "00000000000007d0" + "03" + "02" + "010f" + "0009" + "e5b7b2e5819ce58f91",
                Hex.of(bytes(EchoAdministration.PROPOSAL)));
        assertEquals("0105", Hex.of(new KeyOrder.UnlockCustodian(5).canonical()));
        assertEquals(
                "020e0300" + "01" + "4e" + "00".repeat(16) + "0000",
                Hex.of(new KeyOrder.NewKeyVersion(KeyRef.of(KeyUsage.DTK, 3)).canonical()));
        String block = "40117124X01E0100LN050";
        assertEquals(
                "043c01015a542d434954593101" + "0015" + Hex.of(block.getBytes(StandardCharsets.US_ASCII)),
                Hex.of(new KeyOrder.ImportKeyBlock(PARTNER, true, block).canonical()));
        assertEquals(
                "050c02014403ff0000000000" + "3c01015a542d4349545931",
                Hex.of(new KeyOrder.ExportKeyBlock(KeyRef.of(KeyUsage.DPK, 2, Hex.parse("4403ff0000000000")), PARTNER)
                        .canonical()));
        assertEquals(
                "变更密钥状态 DPK/2 → 停发 retired", EchoAdministration.PROPOSAL.order().chinese());
    }

    @Test
    void digest_of_a_proposal_covers_number_times_and_order() {
        Proposal shown = EchoAdministration.PROPOSAL;
        Set<String> digests = new HashSet<>();
        digests.add(Hex.of(shown.digest()));
        digests.add(Hex.of(proposal(new byte[8], shown.order(), 1000, 2000).digest()));
        digests.add(Hex.of(proposal(shown.number(), new KeyOrder.UnlockCustodian(1), 1000, 2000)
                .digest()));
        digests.add(Hex.of(proposal(shown.number(), shown.order(), 1001, 2000).digest()));
        digests.add(Hex.of(proposal(shown.number(), shown.order(), 1000, 2001).digest()));
        assertEquals(5, digests.size());
        assertArrayEquals(
                shown.digest(), shown.with(ProposalState.WAITING, List.of(), "").digest());
    }

    private static Proposal proposal(byte[] number, KeyOrder order, long made, long ends) {
        return new Proposal(number, order, "x", made, ends, ProposalState.WAITING, List.of(), "");
    }

    @Test
    void commitment_is_the_sm3_of_the_page() {
        // printf 'ZTC0' + 16 × 11 + 02 + 16 × 22 + 'abcdefghijklmnopqrstuvwxyz012345' | openssl dgst -sm3
        assertEquals(
                "015dc41d4f14a3e7dc4e8f7ae14b81eed725d41818cdebc269debb59f57d20db",
                Hex.of(CeremonyCommitment.of(
                        Hex.parse("11".repeat(16)),
                        2,
                        Hex.parse("22".repeat(16)),
                        CeremonyCommitment.component(
                                " ABCDEFGH ijklmnop qrstuvwxyz 012345\n".getBytes(StandardCharsets.US_ASCII)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcdef0123456789abcde",
                "1111222233334444111122223333444411112222",
                "密码密码密码密码密码密码密码密码密码密码密码密码密码密码密码密码",
                "0123456789abcdef0123456789abcdef\u0007"
            })
    void component_that_is_short_poor_or_unprintable_is_refused(String typed) {
        assertEquals(
                KeyRefusal.BAD_COMPONENT,
                refusal(() -> CeremonyCommitment.component(typed.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void component_is_wiped_where_it_was_typed_and_bounded() {
        byte[] typed = "6153 2416 3352 4161 5263 4152 6341 5236".getBytes(StandardCharsets.US_ASCII);
        try (SecretBytes component = CeremonyCommitment.component(typed)) {
            assertEquals(32, component.length());
        }
        assertArrayEquals(new byte[typed.length], typed);
        assertEquals(
                KeyRefusal.BAD_COMPONENT,
                refusal(() -> CeremonyCommitment.component(
                        "0123456789abcdef".repeat(17).getBytes(StandardCharsets.US_ASCII))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "a ", "<b>x</b>", "a\tb", "a\nb", "a'b", "a&b", "\u202Eabc", "a\"b", "😀"})
    void name_with_markup_blanks_around_or_control_characters_is_refused(String name) {
        assertEquals(KeyRefusal.BAD_NAME, refusal(() -> Custodian.checkName(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"王", "阿卜杜拉·买买提", "Ann-Mary O. Smith 2"})
    void name_of_letters_is_taken(String name) {
        assertEquals(name, Custodian.checkName(name));
        assertEquals(KeyRefusal.BAD_NAME, refusal(() -> Custodian.checkName(name.repeat(41))));
    }

    @Test
    void settings_outside_two_to_fifteen_are_refused() {
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> new CeremonySettings("n", 1, 4, false, true)));
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> new CeremonySettings("n", 5, 4, false, true)));
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> new CeremonySettings("n", 2, 16, false, true)));
        assertEquals(15, new CeremonySettings("n", 15, 15, false, true).needed());
    }

    @Test
    void malformed_bodies_are_refused_and_nothing_is_asked() {
        for (String hex : List.of(
                "01 38 00",
                "01 39 01 0001",
                "01 39 01 0500 0000",
                "01 3a 0001 61 0002 0900",
                "01 3a 0001 61 0003 010100",
                "01 3c 01",
                "01 3f 0001 61 02 03 04",
                "01 3f 0001 3c 02 03 00",
                "01 41 01 0001 31 00",
                "01 45 01 0001",
                "01 47 00")) {
            int answer = dispatcher.answer(Hex.parse(hex))[0];
            assertTrue(answer == 7 || answer == 43, hex + " was answered by " + answer);
        }
        assertEquals(List.of(), echo.asked);
    }

    @Test
    void key_service_alone_serves_no_administration() {
        VaultDispatcher keysOnly = VaultDispatcher.forMachine(new EchoKeys());
        for (int op = 0x38; op <= 0x47; op++) {
            assertEquals(12, keysOnly.answer(new byte[] {1, (byte) op})[0], "op " + op);
        }
    }

    @Test
    void two_questions_of_one_code_are_found_at_start() {
        WireHandlers handlers = new WireHandlers();
        handlers.put(CustodyOp.LIST, in -> out -> {});
        assertThrows(IllegalStateException.class, () -> handlers.put(CustodyOp.LIST, in -> out -> {}));
    }

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }
}
