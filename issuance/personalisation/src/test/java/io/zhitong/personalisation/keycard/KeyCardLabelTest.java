package io.zhitong.personalisation.keycard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Labels of key cards as bytes and words, and what is no label; check values of components. */
class KeyCardLabelTest {
    private static final String WHOLE = "5a544b31" + "03" + "00004403990200000001" + "5a542d4349545931" + "20261121"
            + "45445f" + "01" + "00".repeat(9);

    @Test
    void label_reads_what_it_writes() {
        KeyCardLabel label = KeyCardLabel.decode(Hex.parse(WHOLE));
        assertEquals(KeyCardKind.TRANSPORT, label.kind());
        assertEquals(LocalDate.of(2026, 11, 21), label.made());
        assertEquals(1, label.number());
        assertEquals(WHOLE, Hex.of(label.encode()));
        assertEquals(
                "传输卡 transport card  serial 00004403990200000001  owner 5a542d4349545931  made 2026-11-21"
                        + "  CMAC 45445F  number 1",
                label.line());
    }

    @Test
    void label_without_a_number_does_not_show_one() {
        var label = new KeyCardLabel(
                KeyCardKind.CONTROL, new byte[10], new byte[8], LocalDate.of(2026, 1, 1), new byte[3], 0);
        assertFalse(label.line().contains("number"), label.line());
    }

    @ParameterizedTest
    @CsvSource({
        "5a544b31, 5a544b32",
        "5a544b3103, 5a544b3100",
        "5a544b3103, 5a544b3105",
        "20261121, 20261131",
        "20261121, 2026112a",
        "20261121, 00000000"
    })
    void other_bytes_are_no_key_card(String right, String wrong) {
        byte[] file = Hex.parse(WHOLE.replaceFirst(right, wrong));
        assertEquals(
                KeyCardRefused.Reason.NO_KEY_CARD,
                assertThrows(KeyCardRefused.class, () -> KeyCardLabel.decode(file))
                        .reason());
    }

    @Test
    void label_that_was_cut_short_is_none() {
        for (int length = 0; length < 31; length++) {
            byte[] file = Arrays.copyOf(Hex.parse(WHOLE), length);
            assertThrows(KeyCardRefused.class, () -> KeyCardLabel.decode(file), "length " + length);
        }
    }

    @Test
    void parts_of_the_wrong_length_make_no_label() {
        LocalDate day = LocalDate.of(2026, 1, 1);
        for (int[] lengths :
                new int[][] {{9, 8, 3, 0}, {10, 7, 3, 0}, {10, 8, 4, 0}, {10, 8, 3, 256}, {10, 8, 3, -1}}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new KeyCardLabel(
                            KeyCardKind.MOTHER,
                            new byte[lengths[0]],
                            new byte[lengths[1]],
                            day,
                            new byte[lengths[2]],
                            lengths[3]));
        }
    }

    @ParameterizedTest
    @EnumSource(KeyCardRefused.Reason.class)
    void every_refusal_speaks_both_languages(KeyCardRefused.Reason reason) {
        assertTrue(reason.chinese().codePoints().anyMatch(Character::isIdeographic), reason.name());
        assertFalse(reason.english().isBlank());
        assertTrue(new KeyCardRefused(reason, "detail").getMessage().endsWith(" (detail)"));
        assertEquals(reason.english(), new KeyCardRefused(reason, "").getMessage());
    }

    /** 00112233445566778899AABBCCDDEEFF in two parts; left 3 of SM4-CMAC over zeros, as OpenSSL computes it. */
    @Test
    void check_value_of_components_is_that_of_their_sum() {
        try (SecretBytes one = SecretBytes.takeOver(Hex.parse("ffeeddccbbaa99887766554433221100"));
                SecretBytes two = SecretBytes.takeOver(Hex.parse("ffffffffffffffffffffffffffffffff"))) {
            assertEquals("45445f", Hex.of(ExchangeComponents.kcv(List.of(one, two))));
            assertEquals("45445f", Hex.of(ExchangeComponents.kcv(List.of(two, one))));
            assertFalse(Hex.of(ExchangeComponents.kcv(List.of(one))).equals("45445f"));
        }
    }
}
