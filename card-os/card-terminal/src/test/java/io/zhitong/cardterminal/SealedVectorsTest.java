package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.AccessTranscript;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The door's half against answers of independent origin (test-vectors/access.json). */
class SealedVectorsTest {
    private static final JsonNode FILE = Vectors.file("access.json");
    private static final JsonNode SEALED =
            Vectors.cases("access.json", "sealed").get(0);
    private static final byte[] FCI = Vectors.hex(FILE, "fci");
    private static final byte[] COMMAND = Vectors.hex(SEALED, "command");
    private static final Instant DOOR_TIME = Instant.ofEpochSecond(0x6ad87a61L);
    private static final Door DOOR =
            new Door(Hex.parse("0000000000440301"), Hex.parse("0000002a00000007"), ZoneId.of("Asia/Shanghai"));
    private static final Sm2PublicKey ISSUER = Sm2PublicKey.decode(Vectors.hex(FILE.get("points"), "issuer"));
    private static final TrustedIssuers ISSUERS = new TrustedIssuers(List.of(ISSUER));

    private static SealedChallenge challenge(Instant now) {
        byte[] nonce = Arrays.copyOfRange(COMMAND, 5 + 14, 5 + 30);
        var pair = Sm2PrivateKey.of(Vectors.hex(FILE.get("scalars"), "doorEphemeral"));
        return new SealedChallenge(DOOR, now, pair, nonce, Optional.empty());
    }

    private static SealedChallenge privateChallenge() {
        byte[] nonce = Arrays.copyOfRange(COMMAND, 5 + 14, 5 + 30);
        var pair = Sm2PrivateKey.of(Vectors.hex(FILE.get("scalars"), "doorEphemeral"));
        return new SealedChallenge(DOOR, DOOR_TIME, pair, nonce, Optional.of(reader()));
    }

    private static ReaderIdentity reader() {
        return new ReaderIdentity(
                Sm2PrivateKey.of(Vectors.hex(FILE.get("scalars"), "reader")),
                AccessCertificate.parse(Vectors.hex(FILE, "readerCertificate")));
    }

    private static AccessOutcome.Genuine judge(JsonNode vector, byte[] answer, Instant now, TrustedIssuers issuers) {
        var command = CommandApdu.parse(Vectors.hex(vector, "command"));
        var transcript = AccessTranscript.of(FCI, Vectors.hex(vector, "distance"), command);
        try (var challenge = challenge(now)) {
            return challenge.judge(transcript, answer, issuers);
        }
    }

    private static AccessFailure refusal(byte[] answer, Instant now, TrustedIssuers issuers) {
        return assertThrows(AccessRefused.class, () -> judge(SEALED, answer, now, issuers))
                .reason();
    }

    @Test
    void the_command_is_the_published_one() {
        try (var challenge = challenge(DOOR_TIME)) {
            assertEquals(Hex.of(COMMAND), Hex.of(challenge.command().encode()));
        }
    }

    @Test
    void every_published_answer_is_accepted_with_evidence_that_holds() {
        for (JsonNode vector : Vectors.cases("access.json", "sealed")) {
            var genuine = judge(vector, Vectors.hex(vector, "response"), DOOR_TIME, ISSUERS);
            assertEquals(CredentialNumber.parse("4403000112345678"), genuine.credential());
            assertEquals(1, genuine.certificateNumber());
            var evidence = SealedEvidence.parse(genuine.evidence());
            assertTrue(evidence.holds(ISSUER));
            assertArrayEquals(Vectors.hex(vector, "signature"), evidence.signature());
            assertArrayEquals(
                    Vectors.hex(FILE, "cardCertificate"), evidence.certificate().encode());
        }
    }

