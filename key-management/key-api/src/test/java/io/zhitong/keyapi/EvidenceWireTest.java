package io.zhitong.keyapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EvidenceWireTest {
    private static final String ZEROS = "00".repeat(32);

    private final EchoAdministration echo = new EchoAdministration();
    private final VaultDispatcher dispatcher = VaultDispatcher.forMachine(new EchoKeys(), echo);

    @Test
    void every_question_of_the_examiner_arrives_whole_and_every_answer_comes_back() throws IOException {
        try (TestPeer peer = TestPeer.answering(dispatcher::answer);
                KeyAdministration remote = peer.administration(Duration.ofSeconds(10))) {
            AuditPage page = remote.evidence().audit(7, 1000);
            assertEquals("9:" + ZEROS, page.newest().toString());
            assertEquals(6, page.before().number());
            assertArrayEquals(new byte[] {0, 1, 2}, page.records());
            assertEquals("9:" + ZEROS, remote.evidence().checkpoint().toString());
            assertEquals(
                    Hex.of(bytes(EchoAdministration.PORTRAIT)),
                    Hex.of(bytes(remote.evidence().portrait())));
            EvidenceFile file = remote.evidence().pack().get(0);
            assertEquals("evidence.json", file.name());
            assertArrayEquals(new byte[] {7, 8}, file.content());
        }
        assertEquals(List.of("audit 7 1000", "checkpoint", "portrait", "pack"), echo.asked);
    }

    private static byte[] bytes(VaultPortrait portrait) {
        ByteWriter out = new ByteWriter();
        portrait.encode(out);
        return out.toByteArray();
    }

    @Test
    void page_and_portrait_have_the_bytes_of_the_page() {
        byte[] page = dispatcher.answer(Hex.parse("01500000000000000007" + "03e8"));
        assertEquals("00" + "0000000000000009" + ZEROS + "0000000000000006" + ZEROS + "00000003000102", Hex.of(page));
        String portrait = Hex.of(dispatcher.answer(Hex.parse("0152")));
        String listing = "0e0200" + "02" + "014e00000000000003e800000000000000000000" + "00000000000003e8"
                + "00000000000003e9" + "010203";
        assertEquals(
                "00" + "000001a3185c507b" + "0101" + "0000000000000005" + "0000000000000009" + ZEROS
                        + "000be8bdafe4bbb620736f6674" + "01" + "0001" + listing + "0001" + "05" + "00".repeat(64)
                        + "0001" + "0002" + "3000" + "0001" + "010a01" + "00000000000003e8" + "0001"
                        + "000c6a6176612e76657273696f6e" + "00023137",
                portrait);
        assertEquals("17", EchoAdministration.PORTRAIT.fact("java.version"));
        assertEquals("", EchoAdministration.PORTRAIT.fact("no.such.fact"));
    }

    @Test
    void pack_has_the_bytes_of_the_page_and_no_name_leads_out_of_its_folder() {
        String name = Hex.of("evidence.json".getBytes(StandardCharsets.US_ASCII));
        assertEquals("00" + "0001" + "000d" + name + "00000002" + "0708", Hex.of(dispatcher.answer(Hex.parse("0153"))));
        for (String bad : List.of("", "../x", "a/b", "A", "a..b", ".", "a.b.c.d", "c:x")) {
            assertThrows(KeyServiceException.class, () -> new EvidenceFile(bad, new byte[0]), bad);
        }
    }

    @Test
    void malformed_questions_and_answers_are_refused() {
        for (String hex : List.of(
                "0150", "01500000000000000001", "015000000000000000010000", "0150000000000000000103e9", "015100")) {
            assertEquals(7, dispatcher.answer(Hex.parse(hex))[0], hex);
        }
        assertEquals(List.of(), echo.asked);
        ByteReader tooLong =
                new ByteReader(Hex.parse("0000000000000009" + ZEROS + "0000000000000006" + ZEROS + "ffffffff"));
        assertThrows(RuntimeException.class, () -> AuditPage.decode(tooLong));
        assertThrows(KeyServiceException.class, () -> new AuditMark(-1, new byte[32]));
    }

    @Test
    void mark_is_read_back_from_its_text() {
        AuditMark mark = AuditMark.parse("4711:" + "ab".repeat(32));
        assertEquals(4711, mark.number());
        assertEquals("4711:" + "ab".repeat(32), mark.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "7", "7:", "7:ab", "-1:0000", "x:00", ":00", "7:zz"})
    void mark_of_another_form_is_refused(String text) {
        KeyServiceException refused = assertThrows(KeyServiceException.class, () -> AuditMark.parse(text));
        assertEquals(KeyRefusal.MALFORMED, refused.reason());
    }
}
