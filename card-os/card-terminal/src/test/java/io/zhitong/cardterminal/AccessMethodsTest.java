package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cos.Card;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Private, distance and legacy access against real cards; time is the test's. */
class AccessMethodsTest {
    private static final CredentialNumber RESIDENT = CredentialNumber.parse("4403000112345678");
    private static final String LEGACY_MASTER = "300102030405060708090a0b0c0d0e0f";
    private static final Duration ALLOWANCE = Duration.ofMillis(3);
    private long nanos;

    private final DistanceExchange distance = new DistanceExchange(ALLOWANCE, RandomSource.secure(), () -> nanos);

    private SealedAccess sealed() {
        return new SealedAccess(RealAccess.DOOR, RandomSource.secure(), () -> nanos);
    }

    private PrivateAccess hidden() {
        return new PrivateAccess(RealAccess.DOOR, RealAccess.reader(), RandomSource.secure(), () -> nanos);
    }

    /** Each distance exchange takes the next of these microseconds. */
    private CardChannel taking(Card card, List<Integer> sent, long... micros) {
        card.reset();
        int[] next = {0};
        return command -> {
            sent.add(command[1] & 0xFF);
            if (command[1] == (byte) 0x8B) {
                nanos += 1000 * micros[next[0]++];
            }
            return card.process(command);
        };
    }

    private static AccessFailure reason(AccessOutcome outcome) {
        return assertInstanceOf(AccessOutcome.NotGenuine.class, outcome).reason();
    }

    @Test
    void private_only_card_opens_a_certified_door_and_tells_a_sealed_door_nothing() {
        Card card = RealAccess.card("04");
        var outcome = hidden().identify(RealCards.lying(card), RealAccess.ISSUERS, RealAccess.NOW);
        var genuine = assertInstanceOf(AccessOutcome.Genuine.class, outcome);
        assertEquals(RESIDENT, genuine.credential());
        assertTrue(SealedEvidence.parse(genuine.evidence()).holds(RealAccess.ISSUER.publicKey()));
        assertEquals(
                AccessFailure.METHOD_NOT_OFFERED,
                reason(sealed().identify(RealCards.lying(card), RealAccess.ISSUERS, RealAccess.NOW)));
    }

    @Test
    void card_refuses_a_reader_whose_certificate_is_of_another_point() {
        Card card = RealAccess.card("0F");
        var elsewhere = new Door(RealAccess.DOOR.community(), Hex.parse("0000002a00000008"), RealAccess.DOOR.zone());
        // the certificate of point 8 shown with commands of point 7
        var stolen = new SealedExchange(
                RealAccess.DOOR,
                RandomSource.secure(),
                () -> nanos,
                Optional.of(RealAccess.reader(Hex.of(elsewhere.point()))),
                Optional.empty());
        var outcome = stolen.identify(RealCards.lying(card), RealAccess.ISSUERS, RealAccess.NOW);
        assertEquals(new AccessOutcome.NotGenuine(AccessFailure.CARD_REFUSED, 0x6982), outcome);
    }

    @Test
    void sealed_card_offers_no_private_answer() {
        Card card = RealAccess.card("03");
        assertEquals(
                AccessFailure.METHOD_NOT_OFFERED,
                reason(hidden().identify(RealCards.lying(card), RealAccess.ISSUERS, RealAccess.NOW)));
    }

    @ParameterizedTest
    @CsvSource({"4999, 0, 0, 1", "5001, 5000, 0, 2", "9000, 9000, 5000, 3"})
    void near_card_is_measured_until_one_answer_is_in_time_and_the_last_exchange_is_signed(
            long first, long second, long third, int tries) {
        List<Integer> sent = new ArrayList<>();
        Card card = RealAccess.card("0F");
        var outcome = sealed().measuring(distance)
                .identify(taking(card, sent, first, second, third), RealAccess.ISSUERS, RealAccess.NOW);
        var genuine = assertInstanceOf(AccessOutcome.Genuine.class, outcome);
        assertEquals(tries, sent.stream().filter(ins -> ins == 0x8B).count());
        var evidence = SealedEvidence.parse(genuine.evidence());
        assertEquals(12, evidence.transcript().distance().length);
        assertEquals("000a0014", Hex.of(evidence.transcript().distance()).substring(16));
        assertTrue(evidence.holds(RealAccess.ISSUER.publicKey()));
    }

