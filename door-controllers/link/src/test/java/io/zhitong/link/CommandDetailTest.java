package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.Octets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a device says with its answer comes over whole up to 128 bytes of UTF-8, and cut behind that. */
class CommandDetailTest {
    @ParameterizedTest
    @CsvSource({"a, 0, 0", "a, 88, 88", "a, 128, 128", "a, 129, 42", "卡, 42, 42", "卡, 43, 42", "é, 64, 64", "é, 65, 42"
    })
    void detail_of_an_answer(String letter, int length, int kept) {
        var answer = new CommandAnswer(
                Octets.zeros(16), CommandAnswer.Stage.EXECUTED, CommandRefusal.NONE, letter.repeat(length));
        assertEquals(letter.repeat(kept), Wire.answer(Wire.reply(answer)).detail());
    }
}
