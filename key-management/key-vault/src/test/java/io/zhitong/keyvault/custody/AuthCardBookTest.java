package io.zhitong.keyvault.custody;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CustodyPerson;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.store.KeptSection;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The second factor of custodians: enrolled before a witness, shown for one approval, spent, and no key in the vault. */
class AuthCardBookTest {
    private static final byte[] KEY = Hex.parse("101112131415161718191a1b1c1d1e1f");
    private static final byte[] SERIAL = Hex.parse("00004403990400000003");
    private static final byte[] DIGEST = Hex.parse("d0".repeat(32));

    private final List<String> notes = new ArrayList<>();
    private byte[] stored = new byte[0];
    private Instant now = Instant.parse("2026-11-21T04:00:00Z");
    private AuthCardBook book = open();

    private AuthCardBook open() {
        KeptSection kept = new KeptSection() {
            @Override
            public byte[] load() {
                return stored.clone();
            }

            @Override
            public void save(byte[] encoded) {
                stored = encoded.clone();
            }
        };
        CustodyPins pins = new CustodyPins() {
            @Override
            public List<String> names() {
                return List.of("王芳", "李雷", "赵六");
            }

            @Override
            public String authenticate(int custodian, SecretBytes pin) {
                String typed = new String(pin.export(SecretAccess.TOKEN), StandardCharsets.US_ASCII);
                if (!typed.equals("27182" + custodian)) {
                    throw new KeyServiceException(KeyRefusal.WRONG_PIN, "wrong");
                }
                return names().get(custodian - 1);
            }
        };
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new AuthCardBook(kept, pins, (kind, who, detail) -> notes.add(kind + " " + detail), clock);
    }

    private static CustodyPerson person(int number, String pin) {
        return new CustodyPerson(
                List.of("王芳", "李雷", "赵六").get(number - 1),
                number,
                SecretBytes.takeOver(pin.getBytes(StandardCharsets.US_ASCII)));
    }

    private static CustodyPerson person(int number) {
        return person(number, "27182" + number);
    }

    private static byte[] answer(byte[] challenge) {
        return Sm4.encryptBlock(KEY, challenge);
    }

    private static List<byte[]> pairs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] pair = new byte[32];
                    pair[15] = (byte) i;
                    byte[] challenge = new byte[16];
                    challenge[15] = (byte) i;
                    System.arraycopy(answer(challenge), 0, pair, 16, 16);
                    return pair;
                })
                .toList();
    }

    private void enrol(int count) {
        book.enrol(person(1), person(2), SERIAL, pairs(count));
    }

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }

    @Test
    void custodian_with_a_card_approves_after_showing_it_once_for_each_proposal() {
        book.require(1, DIGEST);
        enrol(3);
        book.require(2, DIGEST);
        assertEquals(KeyRefusal.CARD_NEEDED, refusal(() -> book.require(1, DIGEST)));
        book.prove(1, DIGEST, answer(book.challenge(1)));
        book.require(1, DIGEST);
        assertEquals(KeyRefusal.CARD_NEEDED, refusal(() -> book.require(1, DIGEST)), "a proof is for one approval");
        book.prove(1, DIGEST, answer(book.challenge(1)));
        assertEquals(KeyRefusal.CARD_NEEDED, refusal(() -> book.require(1, new byte[32])), "for another proposal");
        assertEquals(1, book.cards().get(0).left());
    }

    @Test
    void proof_ends_after_five_minutes_and_with_the_process() {
        enrol(3);
        book.prove(1, DIGEST, answer(book.challenge(1)));
        now = now.plus(Duration.ofMinutes(5));
        assertEquals(KeyRefusal.CARD_NEEDED, refusal(() -> book.require(1, DIGEST)));
        book.prove(1, DIGEST, answer(book.challenge(1)));
        book = open();
        assertEquals(KeyRefusal.CARD_NEEDED, refusal(() -> book.require(1, DIGEST)));
        assertEquals(1, book.cards().get(0).left());
    }

    @Test
    void wrong_answer_spends_its_challenge_and_an_answer_heard_is_worth_nothing() {
        enrol(3);
        byte[] first = book.challenge(1);
        assertArrayEquals(first, book.challenge(1), "asking alone spends nothing");
        assertEquals(KeyRefusal.CARD_ANSWER_WRONG, refusal(() -> book.prove(1, DIGEST, new byte[16])));
        assertFalse(Hex.of(first).equals(Hex.of(book.challenge(1))));
        assertEquals(KeyRefusal.CARD_ANSWER_WRONG, refusal(() -> book.prove(1, DIGEST, answer(first))));
        book.prove(1, DIGEST, answer(book.challenge(1)));
        assertEquals(KeyRefusal.CARD_SPENT, refusal(() -> book.challenge(1)));
        assertEquals(KeyRefusal.CARD_SPENT, refusal(() -> book.prove(1, DIGEST, answer(first))));
        book.require(1, DIGEST);
        assertEquals(KeyRefusal.CARD_NEEDED, refusal(() -> book.require(1, DIGEST)), "spent is not none");
    }

    @Test
    void enrolment_needs_two_custodians_with_their_pins() {
        assertEquals(KeyRefusal.WITNESS_NEEDED, refusal(() -> book.enrol(person(1), person(1), SERIAL, pairs(1))));
        assertEquals(KeyRefusal.WRONG_PIN, refusal(() -> book.enrol(person(1, "000001"), person(2), SERIAL, pairs(1))));
        assertEquals(KeyRefusal.WRONG_PIN, refusal(() -> book.enrol(person(1), person(2, "000001"), SERIAL, pairs(1))));
        assertEquals(
                KeyRefusal.MALFORMED, refusal(() -> book.enrol(person(1), CustodyPerson.named("A"), SERIAL, pairs(1))));
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> book.enrol(person(1), person(2), SERIAL, List.of())));
        assertEquals(KeyRefusal.MALFORMED, refusal(() -> book.enrol(person(1), person(2), SERIAL, pairs(257))));
        assertEquals(List.of(), book.cards());
        assertEquals(KeyRefusal.CARD_SPENT, refusal(() -> book.challenge(1)));
    }

    @Test
    void new_card_takes_the_place_of_the_old_and_is_audited() {
        enrol(2);
        book.prove(1, DIGEST, answer(book.challenge(1)));
        enrol(5);
        assertEquals(1, book.cards().size());
        assertEquals(5, book.cards().get(0).left());
        assertEquals(KeyRefusal.CARD_NEEDED, refusal(() -> book.require(1, DIGEST)));
        assertTrue(
                notes.contains(
                        "CUSTODY authentication card 00004403990400000003 of custodian 1 enrolled before custodian 2"),
                notes.toString());
        refusal(() -> book.prove(1, DIGEST, new byte[16]));
        assertEquals("REFUSED the authentication card's answer is wrong", notes.get(notes.size() - 1));
    }

    @Test
    void vault_keeps_neither_the_cards_key_nor_its_answers() {
        enrol(2);
        assertTrue(Hex.of(stored).contains(Hex.of(SERIAL)), "what is there is found");
        assertFalse(Hex.of(stored).contains(Hex.of(KEY)));
        assertFalse(Hex.of(stored).contains(Hex.of(answer(book.challenge(1)))));
        book = open();
        book.prove(1, DIGEST, answer(book.challenge(1)));
        book.require(1, DIGEST);
    }
}