    @Test
    void evidence_with_any_part_of_the_transcript_changed_no_longer_holds() {
        byte[] evidence = judge(SEALED, Vectors.hex(SEALED, "response"), DOOR_TIME, ISSUERS)
                .evidence();
        for (int at : new int[] {5, 34, 40, 60, 70, evidence.length - 1}) {
            byte[] changed = evidence.clone();
            changed[at] ^= 1;
            assertFalse(SealedEvidence.parse(changed).holds(ISSUER), "byte " + at);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, EPHEMERAL", "33, TAG", "100, TAG", "233, TAG"})
    void a_changed_byte_is_refused_for_the_reason_of_its_place(int at, AccessFailure reason) {
        byte[] answer = Vectors.hex(SEALED, "response");
        answer[at] ^= 0x40;
        assertEquals(reason, refusal(answer, DOOR_TIME, ISSUERS));
    }

    @Test
    void a_short_answer_is_refused_by_its_length() {
        byte[] answer = Arrays.copyOf(Vectors.hex(SEALED, "response"), 233);
        assertEquals(AccessFailure.LENGTH, refusal(answer, DOOR_TIME, ISSUERS));
    }

    @Test
    void an_issuer_that_is_not_on_the_list_is_refused() {
        byte[] answer = Vectors.hex(SEALED, "response");
        var other = Sm2PublicKey.decode(Vectors.hex(FILE.get("points"), "reader"));
        assertEquals(AccessFailure.ISSUER_UNKNOWN, refusal(answer, DOOR_TIME, new TrustedIssuers(List.of(other))));
        assertEquals(AccessFailure.ISSUER_UNKNOWN, refusal(answer, DOOR_TIME, new TrustedIssuers(List.of())));
    }

    /** Certificate valid 2026-01-01 to 2027-12-31, both included, in the community's zone. */
    @ParameterizedTest
    @CsvSource({
        "2025-12-31T15:59:59Z, false",
        "2025-12-31T16:00:00Z, true",
        "2027-12-31T15:59:59Z, true",
        "2027-12-31T16:00:00Z, false",
    })
    void dates_count_in_the_communitys_zone_with_both_days_included(Instant now, boolean valid) {
        byte[] answer = Vectors.hex(SEALED, "response");
        if (valid) {
            assertEquals(1, judge(SEALED, answer, now, ISSUERS).certificateNumber());
        } else {
            assertEquals(AccessFailure.DATES, refusal(answer, now, ISSUERS));
        }
    }

    @Test
    void an_answer_to_another_command_does_not_open() {
        JsonNode withDistance = Vectors.cases("access.json", "sealed").get(1);
        assertEquals(AccessFailure.TAG, refusal(Vectors.hex(withDistance, "response"), DOOR_TIME, ISSUERS));
    }

    @Test
    void the_private_command_carries_the_readers_certificate_and_its_published_answer_is_accepted() {
        JsonNode vector = Vectors.cases("access.json", "private").get(0);
        try (var challenge = privateChallenge()) {
            CommandApdu command = challenge.command();
            assertEquals(vector.get("command").asString(), Hex.of(command.encode()));
            var transcript = AccessTranscript.of(FCI, new byte[0], command);
            var genuine = challenge.judge(transcript, Vectors.hex(vector, "response"), ISSUERS);
            assertEquals(CredentialNumber.parse("4403000112345678"), genuine.credential());
            assertTrue(genuine.pointAndTimeProved());
            assertTrue(SealedEvidence.parse(genuine.evidence()).holds(ISSUER));
        }
    }

    @Test
    void without_the_readers_own_key_a_private_answer_stays_shut() {
        JsonNode vector = Vectors.cases("access.json", "private").get(0);
        var transcript = AccessTranscript.of(FCI, new byte[0], CommandApdu.parse(Vectors.hex(vector, "command")));
        try (var challenge = challenge(DOOR_TIME)) {
            var refused = assertThrows(
                    AccessRefused.class, () -> challenge.judge(transcript, Vectors.hex(vector, "response"), ISSUERS));
            assertEquals(AccessFailure.TAG, refused.reason());
        }
    }

    @Test
    void a_reader_is_certified_as_reader_for_its_own_key_and_its_own_point() {
        var key = Sm2PrivateKey.of(Vectors.hex(FILE.get("scalars"), "reader"));
        var ofCard = AccessCertificate.parse(Vectors.hex(FILE, "cardCertificate"));
        var ofReader = AccessCertificate.parse(Vectors.hex(FILE, "readerCertificate"));
        var otherKey = Sm2PrivateKey.of(Vectors.hex(FILE.get("scalars"), "card"));
        assertThrows(IllegalArgumentException.class, () -> new ReaderIdentity(key, ofCard));
        assertThrows(IllegalArgumentException.class, () -> new ReaderIdentity(otherKey, ofReader));
        var elsewhere = new Door(DOOR.community(), Hex.parse("0000002a00000008"), DOOR.zone());
        assertThrows(
                IllegalArgumentException.class,
                () -> new PrivateAccess(elsewhere, reader(), n -> new byte[n], () -> 0L));
    }
}
