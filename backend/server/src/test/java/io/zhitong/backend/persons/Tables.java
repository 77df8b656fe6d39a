package io.zhitong.backend.persons;

import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything that lies in a database, as a dump of it would have it. */
final class Tables {
    private Tables() {}

    /** Every row of every table, texts as they are and bytes in hex. */
    static String dump(JdbcClient jdbc) {
        StringBuilder all = new StringBuilder();
        List<String> tables = new ArrayList<>(jdbc.sql("select table_name from information_schema.tables"
                        + " where lower(table_schema) = 'public' and table_type in ('BASE TABLE', 'TABLE')")
                .query(String.class)
                .list());
        // Days of events are read through the table they are parts of.
        tables.removeIf(table -> table.matches(".*_\\d{8}"));
        for (String table : new TreeSet<>(tables)) {
            all.append('\n').append(table.toLowerCase(Locale.ROOT)).append('\n');
            jdbc.sql("select * from " + table.toLowerCase(Locale.ROOT)).query(row -> {
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    Object value = row.getObject(i);
                    all.append(value instanceof byte[] bytes ? Hex.of(bytes) : String.valueOf(value))
                            .append('|');
                }
            });
        }
        return all.toString();
    }
}
