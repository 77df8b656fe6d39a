package io.zhitong.backend.foundation.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables as each engine itself describes them in {@code information_schema}, beside facts written out here. */
@BothDatabases
final class SchemaTest {
    private static final List<String> TABLES = List.of(
            "access_holder",
            "access_pin",
            "alarm",
            "audit_entry",
            "audit_head",
            "backend_process",
            "backend_turn",
            "board_cursor",
            "board_record",
            "board_state",
            "building",
            "car_correction",
            "car_head",
            "car_inside",
            "car_opening",
            "car_passage",
            "card_load",
            "card_order",
            "carrier",
            "command_outbox",
            "community",
            "console_user",
            "console_user_role",
            "credential",
            "device",
            "device_certificate",
            "device_command",
            "device_event",
            "device_journal",
            "device_lease",
            "device_point",
            "device_token",
            "estate_unit",
            "event_conflict",
            "event_cursor",
            "event_day",
            "event_gap",
            "event_order",
            "event_picture",
            "foreign_board",
            "gateway_heard",
            "household",
            "ledger_account",
            "ledger_day",
            "ledger_entry",
            "ledger_snapshot",
            "ledger_transfer",
            "list_change",
            "list_content",
            "list_installed",
            "list_round",
            "list_turn",
            "login_try",
            "merchant",
            "parking_space",
            "person",
            "picture_key",
            "policy_draft",
            "policy_draft_item",
            "policy_item",
            "policy_rollout",
            "policy_rollout_device",
            "policy_version",
            "presence",
            "presence_correction",
            "presence_device",
            "presence_head",
            "presence_opening",
            "presence_passage",
            "purchase",
            "purse_load",
            "residence",
            "settlement_day",
            "settlement_package",
            "signed_list",
            "spring_session",
            "spring_session_attributes",
            "suspense_item",
            "use_count");

    private final TestDatabase database;
    private final JdbcClient owner;

    SchemaTest(TestDatabase database) {
        this.database = database;
        owner = JdbcClient.create(database.owner());
    }

    @Test
    void the_tables_are_these() {
        assertThat(tables()).containsAll(TABLES);
    }

    @Test
    void both_engines_have_the_same_columns_of_the_same_kind_in_the_same_order() {
        DatabaseKind other = database.kind() == DatabaseKind.H2 ? DatabaseKind.PG : DatabaseKind.H2;
        try (TestDatabase neighbour = TestDatabase.of(other)) {
            assertThat(columns(owner)).isEqualTo(columns(JdbcClient.create(neighbour.owner())));
        }
    }

    @Test
    void both_engines_hold_the_same_primary_and_unique_keys() {
        DatabaseKind other = database.kind() == DatabaseKind.H2 ? DatabaseKind.PG : DatabaseKind.H2;
        try (TestDatabase neighbour = TestDatabase.of(other)) {
            for (String type : new String[] {"PRIMARY KEY", "UNIQUE", "FOREIGN KEY"}) {
                List<String> here = keys(owner, type);
                assertThat(here).as(type).isNotEmpty().isEqualTo(keys(JdbcClient.create(neighbour.owner()), type));
            }
        }
    }

    @Test
    void the_community_is_the_first_column_of_every_key_but_of_the_installation_s_own_tables() {
        List<String> keys = Stream.concat(keys(owner, "PRIMARY KEY").stream(), keys(owner, "FOREIGN KEY").stream())
                .filter(key -> !key.matches("(spring_session|backend_process|backend_turn|login_try)(_attributes)?:.*"))
                .toList();
        assertThat(keys).hasSizeGreaterThan(60).allMatch(key -> key.matches("[a-z_]+: community_id(,.*)?"));
    }

    @Test
    void money_is_whole_fen_in_eight_bytes_and_never_a_fraction() {
        Map<String, String> columns = columns(owner);
        assertThat(columns.entrySet().stream().filter(e -> e.getKey().endsWith("_fen")))
                .hasSizeGreaterThan(5)
                .allMatch(e -> e.getValue().startsWith("BIGINT"));
        assertThat(columns.values()).noneMatch(type -> type.matches("(?i).*(double|real|float|numeric|decimal).*"));
    }

    @Test
    void every_time_knows_its_zone() {
        assertThat(columns(owner).values().stream().filter(type -> type.startsWith("TIMESTAMP")))
                .isNotEmpty()
                .allMatch(type -> type.startsWith("TIMESTAMP WITH TIME ZONE"));
    }

    @Test
    void a_second_migration_has_nothing_to_do() {
        assertThat(Migrations.run(database.kind(), database.owner())).isZero();
    }

    private List<String> tables() {
        return owner.sql("select lower(table_name) from information_schema.tables"
                        + " where lower(table_schema) = 'public' order by 1")
                .query(String.class)
                .list();
    }

    /** table.column at its place → type, length, whether it may be absent. */
    private static Map<String, String> columns(JdbcClient jdbc) {
        Map<String, String> columns = new TreeMap<>();
        jdbc.sql("select lower(table_name), lower(column_name), upper(data_type), character_maximum_length,"
                        + " is_nullable, ordinal_position from information_schema.columns"
                        + " where lower(table_schema) = 'public'")
                .query(row -> {
                    if (TABLES.contains(row.getString(1))) {
                        String type = kind(row.getString(3));
                        columns.put(
                                row.getString(1) + "." + row.getString(2),
                                type + (type.equals("BYTES") ? "" : " " + row.getString(4)) + " " + row.getString(5)
                                        + " " + row.getInt(6));
                    }
                });
        return columns;
    }

    private static String kind(String type) {
        return switch (type) {
            case "BYTEA", "BINARY VARYING" -> "BYTES";
            case "CHARACTER VARYING", "VARCHAR" -> "TEXT";
            default -> type;
        };
    }

    /** table: columns of the key, in their order. */
    private static List<String> keys(JdbcClient jdbc, String type) {
        Map<String, List<String>> keys = new TreeMap<>();
        jdbc.sql("select lower(t.table_name), t.constraint_name, lower(k.column_name)"
                        + " from information_schema.table_constraints t join information_schema.key_column_usage k"
                        + " on k.constraint_schema = t.constraint_schema and k.constraint_name = t.constraint_name"
                        + " and k.table_name = t.table_name"
                        + " where t.constraint_type = ? and lower(t.table_schema) = 'public'"
                        + " order by t.table_name, t.constraint_name, k.ordinal_position")
                .param(type)
                .query(row -> {
                    if (TABLES.contains(row.getString(1))) {
                        keys.merge(
                                row.getString(1) + ": " + row.getString(2),
                                List.of(row.getString(3)),
                                (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
                    }
                });
        return keys.entrySet().stream()
                .map(e -> e.getKey().replaceFirst(": .*", ": ") + String.join(",", e.getValue()))
                .sorted()
                .toList();
    }

    @Test
    void the_list_above_is_sorted_and_names_no_table_twice() {
        assertThat(TABLES).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.asList("flyway_schema_history", "planted")).noneMatch(TABLES::contains);
    }
}
