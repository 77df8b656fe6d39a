package io.zhitong.keyvault.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the document as one HTML file, Chinese first, fit for printing on A4. One document each. */
final class EvidenceHtml {
    /** A column of this key names sections of the document. */
    private static final String LINKS = "sections";

    private final StringBuilder out = new StringBuilder();
    private final EvidenceDocument document;

    EvidenceHtml(EvidenceDocument document) {
        this.document = document;
    }

    String write() {
        out.append("<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\">")
                .append("<title>密钥管理证据包</title><style>")
                .append(style())
                .append("</style></head><body>\n<h1>密钥管理证据包 <small>Evidence of key management</small></h1>\n<p>")
                .append(document.made())
                .append("（UTC）· GB/T 39786</p>\n<nav><ol>");
        document.sections().forEach(section -> {
            out.append("<li><a href=\"#").append(section.key()).append("\">");
            words(section.title());
            out.append("</a></li>");
        });
        out.append("</ol></nav>\n");
        int number = 1;
        for (EvidenceSection section : document.sections()) {
            section(number++, section);
        }
        return out.append("</body></html>\n").toString();
    }

    private void section(int number, EvidenceSection section) {
        out.append("<section id=\"")
                .append(section.key())
                .append("\"><h2>")
                .append(number)
                .append("　");
        words(section.title());
        out.append("</h2>\n");
        for (Words note : section.notes()) {
            out.append("<p>");
            words(note);
            out.append("</p>\n");
        }
        section.tables().forEach(this::table);
        out.append("</section>\n");
    }

    private void table(EvidenceTable table) {
        out.append("<table class=\"")
                .append(table.columns().size() > 12 ? "wide" : "plain")
                .append("\"><thead><tr>");
        table.columns().forEach(column -> {
            out.append("<th>");
            words(column.title());
            out.append("</th>");
        });
        out.append("</tr></thead><tbody>\n");
        table.rows().forEach(row -> row(table.columns(), row));
        if (table.rows().isEmpty()) {
            out.append("<tr><td class=\"none\" colspan=\"")
                    .append(table.columns().size())
                    .append("\">（无）<small>none</small></td></tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private void row(List<EvidenceTable.Column> columns, List<Words> row) {
        out.append("<tr>");
        for (int i = 0; i < row.size(); i++) {
            out.append("<td>");
            if (columns.get(i).key().equals(LINKS)) {
                links(row.get(i).chinese());
            } else {
                words(row.get(i));
            }
            out.append("</td>");
        }
        out.append("</tr>\n");
    }

    private void links(String sections) {
        for (EvidenceSection section : document.sections()) {
            if (List.of(sections.split(" ")).contains(section.key())) {
                out.append("<a href=\"#").append(section.key()).append("\">");
                text(section.title().chinese());
                out.append("</a> ");
            }
        }
    }

    private void words(Words words) {
        text(words.chinese());
        if (!words.isPlain()) {
            out.append(" <small>");
            text(words.english());
            out.append("</small>");
        }
    }

    private void text(String text) {
        text.chars().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append((char) c);
            }
        });
    }

    private static String style() {
        try (InputStream in = Catalogue.resource("evidence.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
