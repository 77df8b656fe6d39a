package io.zhitong.personalisation.keycard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardreaders.RecordingChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Key cards on cards of our own operating system: made, read, misused, torn in the making. */
class KeyCardsTest {
    private static final String SELECT = "00a404000b" + "5a4849544f4e472e4b4559";
    private static final String PIN = "271828";

    private final KeyCards cards = new KeyCards(RandomSource.secure());

    static Card blank() {
        Nvm nvm = Nvm.inMemory(CardProfile.BLANK.memory());
        CardBirth.blank(nvm, CardProfile.BLANK, ChipIdentity.fresh(RandomSource.secure()));
        return new Card(nvm, RandomSource.secure());
    }

    static SecretBytes pin(String digits) {
        return SecretBytes.takeOver(digits.getBytes(StandardCharsets.US_ASCII));
    }

    static KeyCardLabel label(KeyCardKind kind) {
        return new KeyCardLabel(
                kind,
                Hex.parse("00004403990100000001"),
                Hex.parse("a1a2a3a4a5a6a7a8"),
                LocalDate.of(2026, 11, 21),
                Hex.parse("52fc10"),
                3);
    }

    private static byte[] secret(KeyCardKind kind) {
        byte[] bytes = new byte[kind.secretLength()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (0xC0 + i);
        }
        return bytes;
    }

    private Card made(KeyCardKind kind) {
        Card card = blank();
        cards.make(card::process, label(kind), pin(PIN), SecretBytes.copyOf(secret(kind)));
        card.reset();
        return card;
    }

    private static String ask(Card card, String... frames) {
        String answer = "";
        for (String frame : frames) {
            answer = Hex.of(card.process(Hex.parse(frame)));
        }
        return answer;
    }

    private static KeyCardRefused.Reason refusal(Executable act) {
        return assertThrows(KeyCardRefused.class, act).reason();
    }

    @ParameterizedTest
    @EnumSource(KeyCardKind.class)
    void label_is_read_by_everybody_and_has_the_bytes_of_the_page(KeyCardKind kind) {
        Card card = made(kind);
        assertEquals(
                "5a544b31" + "0" + kind.code() + "00004403990100000001" + "a1a2a3a4a5a6a7a8" + "20261121" + "52fc10"
                        + "03" + "00".repeat(9) + "9000",
                ask(card, SELECT, "00b0950028"));
        KeyCardLabel label = cards.label(card::process);
        assertEquals(kind, label.kind());
        assertTrue(label.line().contains(kind.chinese()), label.line());
        assertTrue(label.line().endsWith("CMAC 52FC10  number 3"), label.line());
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyCardKind.class,
            names = {"CONTROL", "MOTHER", "TRANSPORT"})
    void what_is_kept_is_read_behind_the_pin_only(KeyCardKind kind) {
        Card card = made(kind);
        String read = "00b09600" + String.format("%02x", kind.secretLength());
        assertEquals("6982", ask(card, SELECT, read));
        assertEquals("63c4", ask(card, "0020000006" + Hex.of("271829".getBytes(StandardCharsets.US_ASCII))));
        assertEquals("6982", ask(card, read));
        try (SecretBytes kept = cards.secret(card::process, kind, pin(PIN))) {
            assertArrayEquals(secret(kind), kept.export(SecretAccess.TOKEN));
        }
        assertEquals(Hex.of(secret(kind)) + "9000", ask(card, read));
        assertEquals("6982", ask(card, SELECT, read), "selecting again closes it");
    }

