package io.zhitong.backend.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class MenuTest {
    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final List<MenuEntry> entries = backend.beans(MenuEntry.class);

    @Test
    void the_menu_leads_each_role_to_every_page_it_may_open_and_to_no_other() {
        assertThat(entries)
                .extracting(MenuEntry::path)
                .contains("/wall", "/ledger")
                .doesNotHaveDuplicates();
        for (Role role : Role.values()) {
            Browser browser = backend.browser().as(role.name().toLowerCase(Locale.ROOT));
            String home = browser.get("/").body();
            for (MenuEntry entry : entries) {
                boolean shown = home.contains("href=\"" + entry.path() + "\"");
                assertThat(shown)
                        .as(role + " " + entry.path())
                        .isEqualTo(entry.roles().contains(role));
                assertThat(browser.get(entry.path()).statusCode())
                        .as(role + " " + entry.path())
                        .isEqualTo(shown ? 200 : 403);
            }
        }
    }

    @Test
    void the_page_one_is_on_is_marked_in_the_menu_and_no_other() {
        for (MenuEntry entry : entries) {
            String login = entry.roles().iterator().next().name().toLowerCase(Locale.ROOT);
            String page = backend.browser().as(login).get(entry.path()).body();
            assertThat(page.split("aria-current=\"page\"", -1)).as(entry.path()).hasSize(2);
        }
    }

    @Test
    void each_icon_of_the_menu_is_drawn() throws Exception {
        String icons = Files.readString(Path.of("src/main/resources/static/img/icons.svg"));
        assertThat(entries).allSatisfy(entry -> assertThat(icons).contains("id=\"" + entry.icon() + "\""));
    }

    @Test
    void whoever_is_not_logged_in_sees_no_menu_but_the_banners() {
        String page = backend.browser().get("/login").body();
        assertThat(page).doesNotContain("href=\"/wall\"").doesNotContain("/logout");
        assertThat(page).contains("H2").contains("shell-banner-notice");
    }
}
