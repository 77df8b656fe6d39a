package io.zhitong.backend.persons;

import io.zhitong.backend.people.ResidenceRole;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One resident as a file has it (导入行).
 *
 * @param line in the file, from 1
 * @param cells what stands in the columns there are, stripped
 */
record ImportRow(int line, Map<ImportColumn, String> cells) {
    /** Residents in one file. */
    static final int MOST = 2000;

    ImportRow {
        cells = Map.copyOf(cells);
    }

    String cell(ImportColumn column) {
        return Optional.ofNullable(cells.get(column)).orElse("");
    }

    /** By any of its words: OWNER, 业主, Owner. */
    Optional<ResidenceRole> role() {
        String word = cell(ImportColumn.ROLE);
        return Arrays.stream(ResidenceRole.values())
                .filter(role -> role.name().equalsIgnoreCase(word)
                        || role.chinese().equals(word)
                        || role.english().equalsIgnoreCase(word))
                .findFirst();
    }

    String initials() {
        return cell(ImportColumn.INITIALS).toLowerCase(Locale.ROOT);
    }

    /** Refuses what {@link Csv#read} refuses, FILE_COLUMNS and FILE_EMPTY. */
    static List<ImportRow> read(byte[] file) {
        List<Csv.Line> lines = Csv.read(file, MOST + 1);
        PersonsRefusedException.unless(lines.size() > 1, PersonsRefusal.FILE_EMPTY);
        List<Optional<ImportColumn>> heads =
                lines.get(0).fields().stream().map(ImportColumn::of).toList();
        List<ImportColumn> ours = heads.stream().flatMap(Optional::stream).toList();
        boolean complete = Arrays.stream(ImportColumn.values())
                .filter(ImportColumn::needed)
                .allMatch(ours::contains);
        PersonsRefusedException.unless(
                complete && ours.stream().distinct().count() == ours.size(), PersonsRefusal.FILE_COLUMNS);
        return lines.stream().skip(1).map(line -> row(line, heads)).toList();
    }

    private static ImportRow row(Csv.Line line, List<Optional<ImportColumn>> heads) {
        Map<ImportColumn, String> cells = new EnumMap<>(ImportColumn.class);
        for (int i = 0; i < Math.min(heads.size(), line.fields().size()); i++) {
            String cell = line.fields().get(i);
            heads.get(i).ifPresent(column -> cells.put(column, cell));
        }
        return new ImportRow(line.number(), cells);
    }
}