    @Test
    void authentication_card_answers_behind_its_pin_and_shows_its_key_to_nobody() {
        Card card = made(KeyCardKind.AUTHENTICATION);
        byte[] challenge = Hex.parse("000102030405060708090a0b0c0d0e0f");
        assertEquals("6982", ask(card, SELECT, "0088000110" + Hex.of(challenge) + "10"));
        byte[] key = secret(KeyCardKind.AUTHENTICATION);
        assertArrayEquals(Sm4.encryptBlock(key, challenge), cards.answer(card::process, pin(PIN), challenge));
        assertEquals("6a82", ask(card, "00b0960010"));
        for (int sfi = 1; sfi < 32; sfi++) {
            String content = ask(card, String.format("00b0%02x0000", 0x80 | sfi));
            assertFalse(content.contains(Hex.of(key)), "file " + sfi);
        }
        assertEquals(
                KeyCardRefused.Reason.OTHER_KIND,
                refusal(() -> cards.answer(made(KeyCardKind.TRANSPORT)::process, pin(PIN), challenge)));
    }

    @Test
    void fifth_wrong_pin_ends_the_card_also_for_the_right_one_and_over_resets() {
        Card card = made(KeyCardKind.CONTROL);
        for (int left = 4; left >= 1; left--) {
            card.reset();
            assertEquals(
                    KeyCardRefused.Reason.WRONG_PIN,
                    refusal(() -> cards.secret(card::process, KeyCardKind.CONTROL, pin("271829"))));
        }
        assertEquals(
                KeyCardRefused.Reason.PIN_BLOCKED,
                refusal(() -> cards.secret(card::process, KeyCardKind.CONTROL, pin("314159"))));
        card.reset();
        assertEquals(
                KeyCardRefused.Reason.PIN_BLOCKED,
                refusal(() -> cards.secret(card::process, KeyCardKind.CONTROL, pin(PIN))));
        assertEquals(KeyCardKind.CONTROL, cards.label(card::process).kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "1234567", "123456", "654321", "777777", "27182a", "27 828"})
    void poor_pins_are_refused_before_the_card_is_touched(String digits) {
        Card card = blank();
        var channel = new RecordingChannel(card::process);
        assertEquals(
                KeyCardRefused.Reason.BAD_PIN,
                refusal(() -> cards.make(
                        channel,
                        label(KeyCardKind.TRANSPORT),
                        pin(digits),
                        SecretBytes.copyOf(secret(KeyCardKind.TRANSPORT)))));
        assertEquals(List.of(), channel.exchanges());
    }

    @Test
    void wrong_kind_costs_no_try_and_other_cards_are_no_key_cards() {
        Card card = made(KeyCardKind.TRANSPORT);
        assertEquals(
                KeyCardRefused.Reason.OTHER_KIND,
                refusal(() -> cards.secret(card::process, KeyCardKind.MOTHER, pin("000001"))));
        assertEquals("63c4", ask(card, SELECT, "0020000006" + "303030303031"));
        assertEquals(KeyCardRefused.Reason.NO_KEY_CARD, refusal(() -> cards.label(blank()::process)));
    }

    @Test
    void only_blank_cards_are_taken() {
        Card card = made(KeyCardKind.CONTROL);
        assertEquals(
                KeyCardRefused.Reason.NOT_BLANK,
                refusal(() -> cards.make(
                        card::process,
                        label(KeyCardKind.CONTROL),
                        pin(PIN),
                        SecretBytes.copyOf(secret(KeyCardKind.CONTROL)))));
        Nvm nvm = Nvm.inMemory(CardProfile.COMMUNITY.memory());
        CardBirth.of(
                nvm,
                CardProfile.COMMUNITY,
                ChipIdentity.fresh(RandomSource.secure()),
                SecretBytes.takeOver(new byte[16]));
        Card residents = new Card(nvm, RandomSource.secure());
        assertEquals(
                KeyCardRefused.Reason.NOT_BLANK,
                refusal(() -> cards.make(
                        residents::process,
                        label(KeyCardKind.CONTROL),
                        pin(PIN),
                        SecretBytes.copyOf(secret(KeyCardKind.CONTROL)))));
        assertThrows(
                IllegalArgumentException.class,
                () -> cards.make(
                        blank()::process, label(KeyCardKind.CONTROL), pin(PIN), SecretBytes.takeOver(new byte[16])));
    }

