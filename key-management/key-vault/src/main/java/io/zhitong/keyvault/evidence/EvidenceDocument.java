package io.zhitong.keyvault.evidence;

import java.time.Instant;
import java.util.List;

/**
 * The document (证据包): HTML and JSON are two forms of it and say the same.
 *
 * @param made by the vault's clock
 * @param sections in order
 */
public record EvidenceDocument(Instant made, List<EvidenceSection> sections) {
    /** Name of the layout of the JSON form; docs/keys.md describes it. */
    static final String FORMAT = "zhitong-evidence-1";

    public EvidenceDocument {
        sections = List.copyOf(sections);
    }

    /** The JSON form. */
    public String json() {
        return new EvidenceJson().write(this);
    }

    /** The HTML form: one file that needs no other. */
    public String html() {
        return new EvidenceHtml(this).write();
    }
}
