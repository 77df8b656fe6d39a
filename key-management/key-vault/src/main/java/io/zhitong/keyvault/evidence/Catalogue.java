package io.zhitong.keyvault.evidence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A table of texts beside the program (文字目录): tab-separated, the first line names the columns. */
final class Catalogue {
    private Catalogue() {}

    /**
     * One line.
     *
     * @param cells by column
     */
    record Line(Map<String, String> cells) {
        String text(String column) {
            return Objects.requireNonNull(cells.get(column), column);
        }

        /** The cells {@code NAME_zh} and {@code NAME_en}; without a name {@code zh} and {@code en}. */
        Words words(String name) {
            String before = name.isEmpty() ? "" : name + "_";
            return new Words(text(before + "zh"), text(before + "en"));
        }
    }

    static List<Line> read(String name) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(resource(name), StandardCharsets.UTF_8))) {
            List<String> lines = in.lines().toList();
            String[] columns = lines.get(0).split("\t", -1);
            List<Line> read = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                read.add(line(columns, line.split("\t", -1)));
            }
            return List.copyOf(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String[] columns, String[] cells) {
        if (cells.length != columns.length) {
            throw new IllegalStateException("expected " + columns.length + " cells in a line of the catalogue");
        }
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            named.put(columns[i], cells[i]);
        }
        return new Line(Map.copyOf(named));
    }

    static InputStream resource(String name) {
        return Objects.requireNonNull(Catalogue.class.getResourceAsStream(name), name);
    }
}