    @Test
    void nobody_changes_a_finished_card() {
        Card card = made(KeyCardKind.MOTHER);
        String right = "0020000006" + Hex.of(PIN.getBytes(StandardCharsets.US_ASCII));
        for (String frame : List.of(
                "00d6950001ff",
                "00d6960001ff",
                "80e00019072800040000ff00".replace("0000ff00", "f0f0ff00"),
                "80d40101083af0ef0155313131313131".replace("01083a", "010b3a"),
                "80d401011539f0f00f33" + "00".repeat(16),
                "800e0000")) {
            card.reset();
            String answer = ask(card, SELECT, right, frame);
            assertTrue(List.of("6982", "6985").contains(answer), frame + " answered " + answer);
        }
        card.reset();
        try (SecretBytes kept = cards.secret(card::process, KeyCardKind.MOTHER, pin(PIN))) {
            assertArrayEquals(secret(KeyCardKind.MOTHER), kept.export(SecretAccess.TOKEN));
        }
    }

    @Test
    void mother_card_counts_how_often_it_was_opened_and_a_wrong_pin_does_not_count() {
        Card card = made(KeyCardKind.MOTHER);
        assertEquals(1, cards.uses(card::process), "read back when it was made");
        cards.secret(card::process, KeyCardKind.MOTHER, pin(PIN)).close();
        cards.blocks(card::process, pin(PIN));
        assertEquals(3, cards.uses(card::process));
        refusal(() -> cards.blocks(card::process, pin("314159")));
        card.reset();
        assertEquals(3, cards.uses(card::process));
        assertEquals("6982", ask(card, SELECT, "00d697000200" + "00"));
        assertEquals(0, cards.uses(made(KeyCardKind.CONTROL)::process));
    }

    @Test
    void mother_card_keeps_blocks_in_order_and_up_to_twelve() {
        Card card = made(KeyCardKind.MOTHER);
        for (int i = 0; i < 12; i++) {
            card.reset();
            cards.addBlock(card::process, pin(PIN), "BLOCK" + i + "A".repeat(160));
        }
        List<String> blocks = cards.blocks(card::process, pin(PIN));
        assertEquals(12, blocks.size());
        assertEquals("BLOCK11" + "A".repeat(160), blocks.get(11));
        assertEquals(KeyCardRefused.Reason.FULL, refusal(() -> cards.addBlock(card::process, pin(PIN), "BLOCK12")));
        card.reset();
        assertEquals("6982", ask(card, SELECT, "00b201c400"));
    }

    @ParameterizedTest
    @EnumSource(KeyCardKind.class)
    void card_that_leaves_in_the_making_is_no_key_card_and_gives_nothing(KeyCardKind kind) {
        Card whole = blank();
        var counting = new RecordingChannel(whole::process);
        cards.make(counting, label(kind), pin(PIN), SecretBytes.copyOf(secret(kind)));
        int written = (int) counting.exchanges().stream()
                .takeWhile(e -> !Hex.of(e.command()).startsWith("00d69500"))
                .count();
        assertTrue(written > 12, "exchanges: " + written);
        for (int n = 1; n <= written; n++) {
            Card card = blank();
            int[] left = {n};
            assertThrows(
                    CardException.class,
                    () -> cards.make(
                            command -> {
                                if (left[0]-- <= 0) {
                                    throw new CardException(CardException.Reason.REMOVED, "the card left");
                                }
                                return card.process(command);
                            },
                            label(kind),
                            pin(PIN),
                            SecretBytes.copyOf(secret(kind))));
            card.reset();
            assertEquals(KeyCardRefused.Reason.NO_KEY_CARD, refusal(() -> cards.label(card::process)), "cut " + n);
            String read = ask(card, SELECT, "00b09600" + String.format("%02x", kind.secretLength()));
            assertEquals(4, read.length(), "cut " + n + ": " + read);
        }
    }
}
