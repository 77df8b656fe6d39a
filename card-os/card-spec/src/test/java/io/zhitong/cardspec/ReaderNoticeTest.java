package io.zhitong.cardspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.cardspec.ReaderNotice.Means;
import io.zhitong.cardspec.ReaderNotice.Signal;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderNoticeTest {

    @Test
    void notice_is_its_signal_and_its_text_in_utf8() {
        ReaderNotice notice = new ReaderNotice(Signal.STOP, "请重试");
        assertEquals("01e8afb7e9878de8af95", Hex.of(notice.encode()));
        assertEquals(notice, ReaderNotice.decode(Hex.parse("01e8afb7e9878de8af95")));
        assertEquals(Signal.PASS, ReaderNotice.decode(Hex.parse("0041")).signal());
        assertEquals(Signal.MORE, ReaderNotice.decode(Hex.parse("0241")).signal());
    }

    @Test
    void forty_chinese_characters_fit_and_one_byte_more_does_not() {
        String longest = "门".repeat(40);
        assertEquals(
                longest,
                ReaderNotice.decode(new ReaderNotice(Signal.PASS, longest).encode())
                        .text());
        assertThrows(MalformedInput.class, () -> new ReaderNotice(Signal.PASS, longest + "a"));
        assertThrows(MalformedInput.class, () -> new ReaderNotice(Signal.PASS, ""));
    }

    /** A display takes a new line, an escape or a delete for something else than a letter. */
    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u001b[2J", "a\u0000", "\u007f", "\u0085"})
    void control_characters_reach_no_display(String text) {
        assertThrows(MalformedInput.class, () -> new ReaderNotice(Signal.PASS, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0341", "ff41", "00c3", "00ff", "00e8af", "00410a"})
    void bytes_that_are_no_notice_are_refused_without_repeating_them(String hex) {
        MalformedInput refused = assertThrows(MalformedInput.class, () -> ReaderNotice.decode(Hex.parse(hex)));
        assertFalse(refused.getMessage().contains("A"), refused.getMessage());
    }

    @Test
    void means_travel_as_bits_and_unknown_ones_are_passed_over() {
        assertEquals(7, Means.bits(EnumSet.allOf(Means.class)));
        assertEquals(4, Means.bits(Set.of(Means.LIGHT_AND_SOUND)));
        assertEquals(Set.of(Means.DISPLAY, Means.VOICE), Means.of(0xF3));
        assertEquals(Set.of(), Means.of(0));
    }
}
