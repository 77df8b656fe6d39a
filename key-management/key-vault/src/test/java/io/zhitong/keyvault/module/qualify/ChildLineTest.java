package io.zhitong.keyvault.module.qualify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChildLineTest {
    @Test
    void a_line_comes_back_and_control_characters_do_not() {
        ChildLine line = ChildLine.of(ChildLine.Word.DEVIATION, "16 bytes", "32\tbytes\nmore");
        assertEquals("@zhitong-qualify\tDEVIATION\t16 bytes\t32 bytes more", line.text());
        assertEquals(
                List.of("16 bytes", "32 bytes more"),
                ChildLine.parse(line.text()).orElseThrow().fields());
        assertEquals("", line.field(2));
    }

    @Test
    void what_a_library_prints_is_passed_over() {
        for (String noise :
                List.of("", "[sdf] open ok", "@zhitong-qualify", "@zhitong-qualify\tCHEER\tx", "x\tEND\tMAC")) {
            assertEquals(Optional.empty(), ChildLine.parse(noise));
        }
    }
}
