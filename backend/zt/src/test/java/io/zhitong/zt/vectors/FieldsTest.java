package io.zhitong.zt.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Reading a vector strictly: no field of a wrong form passes, and none passes unread. */
final class FieldsTest {
    private static Fields fields(String json) {
        return new Fields("", JsonMapper.shared().readTree(json));
    }

    private static void assertBad(String said, Executable reading) {
        assertEquals(said, assertThrows(BadVector.class, reading).getMessage());
    }

    @Test
    void every_form_is_read_as_it_stands() {
        Fields fields = fields("""
                {"t": "文", "h": "00fF", "n": 4294967295, "l": ["0102", "a0B1"], "o": {"x": ""}, "c": [{}, 1]}
                """);
        assertEquals("文", fields.text("t"));
        assertArrayEquals(new byte[] {0, (byte) 0xFF}, fields.hex("h"));
        assertArrayEquals(new byte[] {0, (byte) 0xFF}, fields.hex("h", 2));
        assertEquals(0xFFFF_FFFFL, fields.number("n"));
        List<byte[]> list = fields.hexList("l", 2);
        assertEquals(2, list.size());
        assertArrayEquals(new byte[] {(byte) 0xA0, (byte) 0xB1}, list.get(1));
        Fields inner = fields.object("o");
        assertArrayEquals(new byte[0], inner.hex("x"));
        assertArrayEquals(new byte[0], inner.blocks("x"), "nothing is whole blocks, too");
        inner.end();
        assertEquals(2, fields.objects("c").size());
        fields.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "null", "true"})
    void what_is_no_object_is_refused_by_the_name_of_its_place(String json) {
        assertBad("the file must be a JSON object", () -> fields(json));
        assertBad(
                "a.b must be a JSON object",
                () -> new Fields("a.b", JsonMapper.shared().readTree(json)));
    }

    @Test
    void a_missing_field_is_named_with_its_path() {
        assertBad("missing field t", () -> fields("{}").text("t"));
        assertBad("missing field o.t", () -> fields("{\"o\": {}}").object("o").number("t"));
        assertBad(
                "missing field o.p.l",
                () -> fields("{\"o\": {\"p\": {}}}").object("o").object("p").hexList("l", 1));
        assertFalse(fields("{}").has("t"));
        assertTrue(fields("{\"t\": null}").has("t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "[]", "{}", "true"})
    void a_text_that_is_none_is_refused(String value) {
        assertBad("t must be a string", () -> fields("{\"t\": " + value + "}").text("t"));
        assertBad("t must be a string", () -> fields("{\"t\": " + value + "}").hex("t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "012", "0g", "0x01", "01 02", " 01", "01\\n", "０１", "-1"})
    void digits_that_are_not_whole_bytes_of_hex_are_refused(String text) {
        assertBad(
                "h must be hex digits, two for each byte",
                () -> fields("{\"h\": \"" + text + "\"}").hex("h"));
        assertBad(
                "h must be hex digits, two for each byte",
                () -> fields("{\"h\": [\"" + text + "\"]}").hexList("h", 1));
    }

    @Test
    void another_length_is_told_with_both_lengths() {
        String json = "{\"h\": \"010203\"}";
        assertBad("h must have 2 bytes, has 3", () -> fields(json).hex("h", 2));
        assertBad("h must have 4 bytes, has 3", () -> fields(json).hex("h", 4));
        assertBad(
                "h must have whole blocks of 16 bytes, has 3 bytes",
                () -> fields(json).blocks("h"));
        String block = "{\"h\": \"" + "0f".repeat(32) + "\"}";
        assertEquals(32, fields(block).blocks("h").length);
        String more = "{\"h\": \"" + "0f".repeat(33) + "\"}";
        assertBad(
                "h must have whole blocks of 16 bytes, has 33 bytes",
                () -> fields(more).blocks("h"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "4294967296", "1.0", "1.5", "1e3", "\"1\"", "null", "true", "[1]", "18446744073709551616"})
    void a_number_outside_32_bits_or_of_another_form_is_refused(String value) {
        assertBad(
                "n must be a whole number from 0 to 4294967295",
                () -> fields("{\"n\": " + value + "}").number("n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "\"01\"", "1", "null"})
    void a_list_that_is_none_or_empty_is_refused(String value) {
        assertBad(
                "l must be a list of hex strings",
                () -> fields("{\"l\": " + value + "}").hexList("l", 1));
        assertBad(
                "l must be a list with at least one case",
                () -> fields("{\"l\": " + value + "}").objects("l"));
    }

    @Test
    void one_item_of_another_form_spoils_its_list() {
        assertBad(
                "l must hold items of 1 bytes",
                () -> fields("{\"l\": [\"01\", \"0203\"]}").hexList("l", 1));
        assertBad(
                "l must be hex digits, two for each byte",
                () -> fields("{\"l\": [\"01\", 2]}").hexList("l", 1));
        assertBad(
                "l must be hex digits, two for each byte",
                () -> fields("{\"l\": [null]}").hexList("l", 1));
    }

    @Test
    void an_expectation_holds_whatever_the_case_of_its_digits_and_breaks_by_one_bit() {
        fields("{\"e\": \"aBcD\"}").expect("e", new byte[] {(byte) 0xAB, (byte) 0xCD});
        BadVector wrong = assertThrows(
                BadVector.class, () -> fields("{\"e\": \"abcd\"}").expect("e", new byte[] {(byte) 0xAB, (byte) 0xCC}));
        assertTrue(
                String.valueOf(wrong.getMessage()).equalsIgnoreCase("e expected abcd, computed abcc"), wrong::toString);
        assertThrows(BadVector.class, () -> fields("{\"e\": \"ab\"}").expect("e", new byte[] {(byte) 0xAB, 0}));
        assertThrows(BadVector.class, () -> fields("{\"e\": \"\"}").expect("e", new byte[1]));
    }

    @Test
    void a_field_nobody_read_is_named_and_remarks_need_no_reader() {
        Fields remarks = fields("{\"id\": 1, \"note\": [], \"source\": {}, \"caveat\": null}");
        remarks.end();
        assertBad(
                "unknown field expected", () -> fields("{\"expected\": \"00\"}").end());
        Fields two = fields("{\"b\": 1, \"a\": 2, \"c\": 3}");
        two.number("c");
        assertBad("unknown fields a, b", two::end);
        Fields inner = fields("{\"o\": {\"x\": 1}}").object("o");
        assertBad("unknown field x in o", inner::end);
    }

    @Test
    void asking_whether_a_field_is_there_is_not_reading_it() {
        Fields fields = fields("{\"t\": \"x\"}");
        assertTrue(fields.has("t"));
        assertBad("unknown field t", fields::end);
        fields.text("t");
        fields.end();
    }

    @Test
    void a_field_that_was_refused_counts_as_read_no_more_than_once() {
        Fields fields = fields("{\"n\": \"no number\"}");
        assertThrows(BadVector.class, () -> fields.number("n"));
        assertEquals("no number", fields.text("n"));
        fields.end();
    }
}
