package io.zhitong.backend.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type into the first set-up and into the users page. */
final class TypedTest {
    @ParameterizedTest
    @CsvSource({
        "admin, 王芳, river-Boat-17, river-Boat-17,",
        "wang.fang, 阿卜杜拉·买买提, 碧水蓝天小区四号楼东门, 碧水蓝天小区四号楼东门,",
        "Admin, 王芳, river-Boat-17, river-Boat-17, LOGIN",
        "a, 王芳, river-Boat-17, river-Boat-17, LOGIN",
        "-ab, 王芳, river-Boat-17, river-Boat-17, LOGIN",
        "admin, '', river-Boat-17, river-Boat-17, NAME",
        "admin, <b>王</b>, river-Boat-17, river-Boat-17, NAME",
        "admin, 王芳, river-Boat-17, river-Boat-18, PASSWORD_AGAIN",
        "admin, 王芳, riverBoat, riverBoat, PASSWORD_SHORT",
        "admin, 王芳, '', '', PASSWORD_SHORT",
        "admin, 王芳, 1212121212, 1212121212, PASSWORD_PLAIN",
        "admin, 王芳, my-Admin-2026, my-Admin-2026, PASSWORD_KNOWN",
        "wang, 王芳, zhitong-demo, zhitong-demo, PASSWORD_KNOWN"
    })
    void a_user_is_taken_or_refused_for_the_first_thing_that_is_wrong(
            String login, String name, String password, String again, SetupProblem expected) {
        assertThat(new NewUser(login, name, password, again).problem().orElse(null))
                .isEqualTo(expected);
    }

    @Test
    void a_password_of_129_characters_is_too_long_and_blanks_around_a_name_do_not_count() {
        String longest = "abcdefgh".repeat(16);
        assertThat(new NewUser(" wang ", " 王芳 ", longest, longest).problem()).isEmpty();
        assertThat(new NewUser("wang", "王芳", longest + "x", longest + "x").problem())
                .contains(SetupProblem.PASSWORD_LONG);
        assertThat(new NewUser("w".repeat(61), "王芳", longest, longest).problem())
                .contains(SetupProblem.LOGIN);
    }

    @Test
    void a_password_never_appears_where_a_user_is_printed() {
        assertThat(new NewUser("wang", "王芳", "river-Boat-17", "river-Boat-17").toString())
                .isEqualTo("NewUser[wang]");
    }

    @ParameterizedTest
    @CsvSource({
        "碧水花园（一期）, 44030002, 4403,",
        "'', 44030002, 4403, COMMUNITY",
        "<script>, 44030002, 4403, COMMUNITY",
        "碧水花园, 04403002, 4403, NUMBER",
        "碧水花园, 4403000, 4403, NUMBER",
        "碧水花园, 440300020, 4403, NUMBER",
        "碧水花园, 4403000x, 4403, NUMBER",
        "碧水花园, 44030002, 440, CITY",
        "碧水花园, 44030002, 深圳市区, CITY"
    })
    void a_community_is_taken_or_refused_for_the_first_thing_that_is_wrong(
            String name, String number, String city, SetupProblem expected) {
        assertThat(new NewCommunity(name, number, city).problem().orElse(null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"44030002", " 44030002 "})
    void a_community_is_made_of_it_in_the_time_of_china(String number) {
        Community community = new NewCommunity(" 碧水花园 ", number, "4403").as(new CommunityId(1));
        assertThat(community.name()).isEqualTo("碧水花园");
        assertThat(community.number()).isEqualTo(44030002);
        assertThat(community.zone().getId()).isEqualTo("Asia/Shanghai");
    }
}
