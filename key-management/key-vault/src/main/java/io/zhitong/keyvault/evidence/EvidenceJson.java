package io.zhitong.keyvault.evidence;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes the document as JSON (RFC 8259). One document each. */
final class EvidenceJson {
    private final StringBuilder out = new StringBuilder();

    String write(EvidenceDocument document) {
        out.append("{\"format\":");
        string(EvidenceDocument.FORMAT);
        out.append(",\"made\":");
        string(document.made().toString());
        out.append(",\"sections\":");
        list(document.sections(), this::section);
        return out.append("}\n").toString();
    }

    private void section(EvidenceSection section) {
        out.append("\n{\"key\":");
        string(section.key());
        out.append(",\"title\":");
        words(section.title());
        out.append(",\"notes\":");
        list(section.notes(), this::words);
        out.append(",\"tables\":");
        list(section.tables(), this::table);
        out.append('}');
    }

    private void table(EvidenceTable table) {
        out.append("\n {\"key\":");
        string(table.key());
        out.append(",\"columns\":");
        list(table.columns(), column -> {
            out.append("{\"key\":");
            string(column.key());
            out.append(",\"title\":");
            words(column.title());
            out.append('}');
        });
        out.append(",\"rows\":");
        list(table.rows(), row -> row(table.columns(), row));
        out.append('}');
    }

    private void row(List<EvidenceTable.Column> columns, List<Words> row) {
        out.append("\n  {");
        for (int i = 0; i < row.size(); i++) {
            out.append(i == 0 ? "" : ",");
            string(columns.get(i).key());
            out.append(':');
            words(row.get(i));
        }
        out.append('}');
    }

    private void words(Words words) {
        if (words.isPlain()) {
            string(words.chinese());
            return;
        }
        out.append("{\"zh\":");
        string(words.chinese());
        out.append(",\"en\":");
        string(words.english());
        out.append('}');
    }

    private <T> void list(List<T> items, Consumer<T> each) {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : ",");
            each.accept(items.get(i));
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < 0x20) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        out.append('"');
    }
}
