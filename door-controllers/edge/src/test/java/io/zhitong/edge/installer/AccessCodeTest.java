package io.zhitong.edge.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.RandomSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessCodeTest {

    private final List<String> shown = new ArrayList<>();
    private long now = 1_000;
    private final AccessCode code = new AccessCode(RandomSource.secure(), () -> now, shown::add);

    private String current() {
        return shown.get(shown.size() - 1);
    }

    @Test
    void code_is_eight_digits_and_opens_one_session_once() {
        String first = current();
        assertTrue(first.matches("\\d{8}"), first);
        String session = code.login(" " + first + "\n").orElseThrow();
        assertTrue(code.valid(session));
        assertTrue(code.login(first).isEmpty());
        assertNotEquals(first, current());
    }

    @Test
    void five_wrong_ones_make_the_code_void_and_close_for_a_minute() {
        String first = current();
        for (int i = 0; i < AccessCode.MOST_TRIES; i++) {
            assertTrue(code.login("x").isEmpty());
        }
        assertEquals(2, shown.size());
        assertTrue(code.login(first).isEmpty());
        assertTrue(code.login(current()).isEmpty());
        now += AccessCode.WAIT_MILLIS;
        assertTrue(code.login(first).isEmpty());
        assertTrue(code.login(current()).isPresent());
    }

    @Test
    void four_wrong_ones_and_the_right_one_open() {
        for (int i = 1; i < AccessCode.MOST_TRIES; i++) {
            code.login("00000000".equals(current()) ? "1" : "00000000");
        }
        assertTrue(code.login(current()).isPresent());
    }

    @Test
    void session_ends_when_it_is_not_used_for_half_an_hour_when_left_and_when_another_begins() {
        String session = code.login(current()).orElseThrow();
        now += AccessCode.SESSION_MILLIS;
        assertTrue(code.valid(session));
        now += AccessCode.SESSION_MILLIS;
        assertTrue(code.valid(session));
        now += AccessCode.SESSION_MILLIS + 1;
        assertFalse(code.valid(session));
        String second = code.login(current()).orElseThrow();
        code.logout();
        assertFalse(code.valid(second));
        String third = code.login(current()).orElseThrow();
        String fourth = code.login(current()).orElseThrow();
        assertFalse(code.valid(third));
        assertTrue(code.valid(fourth));
    }

    @Test
    void nobody_is_in_before_the_first_login() {
        assertFalse(code.valid(""));
        assertTrue(code.login("").isEmpty());
    }
}
