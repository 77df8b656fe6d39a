package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards that answer anything at all: no terminal throws, no door opens, no goods are given. */
class HostileCardTest {
    private static final Door DOOR =
            new Door(Hex.parse("0000000000440301"), Hex.parse("0000002a00000007"), ZoneId.of("Asia/Shanghai"));
    private static final Instant NOW = Instant.ofEpochSecond(0x6ad87a61L);
    private static final LocalDateTime AT = LocalDateTime.of(2026, 11, 21, 12, 0, 0);
    private static final byte[] FCI = Vectors.hex(Vectors.file("access.json"), "fci");
    private static final TrustedIssuers ISSUERS = new TrustedIssuers(
            List.of(Sm2PublicKey.decode(Vectors.hex(Vectors.file("access.json").get("points"), "issuer"))));
    private static final String PURSE_FCI =
            "6f2e8409a00000000386980701a5219f0c1e" + "440300000000000101010000440300011234567820260101203012310101";
    private static final FastKeys KEYS = (version, credential, message) -> {
        // an access SAM takes a message of one command
        AccessSam sam =
                AccessSam.open(command -> Hex.parse(command[1] == (byte) 0xFA ? "00".repeat(8) + "9000" : "9000"));
        return sam.mac(version, credential, message);
    };

    /** Answers the first command with an FCI that is right or nearly so, the others with noise. */
    private static CardChannel noisy(byte[] fci, Random random) {
        boolean[] selected = {false};
        return command -> {
            boolean first = !selected[0];
            selected[0] = true;
            byte[] answer = first ? fci.clone() : new byte[random.nextInt(258)];
            if (first) {
                mutate(answer, random);
            } else {
                random.nextBytes(answer);
            }
            byte[] out = Arrays.copyOf(answer, answer.length + 2);
            out[answer.length] = (byte) (random.nextInt(8) == 0 ? 0x6A : 0x90);
            return random.nextInt(30) == 0 ? Arrays.copyOf(out, random.nextInt(2)) : out;
        };
    }

