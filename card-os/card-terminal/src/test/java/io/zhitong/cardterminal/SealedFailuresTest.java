package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a card can fail to be genuine, by a card that does one step wrong. */
class SealedFailuresTest {

    private static final Door DOOR =
            new Door(Hex.parse("0000000000440301"), Hex.parse("0000002a00000001"), ZoneId.of("Asia/Shanghai"));
    private static final Instant NOON = Instant.parse("2026-11-21T04:00:00Z");
    private static final TrustedIssuers ISSUERS = new TrustedIssuers(List.of(PaperCard.ISSUER.publicKey()));
    private static final Sm2PrivateKey STRANGER = Sm2PrivateKey.of(Hex.parse("33".repeat(32)));

    private final AtomicLong nanos = new AtomicLong();

    private AccessOutcome identify(PaperCard card, TrustedIssuers issuers, Instant now) {
        return new SealedAccess(DOOR, RandomSource.secure(), nanos::get).identify(card, issuers, now);
    }

    private AccessFailure failure(PaperCard card) {
        return failure(card, ISSUERS, NOON);
    }

    private AccessFailure failure(PaperCard card, TrustedIssuers issuers, Instant now) {
        return assertInstanceOf(AccessOutcome.NotGenuine.class, identify(card, issuers, now))
                .reason();
    }

    @Test
    void card_written_from_the_specification_is_genuine_and_its_evidence_holds_for_anybody() {
        var genuine = assertInstanceOf(AccessOutcome.Genuine.class, identify(new PaperCard(), ISSUERS, NOON));
        assertEquals(CredentialNumber.parse("4403000112345678"), genuine.credential());
        assertEquals(7, genuine.certificateNumber());
        SealedEvidence evidence = SealedEvidence.parse(genuine.evidence());
        assertTrue(evidence.holds(PaperCard.ISSUER.publicKey()));
        assertFalse(evidence.holds(STRANGER.publicKey()));
    }

