package io.zhitong.keyvault.evidence;

import java.util.List;

/**
 * One section of the document (节).
 *
 * @param key its name in JSON and the target of links
 * @param title above it
 * @param notes in front of the tables
 * @param tables in order
 */
record EvidenceSection(String key, Words title, List<Words> notes, List<EvidenceTable> tables) {
    EvidenceSection {
        notes = List.copyOf(notes);
        tables = List.copyOf(tables);
    }

    static EvidenceSection of(String key, Words title, List<Words> notes, EvidenceTable... tables) {
        return new EvidenceSection(key, title, notes, List.of(tables));
    }
}