    private static void mutate(byte[] bytes, Random random) {
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    @Test
    void no_door_opens_and_no_door_throws_for_noise() {
        Random random = new Random(31);
        Set<AccessFailure> seen = EnumSet.noneOf(AccessFailure.class);
        for (int i = 0; i < 3000; i++) {
            AccessOutcome fast = new FastAccess(DOOR, KEYS, RandomSource.secure()).identify(noisy(FCI, random), NOW);
            seen.add(assertInstanceOf(AccessOutcome.NotGenuine.class, fast).reason());
        }
        for (int i = 0; i < 300; i++) {
            AccessOutcome sealed =
                    new SealedAccess(DOOR, RandomSource.secure(), () -> 0L).identify(noisy(FCI, random), ISSUERS, NOW);
            seen.add(assertInstanceOf(AccessOutcome.NotGenuine.class, sealed).reason());
        }
        assertTrue(
                seen.containsAll(Set.of(
                        AccessFailure.NO_APPLICATION,
                        AccessFailure.METHOD_NOT_OFFERED,
                        AccessFailure.CARD_REFUSED,
                        AccessFailure.LENGTH)),
                seen.toString());
    }

    @Test
    void noise_of_the_right_length_is_refused_by_its_mac_or_its_point() {
        Random random = new Random(32);
        for (int i = 0; i < 200; i++) {
            byte[] fast = new byte[27];
            random.nextBytes(fast);
            fast[25] = (byte) 0x90;
            fast[26] = 0;
            assertEquals(
                    new AccessOutcome.NotGenuine(AccessFailure.FAST_MAC, 0),
                    new FastAccess(DOOR, KEYS, RandomSource.secure()).identify(answering(FCI, fast), NOW));
            byte[] sealed = new byte[236];
            random.nextBytes(sealed);
            sealed[0] = (byte) (2 + i % 3);
            sealed[234] = (byte) 0x90;
            sealed[235] = 0;
            AccessOutcome outcome = new SealedAccess(DOOR, RandomSource.secure(), () -> 0L)
                    .identify(answering(FCI, sealed), ISSUERS, NOW);
            AccessFailure reason =
                    assertInstanceOf(AccessOutcome.NotGenuine.class, outcome).reason();
            assertTrue(reason == AccessFailure.EPHEMERAL || reason == AccessFailure.TAG, reason.toString());
        }
    }

    private static CardChannel answering(byte[] fci, byte[] second) {
        boolean[] selected = {false};
        return command -> {
            byte[] answer = selected[0] ? second : Hex.parse(Hex.of(fci) + "9000");
            selected[0] = true;
            return answer;
        };
    }

    @ParameterizedTest(name = "FCI with {0} bytes of another tag behind DF60")
    @ValueSource(ints = {0, 1, 50, 90, 110, 180, 220})
    void long_answer_to_select_stops_no_door(int filler) {
        byte[] fci =
                Hex.parse("6f" + hex(28 + filler - 2 + (filler > 0 ? 2 : 0)) + "840ef05a544143430000000000440301" + "a5"
                        + hex(8 + (filler > 0 ? 2 + filler : 0)) + "df6005010f0bb800"
                        + (filler > 0 ? "53" + hex(filler) + "00".repeat(filler) : ""));
        byte[] answer = Hex.parse("01" + "4403000112345678" + "20260101" + "20271231" + "00".repeat(8) + "9000");
        AccessOutcome outcome = new FastAccess(DOOR, KEYS, RandomSource.secure()).identify(answering(fci, answer), NOW);
        // the SAM of this test answers zeros to every message, so that the card of zeros is genuine where it is asked
        AccessOutcome expected = filler <= 90
                ? new AccessOutcome.Genuine(CredentialNumber.parse("4403000112345678"), 0, 1, Arrays.copyOf(answer, 25))
                : new AccessOutcome.NotGenuine(AccessFailure.NO_APPLICATION, 0);
        if (expected instanceof AccessOutcome.Genuine genuine) {
            assertEquals(
                    genuine.credential(),
                    assertInstanceOf(AccessOutcome.Genuine.class, outcome).credential());
        } else {
            assertEquals(expected, outcome);
        }
        assertInstanceOf(
                AccessOutcome.NotGenuine.class,
                new SealedAccess(DOOR, RandomSource.secure(), () -> 0L).identify(answering(fci, answer), ISSUERS, NOW));
    }

    private static String hex(int n) {
        return String.format("%02x", n);
    }

    @ParameterizedTest
    @EnumSource(CardException.Reason.class)
    void every_way_in_which_a_reader_fails_has_its_reason_at_every_exchange(CardException.Reason reason) {
        for (int at = 1; at <= 2; at++) {
            int[] count = {0};
            int failing = at;
            CardChannel channel = command -> {
                if (++count[0] == failing) {
                    throw reason == CardException.Reason.STATUS
                            ? new CardException("test", 0x6F00)
                            : new CardException(reason, "test");
                }
                return Hex.parse(Hex.of(FCI) + "9000");
            };
            AccessFailure expected = switch (reason) {
                case REMOVED, TIMEOUT -> AccessFailure.CARD_LEFT;
                case READER_FAILED -> AccessFailure.READER_FAILED;
                case MALFORMED -> AccessFailure.LENGTH;
                case STATUS -> AccessFailure.CARD_REFUSED;
            };
            AccessOutcome outcome = new FastAccess(DOOR, KEYS, RandomSource.secure()).identify(channel, NOW);
            assertEquals(
                    expected,
                    assertInstanceOf(AccessOutcome.NotGenuine.class, outcome).reason());
        }
    }

    @Test
    void late_answers_are_asked_for_twice_and_then_refused() {
        long[] clock = {0};
        int[] asked = {0};
        CardChannel slow = command -> {
            if (command[1] == (byte) 0xA4) {
                return Hex.parse(Hex.of(FCI) + "9000");
            }
            asked[0]++;
            clock[0] += 500_000_001L;
            return Hex.parse("00".repeat(234) + "9000");
        };
        AccessOutcome outcome =
                new SealedAccess(DOOR, RandomSource.secure(), () -> clock[0]).identify(slow, ISSUERS, NOW);
        assertEquals(new AccessOutcome.NotGenuine(AccessFailure.TOO_SLOW, 0), outcome);
        assertEquals(2, asked[0]);
    }

    @Test
    void every_challenge_to_a_card_is_fresh() {
        List<String> challenges = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CardChannel card = command -> {
                if (command[1] == (byte) 0xA4) {
                    return Hex.parse(Hex.of(FCI) + "9000");
                }
                challenges.add(Hex.of(Arrays.copyOfRange(command, 19, command.length - 1)));
                return Hex.parse("6985");
            };
            new SealedAccess(DOOR, RandomSource.secure(), () -> 0L).identify(card, ISSUERS, NOW);
            new FastAccess(DOOR, KEYS, RandomSource.secure()).identify(card, NOW);
        }
        assertEquals(40, challenges.stream().distinct().count());
        // nonce and point apart: neither repeats by itself
        assertEquals(
                40, challenges.stream().map(c -> c.substring(0, 32)).distinct().count());
    }

