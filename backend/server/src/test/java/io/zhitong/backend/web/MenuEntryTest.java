package io.zhitong.backend.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.backend.identity.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MenuEntryTest {
    @Test
    void a_page_that_nobody_may_see_or_that_lies_elsewhere_is_no_menu_entry() {
        assertThatThrownBy(() -> new MenuEntry("/wall", "wall.title", "wall", 1, Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MenuEntry("https://example.org", "t", "i", 1, Set.of(Role.DESK)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_later_change_of_the_given_roles_changes_no_entry() {
        EnumSet<Role> roles = EnumSet.of(Role.DESK);
        MenuEntry entry = new MenuEntry("/desk", "t", "i", 1, roles);
        roles.add(Role.ADMIN);
        assertThat(entry.roles()).containsExactly(Role.DESK);
    }

    @ParameterizedTest
    @CsvSource({
        "/wall, /wall, true",
        "/wall/stream, /wall, true",
        "/wallpaper, /wall, false",
        "/, /wall, false",
        "/desk, /wall, false"
    })
    void the_page_and_what_lies_below_it_is_marked_active(String path, String entry, boolean active) {
        Shell.Frame frame = new Shell.Frame(null, List.of(), List.of(), path, 30, "1");
        assertThat(frame.active(new MenuEntry(entry, "t", "i", 1, Set.of(Role.DESK))))
                .isEqualTo(active);
    }
}
