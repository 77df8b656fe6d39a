package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm4;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Command and answer are those of the fast case in test-vectors/access.json. */
class FastAccessTest {
    private static final JsonNode FILE = Vectors.file("access.json");
    private static final JsonNode FAST = Vectors.cases("access.json", "fast").get(0);
    private static final String SELECT = FILE.get("select").asString();
    private static final String FCI = FILE.get("fci").asString();
    private static final String COMMAND = FAST.get("command").asString();
    private static final String ANSWER = FAST.get("response").asString();
    private static final byte[] NONCE = Arrays.copyOfRange(Hex.parse(COMMAND), 19, 35);
    private static final Instant DOOR_TIME = Instant.ofEpochSecond(0x6ad87a61L);
    private static final Door DOOR =
            new Door(Hex.parse("0000000000440301"), Hex.parse("0000002a00000007"), ZoneId.of("Asia/Shanghai"));

    private static byte[] mac(int keyVersion, CredentialNumber credential, byte[] message) {
        byte[] master = Vectors.hex(FAST, "master");
        return Arrays.copyOf(Sm4.cmac(CardAlgorithm.SM4.diversify(master, credential.bytes()), message), 8);
    }

    private static AccessOutcome identify(Script card, FastKeys keys, Instant now) {
        return new FastAccess(DOOR, keys, n -> NONCE).identify(card, now);
    }

    private static Script card(String answer) {
        return new Script("card").on(SELECT, FCI + "9000").on(COMMAND, answer);
    }

    @Test
    void the_published_answer_is_accepted_in_two_exchanges() {
        Script card = card(ANSWER + "9000");
        var genuine = assertInstanceOf(AccessOutcome.Genuine.class, identify(card, FastAccessTest::mac, DOOR_TIME));
        assertEquals(CredentialNumber.parse("4403000112345678"), genuine.credential());
        assertEquals(1, genuine.keyVersion());
        assertEquals(2, card.exchanges);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "8", "9", "16", "17", "24"})
    void a_changed_byte_of_number_dates_version_or_mac_fails(int at) {
        byte[] answer = Hex.parse(ANSWER);
        answer[at] ^= 1;
        assertEquals(
                new AccessOutcome.NotGenuine(AccessFailure.FAST_MAC, 0),
                identify(card(Hex.of(answer) + "9000"), FastAccessTest::mac, DOOR_TIME));
    }

    @Test
    void a_genuine_card_outside_its_dates_is_refused_by_its_dates() {
        byte[] nextYear = Hex.parse(COMMAND);
        Instant late = Instant.parse("2027-12-31T16:00:00Z");
        System.arraycopy(Hex.parse(Long.toHexString(late.getEpochSecond())), 0, nextYear, 15, 4);
        byte[] open = Hex.parse(ANSWER.substring(0, 34));
        var transcript = io.zhitong.cardspec.AccessTranscript.of(
                Hex.parse(FCI), new byte[0], io.zhitong.cardspec.CommandApdu.parse(nextYear));
        byte[] mac = mac(1, CredentialNumber.parse("4403000112345678"), transcript.fastMessage(open));
        var card =
                new Script("card").on(SELECT, FCI + "9000").on(Hex.of(nextYear), Hex.of(open) + Hex.of(mac) + "9000");
        assertEquals(new AccessOutcome.NotGenuine(AccessFailure.DATES, 0), identify(card, FastAccessTest::mac, late));
    }

    @ParameterizedTest
    @CsvSource({"6985, CARD_REFUSED", "6a81, CARD_REFUSED", "6a88, CARD_REFUSED", "9000, LENGTH", "01029000, LENGTH"})
    void a_refusal_or_short_answer_keeps_the_door_shut(String answer, AccessFailure reason) {
        var outcome = identify(card(answer), FastAccessTest::mac, DOOR_TIME);
        assertEquals(
                reason,
                assertInstanceOf(AccessOutcome.NotGenuine.class, outcome).reason());
    }

    @ParameterizedTest
    @CsvSource({
        "6a82, NO_APPLICATION",
        "6f1a840ef05a544143430000000000440301a508df6005010e0bb8009000, METHOD_NOT_OFFERED",
        "6f1a840ef05a544143430000000000440301a508df6005020f0bb8009000, METHOD_NOT_OFFERED",
        "6f1a840ef05a544143430000000000440302a508df6005010f0bb8009000, NO_APPLICATION",
        "6f1084 0ef05a5441434300000000004403019000, NO_APPLICATION",
        "6f9000, NO_APPLICATION",
    })
    void a_card_without_this_communitys_application_or_the_method_is_not_asked(String fci, AccessFailure reason) {
        var card = new Script("card").on(SELECT, fci);
        var outcome = identify(card, FastAccessTest::mac, DOOR_TIME);
        assertEquals(
                reason,
                assertInstanceOf(AccessOutcome.NotGenuine.class, outcome).reason());
    }

    @Test
    void a_failed_sam_or_a_card_that_left_is_told_apart_from_a_forged_card() {
        FastKeys broken = (version, credential, message) -> {
            throw new CardException("CIPHER", 0x6985);
        };
        assertEquals(
                new AccessOutcome.NotGenuine(AccessFailure.SAM_FAILED, 0x6985),
                identify(card(ANSWER + "9000"), broken, DOOR_TIME));
        var leaving = new Script("card").on(SELECT, FCI + "9000").leavesOn(COMMAND);
        assertEquals(
                new AccessOutcome.NotGenuine(AccessFailure.CARD_LEFT, 0),
                identify(leaving, FastAccessTest::mac, DOOR_TIME));
    }
}
