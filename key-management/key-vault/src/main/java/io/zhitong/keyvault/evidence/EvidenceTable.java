package io.zhitong.keyvault.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * One table of the document (表).
 *
 * @param key its name in JSON
 * @param columns at least one
 * @param rows a cell for each column
 */
record EvidenceTable(String key, List<Column> columns, List<List<Words>> rows) {
    /**
     * One column.
     *
     * @param key its name in JSON
     * @param title above it
     */
    record Column(String key, Words title) {}

    EvidenceTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        int width = columns.size();
        if (rows.stream().anyMatch(row -> row.size() != width)) {
            throw new IllegalArgumentException("expected a cell for each column of " + key);
        }
    }

    /**
     * A table to be filled.
     *
     * @param columns each as {@code key|Chinese|English}
     */
    static Filling of(String key, String... columns) {
        List<Column> titles = new ArrayList<>();
        for (String column : columns) {
            String[] parts = column.split("\\|", 3);
            titles.add(new Column(parts[0], new Words(parts[1], parts[2])));
        }
        return new Filling(key, titles);
    }

    /** A table while its rows come. */
    static final class Filling {
        private final String key;
        private final List<Column> columns;
        private final List<List<Words>> rows = new ArrayList<>();

        private Filling(String key, List<Column> columns) {
            this.key = key;
            this.columns = columns;
        }

        Filling row(Words... cells) {
            rows.add(List.of(cells));
            return this;
        }

        Filling row(List<Words> cells) {
            rows.add(cells);
            return this;
        }

        EvidenceTable done() {
            return new EvidenceTable(key, columns, rows);
        }
    }
}