    @Test
    void wrong_length_and_damaged_ephemeral_are_told_apart() {
        assertEquals(AccessFailure.LENGTH, failure(new PaperCard().changing(a -> Arrays.copyOf(a, 233))));
        assertEquals(AccessFailure.LENGTH, failure(new PaperCard().changing(a -> Arrays.copyOf(a, 235))));
        assertEquals(AccessFailure.LENGTH, failure(new PaperCard().changing(a -> new byte[0])));
        assertEquals(AccessFailure.EPHEMERAL, failure(new PaperCard().changing(a -> with(a, 0, 5))));
        assertEquals(AccessFailure.EPHEMERAL, failure(new PaperCard().changing(a -> with(a, 0, 4))));
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** Every bit behind E is under the tag, every bit of E changes Z and th. */
    @Test
    void no_turned_bit_of_the_answer_is_genuine() {
        for (int bit = 0; bit < 234 * 8; bit += 7) {
            int turned = bit;
            AccessFailure failure = failure(new PaperCard().changing(a -> {
                a[turned / 8] ^= (byte) (1 << turned % 8);
                return a;
            }));
            boolean inE = bit / 8 < 33;
            assertTrue(
                    failure == AccessFailure.TAG || inE && failure == AccessFailure.EPHEMERAL,
                    "bit " + bit + ": " + failure);
        }
    }

    @Test
    void answer_recorded_at_one_tap_does_not_open_at_the_next() {
        byte[][] recorded = new byte[1][];
        PaperCard first = new PaperCard().changing(a -> recorded[0] = a.clone());
        assertInstanceOf(AccessOutcome.Genuine.class, identify(first, ISSUERS, NOON));
        assertEquals(AccessFailure.TAG, failure(new PaperCard().changing(a -> recorded[0])));
    }

    @Test
    void certificate_is_judged_by_version_role_issuer_signature_and_days_in_this_order() {
        byte[] good = PaperCard.certificate(AccessCertificate.CARD, PaperCard.ISSUER);
        assertEquals(AccessFailure.CERTIFICATE_FORM, failure(new PaperCard().showing(with(good, 0, 2))));
        byte[] reader = PaperCard.certificate(AccessCertificate.READER, PaperCard.ISSUER);
        assertEquals(AccessFailure.CERTIFICATE_ROLE, failure(new PaperCard().showing(reader)));
        assertEquals(
                AccessFailure.ISSUER_UNKNOWN,
                failure(new PaperCard(), new TrustedIssuers(List.of(STRANGER.publicKey())), NOON));
        assertEquals(AccessFailure.ISSUER_UNKNOWN, failure(new PaperCard(), new TrustedIssuers(List.of()), NOON));
        byte[] forged = PaperCard.certificate(AccessCertificate.CARD, STRANGER);
        assertEquals(AccessFailure.CERTIFICATE_SIGNATURE, failure(new PaperCard().showing(forged)));
        byte[] renumbered = with(good, 23, 8);
        assertEquals(AccessFailure.CERTIFICATE_SIGNATURE, failure(new PaperCard().showing(renumbered)));
    }

    /** The community's own day counts: 2027-12-31 ends at 16:00 UTC in Shanghai. */
    @ParameterizedTest
    @CsvSource({
        "2025-12-31T15:59:59Z, DATES",
        "2025-12-31T16:00:00Z, ",
        "2027-12-31T15:59:59Z, ",
        "2027-12-31T16:00:00Z, DATES"
    })
    void certificate_counts_by_the_days_of_the_communitys_zone(Instant now, AccessFailure expected) {
        AccessOutcome outcome = identify(new PaperCard(), ISSUERS, now);
        if (expected == null) {
            assertInstanceOf(AccessOutcome.Genuine.class, outcome);
        } else {
            assertEquals(new AccessOutcome.NotGenuine(expected, 0), outcome);
        }
    }

    @Test
    void certified_point_off_the_curve_is_told_from_a_wrong_signature() {
        byte[] body = Arrays.copyOf(PaperCard.certificate(AccessCertificate.CARD, PaperCard.ISSUER), 57);
        byte[] off = body.clone();
        do {
            off[56]++;
        } while (decodes(Arrays.copyOfRange(off, 24, 57)));
        assertEquals(
                AccessFailure.CARD_POINT, failure(new PaperCard().showing(PaperCard.signed(off, PaperCard.ISSUER))));
        assertEquals(AccessFailure.SIGNATURE, failure(new PaperCard().signingWith(STRANGER)));
    }

    private static boolean decodes(byte[] point) {
        try {
            io.zhitong.smcrypto.Sm2PublicKey.decode(point);
            return true;
        } catch (MalformedInput off) {
            return false;
        }
    }

    /** Somebody else's genuine certificate, sealed by a card that does not have its key. */
    @Test
    void certificate_copied_from_another_card_fails_by_the_signature() {
        byte[] copied = PaperCard.certificate(AccessCertificate.CARD, PaperCard.ISSUER);
        PaperCard thief = new PaperCard().signingWith(STRANGER).showing(copied);
        assertEquals(AccessFailure.SIGNATURE, failure(thief));
        PaperCard swapped = new PaperCard().sealing(plain -> with(plain, 184, plain[184] ^ 1));
        assertEquals(AccessFailure.SIGNATURE, failure(swapped));
    }

    @Test
    void answer_after_half_a_second_is_not_judged_and_a_fresh_challenge_is_tried_once() {
        PaperCard slow = new PaperCard().meanwhile(() -> nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(501)));
        assertEquals(AccessFailure.TOO_SLOW, failure(slow));
        assertEquals(3, slow.exchanges(), "SELECT and two challenges");
        PaperCard inTime = new PaperCard().meanwhile(() -> nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500)));
        assertInstanceOf(AccessOutcome.Genuine.class, identify(inTime, ISSUERS, NOON));
        AtomicLong calls = new AtomicLong();
        PaperCard recovers = new PaperCard().meanwhile(() -> {
            if (calls.getAndIncrement() == 0) {
                nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
            }
        });
        assertInstanceOf(AccessOutcome.Genuine.class, identify(recovers, ISSUERS, NOON));
    }

    @Test
    void card_that_does_not_answer_in_time_left_the_field_and_raises_no_suspicion() {
        for (int exchange = 0; exchange < 2; exchange++) {
            AccessFailure failure = failure(new PaperCard().leavingAt(exchange));
            assertEquals(AccessFailure.CARD_LEFT, failure);
            assertFalse(failure.suspicious());
        }
        assertTrue(AccessFailure.SIGNATURE.suspicious());
        assertTrue(AccessFailure.TAG.suspicious());
    }

    @Test
    void each_turned_bit_of_the_evidence_is_refused_or_no_longer_holds() {
        byte[] good = assertInstanceOf(AccessOutcome.Genuine.class, identify(new PaperCard(), ISSUERS, NOON))
                .evidence();
        for (int bit = 0; bit < good.length * 8; bit += 3) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(holds(changed), "bit " + bit);
        }
        for (int length = 0; length < good.length; length += 5) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(MalformedInput.class, () -> SealedEvidence.parse(cut));
        }
    }

    private static boolean holds(byte[] evidence) {
        try {
            return SealedEvidence.parse(evidence).holds(PaperCard.ISSUER.publicKey());
        } catch (MalformedInput refused) {
            return false;
        }
    }
}
