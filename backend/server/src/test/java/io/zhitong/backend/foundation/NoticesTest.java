package io.zhitong.backend.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

@BothDatabases
final class NoticesTest {
    private final TestDatabase database;
    private final Notices teller;
    private final Notices hearer;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    NoticesTest(TestDatabase database) {
        this.database = database;
        teller = new Notices(database.kind(), database.application());
        // H2 has one process: it hears itself.
        hearer = database.kind() == DatabaseKind.H2 ? teller : new Notices(database.kind(), database.application());
        hearer.on("door", heard::add);
        hearer.start();
        if (database.kind() == DatabaseKind.PG) {
            Eventually.holds("listening", () -> heard.contains(""));
            heard.clear();
        }
    }

    @AfterEach
    void stop() {
        hearer.stop();
    }

    @Test
    void a_word_is_heard_with_the_commit_and_not_before() {
        database.transactions().executeWithoutResult(status -> {
            teller.tell("door", "1-42");
            assertThat(heard).isEmpty();
        });
        Eventually.holds("heard", () -> heard.contains("1-42"));
        assertThat(heard).containsExactly("1-42");
    }

    @Test
    void a_word_of_a_transaction_that_was_rolled_back_is_never_heard() {
        database.transactions().executeWithoutResult(status -> {
            teller.tell("door", "never");
            status.setRollbackOnly();
        });
        teller.tell("door", "after");
        Eventually.holds("heard", () -> heard.contains("after"));
        assertThat(heard).containsExactly("after");
    }

    @Test
    void words_on_other_topics_and_words_with_blanks_come_to_their_own_listener_whole() {
        teller.tell("window", "x");
        teller.tell("door", "a b  c");
        teller.tell("door", "");
        Eventually.holds("heard", () -> heard.size() == 2);
        assertThat(heard).containsExactly("a b  c", "");
    }

    @Test
    void a_listener_that_fails_keeps_no_other_from_hearing() {
        hearer.on("gate", word -> {
            throw new IllegalStateException("planted");
        });
        hearer.on("gate", heard::add);
        teller.tell("gate", "1");
        teller.tell("gate", "2");
        Eventually.holds("heard", () -> heard.contains("2"));
        assertThat(heard).contains("1", "2");
    }

    /** The server ends the listener's connection: words may be missed, so everybody is told to look, and later words come. */
    @Test
    void after_a_broken_connection_every_listener_is_told_to_look() {
        Assumptions.assumeTrue(database.kind() == DatabaseKind.PG, "H2 has no connection between processes");
        int ended = database.jdbc()
                .sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                        + " and pid <> pg_backend_pid() and query ilike 'listen%'")
                .query(Boolean.class)
                .list()
                .size();
        assertThat(ended).isEqualTo(1);
        Eventually.holds("told to look", () -> heard.contains(""));
        teller.tell("door", "later");
        Eventually.holds("heard again", () -> heard.contains("later"));
    }
}
