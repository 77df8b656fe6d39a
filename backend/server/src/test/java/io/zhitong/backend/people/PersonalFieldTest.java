package io.zhitong.backend.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PersonalFieldTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "13800001234, 13800001234",
        "138 0000 1234, 13800001234",
        "138-0000-1234, 13800001234",
        "+86 13800001234, 13800001234",
        "008613800001234, 13800001234",
        "１３８００００１２３４, 13800001234",
        "19912345678, 19912345678",
        "0755-26001234, 075526001234",
        "010 62001234, 01062001234"
    })
    void telephone_as_people_type_it_has_one_form(String typed, String kept) {
        assertThat(PersonalField.PHONE.normalised(typed)).hasValue(kept);
        assertThat(PersonalField.PHONE.normalised(kept)).hasValue(kept);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"''", "12800001234", "1380000123", "138000012345", "+85291234567", "张伟", "1380000123x", "86", "' '"})
    void what_is_no_telephone_has_none(String typed) {
        assertThat(PersonalField.PHONE.normalised(typed)).isEmpty();
    }

    /** The first is the example of GB 11643-1999; the others' check digits were computed by hand: weights 7 9 10 5 8 4 2 1 6 3 …. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "11010519491231002X, 11010519491231002X",
        "11010519491231002x, 11010519491231002X",
        "440524188001010014, 440524188001010014",
        "110105 19491231 002X, 11010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ, 11010519491231002X"
    })
    void identity_number_of_the_standard_is_taken(String typed, String kept) {
        assertThat(PersonalField.IDENTITY.normalised(typed)).hasValue(kept);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "110105194912310021", // another check digit
        "11010519491231003X", // one digit of the number turned
        "11010519491331002X", // month 13
        "11010519490230002X", // 30 February
        "110105491231002", // the old number of 15 digits
        "01010519491231002X",
        "1101051949123100X2",
        "''"
    })
    void number_that_cannot_be_one_is_refused(String typed) {
        assertThat(PersonalField.IDENTITY.normalised(typed)).isEmpty();
    }

    @Test
    void every_other_check_digit_of_the_standards_example_is_wrong() {
        assertThat("0123456789X"
                        .chars()
                        .mapToObj(last -> "11010519491231002" + (char) last)
                        .filter(number ->
                                PersonalField.IDENTITY.normalised(number).isPresent()))
                .containsExactly("11010519491231002X");
    }

    @Test
    void lists_show_the_ends_only() {
        assertThat(PersonalField.PHONE.masked("13800001234")).isEqualTo("138****1234");
        assertThat(PersonalField.PHONE.masked("075526001234")).isEqualTo("075*****1234");
        assertThat(PersonalField.IDENTITY.masked("11010519491231002X")).isEqualTo("110***********002X");
        assertThat(PersonalField.PHONE.masked("1234567")).isEqualTo("*******");
    }

    @Test
    void text_of_any_length_is_judged_and_a_datum_tells_nothing_of_its_value() {
        assertThat(PersonalField.PHONE.normalised("1".repeat(1_000_000))).isEmpty();
        Datum datum = new Datum(PersonalField.PHONE, "13800001234");
        assertThat(datum).hasToString("Datum[PHONE]");
        assertThatIllegalArgumentException().isThrownBy(() -> new Datum(PersonalField.PHONE, "138 0000 1234"));
    }
}
