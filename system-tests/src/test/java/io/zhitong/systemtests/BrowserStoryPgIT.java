package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The story on the embedded PostgreSQL; its resident carries a name that would like to be a program. */
final class BrowserStoryPgIT extends BrowserStory {
    private static final String HOSTILE = "<img src=x onerror=\"window.planted=1\"><b>偉</b>";

    BrowserStoryPgIT() {
        super("pg");
    }

    @BeforeAll
    void aResidentIsNamedSo() throws IOException, SQLException {
        Path postmaster = data().resolve("backend/pg/postmaster.pid");
        String port = Files.readAllLines(postmaster).get(3).strip();
        try (Connection owner = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/zhitong", "zhitong_owner", "");
                PreparedStatement rename = owner.prepareStatement("update person set name = ? where initials = 'zw'")) {
            rename.setString(1, HOSTILE);
            assertEquals(1, rename.executeUpdate());
        }
    }

    @Override
    String holder() {
        return HOSTILE;
    }

    @Override
    void picture(String name) {
        assertEquals(false, screen().script("return 'planted' in window"), () -> "a name ran as a program: " + name);
        assertEquals(0L, screen().script("return document.querySelectorAll('img[src=x]').length"), name);
    }

    @Test
    @Order(0)
    void the_name_does_run_where_nothing_defends_the_page() {
        screen().open("data:text/html,<p>bare</p>");
        screen().script("document.body.innerHTML = arguments[0]", HOSTILE);
        Await.until(
                "the planted program ran",
                Duration.ofSeconds(5),
                () -> Boolean.TRUE.equals(screen().script("return 'planted' in window")));
        assertEquals(1L, screen().script("return document.querySelectorAll('img[src=x]').length"));
    }

    @Test
    @Order(20)
    void on_the_wall_the_name_is_text_too() {
        atWall();
        assertTrue(screen().texts("#lines .wall-granted").stream().anyMatch(line -> line.contains(HOSTILE)));
        picture("wall");
    }
}
