package io.zhitong.backend.persons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zhitong.backend.people.ResidenceRole;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImportRowTest {
    private static final String HEAD = "编号,房屋,姓名,首字母,身份,手机号,身份证号\n";

    private static List<Csv.Line> lines(String text) {
        return Csv.read(text.getBytes(StandardCharsets.UTF_8), 10);
    }

    private static List<ImportRow> rows(String text) {
        return ImportRow.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(PersonsRefusal reason, ThrowingCallable act) {
        assertThatExceptionOfType(PersonsRefusedException.class)
                .isThrownBy(act)
                .extracting(PersonsRefusedException::reason)
                .isEqualTo(reason);
    }

    @Test
    void fields_are_as_a_spreadsheet_means_them_and_lines_have_the_numbers_of_the_file() {
        assertThat(lines("a,b\r\n\r\n\"x, \"\"y\"\"\n2\", z \r\nc,\"\"\n,,\nlast"))
                .containsExactly(
                        new Csv.Line(1, List.of("a", "b")),
                        new Csv.Line(3, List.of("x, \"y\"\n2", "z")),
                        new Csv.Line(5, List.of("c", "")),
                        new Csv.Line(7, List.of("last")));
        assertThat(lines("")).isEmpty();
        assertThat(lines("\uFEFFa")).containsExactly(new Csv.Line(1, List.of("a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"open", "a\"b\"", "\"", "x,\"y"})
    void quotes_that_do_not_match_are_refused(String text) {
        refused(PersonsRefusal.FILE_QUOTES, () -> lines(text));
    }

    @Test
    void file_in_the_national_character_set_is_read_and_one_in_none_is_refused() {
        byte[] national = (HEAD + "A1,1号楼101,张伟,zw,业主,,").getBytes(Charset.forName("GB18030"));
        assertThat(ImportRow.read(national).get(0).cell(ImportColumn.NAME)).isEqualTo("张伟");
        refused(PersonsRefusal.FILE_WORDS, () -> Csv.read(new byte[] {'a', (byte) 0xFF, (byte) 0xFF}, 10));
        refused(PersonsRefusal.FILE_WORDS, () -> Csv.read(new byte[] {'P', 'K', 3, 4, 0, 0, 8, 0}, 10));
    }

    @Test
    void as_many_lines_as_allowed_are_read_and_one_more_is_refused() {
        assertThat(lines("a\n".repeat(10))).hasSize(10);
        refused(PersonsRefusal.FILE_LONG, () -> lines("a\n".repeat(11)));
        refused(PersonsRefusal.FILE_LONG, () -> lines("a\n".repeat(10) + "a"));
        assertThat(rows(HEAD + "A,1,x,,业主,,\n".repeat(ImportRow.MOST))).hasSize(2000);
        refused(PersonsRefusal.FILE_LONG, () -> rows(HEAD + "A,1,x,,业主,,\n".repeat(ImportRow.MOST + 1)));
    }

    @Test
    void columns_are_found_by_their_heads_in_any_order_and_language_and_others_are_left_alone() {
        ImportRow row = rows("Role, NAME ,车牌,unit,id\nOwner,王芳,粤B12345,1号楼101,A-7,too much")
                .get(0);
        assertThat(row.line()).isEqualTo(2);
        assertThat(row.cell(ImportColumn.ID)).isEqualTo("A-7");
        assertThat(row.cell(ImportColumn.UNIT)).isEqualTo("1号楼101");
        assertThat(row.cell(ImportColumn.NAME)).isEqualTo("王芳");
        assertThat(row.cell(ImportColumn.PHONE)).isEmpty();
        assertThat(row.role()).hasValue(ResidenceRole.OWNER);
        assertThat(rows(HEAD + "A-8").get(0).cell(ImportColumn.NAME))
                .as("a short line")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "业主, OWNER",
        "家属, FAMILY",
        "租户, TENANT",
        "tenant, TENANT",
        "Owner, OWNER",
        "FAMILY, FAMILY",
        "访客, ",
        "'', "
    })
    void role_has_three_words_each(String word, ResidenceRole role) {
        ImportRow row = rows(HEAD + "A,1,x,,\"" + word + "\",,").get(0);
        assertThat(row.role().orElse(null)).isEqualTo(role);
    }

    @Test
    void file_without_its_columns_or_without_lines_is_refused() {
        refused(PersonsRefusal.FILE_EMPTY, () -> rows(""));
        refused(PersonsRefusal.FILE_EMPTY, () -> rows(HEAD));
        refused(PersonsRefusal.FILE_COLUMNS, () -> rows("编号,房屋,姓名\nA,1,x"));
        refused(PersonsRefusal.FILE_COLUMNS, () -> rows("A,1,x,,业主,,\nB,1,y,,业主,,"));
        refused(PersonsRefusal.FILE_COLUMNS, () -> rows("编号,房屋,姓名,身份,name\nA,1,x,业主,y"));
    }

    @Test
    void words_that_refuse_a_line_are_told_from_words_that_explain_it() {
        assertThat(List.of(ImportWord.values()).stream().filter(ImportWord::refusal))
                .hasSize(9)
                .doesNotContain(ImportWord.JOINED, ImportWord.MOVED_OUT, ImportWord.NEW_PHONE);
    }
}