    /** A PSAM that would confirm everything: only the card is hostile here. */
    private static final PurchaseSam WILLING = new PurchaseSam() {
        @Override
        public byte[] serial() {
            return new byte[10];
        }

        @Override
        public byte[] terminal() {
            return new byte[6];
        }

        @Override
        public Session begin() {
            return new Session() {
                @Override
                public long nextSequence() {
                    return 1;
                }

                @Override
                public Authorisation authorise(Demand demand) {
                    return new Authorisation(1, new byte[4]);
                }

                @Override
                public Verdict confirm(long terminalSeq, byte[] mac2) {
                    return Verdict.WRONG;
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        }
    };

    @Test
    void no_till_throws_and_nothing_is_paid_for_noise() {
        Random random = new Random(33);
        byte[] fci = Hex.parse(PURSE_FCI);
        int refused = 0;
        int open = 0;
        for (int i = 0; i < 4000; i++) {
            List<String> states = new ArrayList<>();
            var journal = new PurchaseJournal() {
                @Override
                public void intent(PurchaseIntent intent) {
                    states.add("intent");
                }

                @Override
                public void settled(PurchaseRecord record) {
                    states.add(record.state().name());
                }
            };
            CardChannel card = i % 2 == 0 ? noisy(fci, random) : measured(fci, random);
            PurchaseOutcome outcome = new Purchase(WILLING, journal, CardAcceptance.EVERY).pay(card, 100, AT);
            assertFalse(outcome instanceof PurchaseOutcome.Paid, outcome.toString());
            assertFalse(states.contains("PAID"));
            refused += outcome instanceof PurchaseOutcome.Refused ? 1 : 0;
            open += states.isEmpty() ? 0 : 1;
        }
        assertTrue(refused > 1000 && open > 50, refused + " refused, " + open + " reached the journal");
    }

    /** Noise of the length that each command promises. */
    private static CardChannel measured(byte[] fci, Random random) {
        return command -> {
            int length = command[1] == (byte) 0xA4 ? fci.length : command[command.length - 1] & 0xFF;
            byte[] answer = command[1] == (byte) 0xA4 ? fci.clone() : new byte[length];
            if (command[1] != (byte) 0xA4) {
                random.nextBytes(answer);
                if (answer.length == 15) {
                    answer[10] = (byte) random.nextInt(6);
                }
            }
            byte[] out = Arrays.copyOf(answer, answer.length + 2);
            out[answer.length] = (byte) 0x90;
            return out;
        };
    }

    @Test
    void no_loading_place_throws_and_nothing_is_credited_for_noise() {
        Random random = new Random(34);
        byte[] fci = Hex.parse(PURSE_FCI);
        LoadHost wary = new LoadHost() {
            @Override
            public Optional<byte[]> authorise(LoadRecord load) {
                return random.nextBoolean() ? Optional.of(new byte[4]) : Optional.empty();
            }

            @Override
            public boolean tacHolds(LoadRecord load) {
                return false;
            }
        };
        var journal = new LoadJournal() {
            @Override
            public void intent(LoadRecord load) {
                assertEquals(load, LoadRecord.parse(load.encode()));
            }

            @Override
            public void settled(LoadRecord load, boolean credited) {
                assertFalse(credited);
            }
        };
        for (int i = 0; i < 2000; i++) {
            CardChannel card = i % 2 == 0 ? noisy(fci, random) : measured(fci, random);
            LoadOutcome outcome =
                    new Load(wary, journal, new byte[6]).load(card, 1 + random.nextInt(Integer.MAX_VALUE), AT);
            assertFalse(outcome instanceof LoadOutcome.Loaded, outcome.toString());
        }
    }

    @Test
    void fci_parser_reads_or_refuses_whatever_comes() {
        Random random = new Random(35);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] fci = i % 2 == 0 ? FCI.clone() : new byte[random.nextInt(40)];
            if (i % 2 == 0) {
                mutate(fci, random);
                fci = Arrays.copyOf(fci, fci.length - (random.nextInt(4) == 0 ? random.nextInt(fci.length) : 0));
            } else {
                random.nextBytes(fci);
            }
            try {
                assertEquals(Hex.of(fci), Hex.of(Fci.parse(fci).encoded()));
                read++;
            } catch (MalformedInput refused) {
                assertTrue(refused.getMessage() != null);
            }
        }
        assertTrue(read > 1000, "read " + read);
    }
}
