package io.zhitong.backend.foundation.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothDatabases
final class PrivilegesTest {
    private final TestDatabase database;

    PrivilegesTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void the_application_draws_from_every_sequence() {
        List<String> sequences = JdbcClient.create(database.owner())
                .sql("select lower(sequence_name) from information_schema.sequences"
                        + " where lower(sequence_schema) = 'public'")
                .query(String.class)
                .list();
        assertThat(sequences).contains("card_flow");
        for (String sequence : sequences) {
            assertThatCode(() -> database.jdbc()
                            .sql("select nextval('" + sequence + "')")
                            .query(Long.class)
                            .single())
                    .as(sequence)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void the_application_makes_no_tables_on_the_server() {
        if (database.kind() == DatabaseKind.PG) {
            assertThatThrownBy(() ->
                            database.jdbc().sql("create table planted (n int)").update())
                    .isInstanceOf(BadSqlGrammarException.class)
                    .hasStackTraceContaining("permission denied");
        }
        assertThatCode(() -> JdbcClient.create(database.owner())
                        .sql("create table planted (n int)")
                        .update())
                .doesNotThrowAnyException();
    }
}