    @Test
    void relayed_card_is_late_three_times_and_is_not_asked_who_it_is() {
        List<Integer> sent = new ArrayList<>();
        Card card = RealAccess.card("0F");
        var outcome = hidden().measuring(distance)
                .identify(taking(card, sent, 5001, 80_000, 6000), RealAccess.ISSUERS, RealAccess.NOW);
        assertEquals(AccessFailure.TOO_FAR, reason(outcome));
        assertEquals(List.of(0xA4, 0x8B, 0x8B, 0x8B), sent);
    }

    @Test
    void distance_is_refused_where_the_card_does_not_offer_it_or_its_bounds_are_no_bounds() {
        assertEquals(
                AccessFailure.METHOD_NOT_OFFERED,
                reason(sealed().measuring(distance)
                        .identify(RealCards.lying(RealAccess.card("03")), RealAccess.ISSUERS, RealAccess.NOW)));
        Card card = RealAccess.card("0F");
        CardChannel lying = command ->
                command[1] == (byte) 0x8B ? Hex.parse("01020304" + "0015" + "0014" + "9000") : card.process(command);
        assertEquals(
                AccessFailure.LENGTH,
                reason(sealed().measuring(distance).identify(lying, RealAccess.ISSUERS, RealAccess.NOW)));
    }

    @Test
    void distance_that_a_relay_answered_itself_does_not_agree_with_what_the_card_signed() {
        Card card = RealAccess.card("0F");
        card.reset();
        CardChannel relay = command ->
                command[1] == (byte) 0x8B ? Hex.parse("a1b2c3d4" + "000a" + "0014" + "9000") : card.process(command);
        assertEquals(
                AccessFailure.TAG,
                reason(sealed().measuring(distance).identify(relay, RealAccess.ISSUERS, RealAccess.NOW)));
    }

    @Test
    void legacy_card_proves_its_serial_and_says_that_point_and_time_are_not_proved() {
        var keys = AccessSam.open(RealCards.lying(RealAccess.sam(LEGACY_MASTER)));
        var access = new LegacyAccess(1, keys, RandomSource.secure());
        var genuine = assertInstanceOf(
                AccessOutcome.Genuine.class, access.identify(RealCards.lying(RealCards.legacy(LEGACY_MASTER))));
        assertEquals(RESIDENT, genuine.credential());
        assertFalse(genuine.pointAndTimeProved());
        assertEquals("4403000112345678", Hex.of(Arrays.copyOf(genuine.evidence(), 8)));
        assertEquals(24, genuine.evidence().length);
    }

    @Test
    void legacy_card_with_another_key_or_a_copied_serial_is_not_genuine() {
        var keys = AccessSam.open(RealCards.lying(RealAccess.sam(LEGACY_MASTER)));
        var access = new LegacyAccess(1, keys, RandomSource.secure());
        Card cloned = RealCards.legacy(LEGACY_MASTER.replace("30", "31"));
        assertEquals(AccessFailure.LEGACY_CRYPTOGRAM, reason(access.identify(RealCards.lying(cloned))));
        assertEquals(
                new AccessOutcome.NotGenuine(AccessFailure.NO_APPLICATION, 0x6A82),
                access.identify(RealCards.lying(RealAccess.card("0F"))));
        LegacyKeys gone = (serial, challenge) -> {
            throw new io.zhitong.cardspec.CardException("CIPHER", 0x6985);
        };
        assertEquals(
                new AccessOutcome.NotGenuine(AccessFailure.SAM_FAILED, 0x6985),
                new LegacyAccess(1, gone, RandomSource.secure()).identify(RealCards.lying(cloned)));
    }

    @Test
    void legacy_challenge_is_the_random_sources_and_the_answer_is_triple_des_of_it() {
        var card = new Script("card")
                .on("00a4040009a0000000038698070100", SelectAnswer.OF_RESIDENT)
                .on("00880001 08 0123456789abcdef 08", "96de603eaed6256f 9000");
        LegacyKeys keys = (serial, challenge) -> Hex.parse("96de603eaed6256f");
        var genuine = assertInstanceOf(
                AccessOutcome.Genuine.class,
                new LegacyAccess(1, keys, n -> Hex.parse("0123456789abcdef")).identify(card));
        assertArrayEquals(Hex.parse("4403000112345678" + "0123456789abcdef" + "96de603eaed6256f"), genuine.evidence());
        card.assertDone();
    }

    private static final class SelectAnswer {
        static final String OF_RESIDENT = "6f2e 8409a00000000386980701 a5219f0c1e"
                + "4403000000000001 01 01 00004403000112345678 20260101 20301231 0101 9000";
    }
}
