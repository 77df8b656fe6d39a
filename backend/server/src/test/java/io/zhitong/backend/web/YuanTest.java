package io.zhitong.backend.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class YuanTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0; ¥0.00",
                "1; ¥0.01",
                "99; ¥0.99",
                "100; ¥1.00",
                "-5; -¥0.05",
                "123456; ¥1,234.56",
                "-100000000; -¥1,000,000.00",
                "9223372036854775807; ¥92,233,720,368,547,758.07",
                "-9223372036854775808; -¥92,233,720,368,547,758.08"
            })
    void fen_are_read_as_yuan_with_groups_of_three(long fen, String text) {
        assertThat(Yuan.of(fen)).isEqualTo(text);
    }

    @Test
    void no_fen_is_lost_and_the_language_of_the_machine_changes_nothing() {
        Locale before = Locale.getDefault();
        Random random = new Random(7);
        try {
            for (Locale locale : new Locale[] {Locale.GERMANY, Locale.forLanguageTag("ar-EG"), Locale.CHINA}) {
                Locale.setDefault(locale);
                for (int i = 0; i < 200; i++) {
                    long fen = random.nextLong();
                    assertThat(Long.parseLong(Yuan.of(fen).replaceAll("[¥,.]", "")))
                            .isEqualTo(fen);
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
