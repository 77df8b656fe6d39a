package io.zhitong.keyvault.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvidenceDocumentTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static EvidenceDocument small(String cell) {
        EvidenceTable table = EvidenceTable.of("t", "a|甲|first", "b|乙|second")
                .row(Words.plain(cell), new Words("是", "yes"))
                .done();
        return new EvidenceDocument(
                Instant.ofEpochSecond(1_800_000_000L),
                List.of(EvidenceSection.of("s", new Words("节", "section"), List.of(Words.plain("note")), table)));
    }

    @Test
    void json_has_the_layout_of_the_page() {
        assertEquals(
                "{\"format\":\"zhitong-evidence-1\",\"made\":\"2027-01-15T08:00:00Z\",\"sections\":[{\"key\":\"s\","
                        + "\"title\":{\"zh\":\"节\",\"en\":\"section\"},\"notes\":[\"note\"],\"tables\":[{\"key\":\"t\","
                        + "\"columns\":[{\"key\":\"a\",\"title\":{\"zh\":\"甲\",\"en\":\"first\"}},"
                        + "{\"key\":\"b\",\"title\":{\"zh\":\"乙\",\"en\":\"second\"}}],"
                        + "\"rows\":[{\"a\":\"x\",\"b\":{\"zh\":\"是\",\"en\":\"yes\"}}]}]}]}",
                small("x").json().replaceAll("\\n *", ""));
    }

    @Test
    void text_of_any_kind_stays_text_in_both_forms() {
        String nasty = "<script>\"\\\n\t\u0001&'</td>";
        assertEquals(
                nasty,
                JSON.readTree(small(nasty).json())
                        .at("/sections/0/tables/0/rows/0/a")
                        .asString());
        String html = small(nasty).html();
        assertFalse(html.contains("<script"), html);
        assertTrue(html.contains("&lt;script&gt;&quot;\\"), html);
    }

    @Test
    void html_needs_no_other_file_and_says_what_json_says() {
        EvidenceDocument document = EvidencePack.of(SampleInput.open());
        String html = document.html();
        assertTrue(html.startsWith("<!DOCTYPE html>\n<html lang=\"zh-CN\">"), html);
        assertFalse(Pattern.compile("https?:|url\\(|src=|@import|<script")
                .matcher(html)
                .find());
        Matcher links = Pattern.compile("href=\"([^\"]*)\"").matcher(html);
        int found = 0;
        while (links.find()) {
            assertTrue(html.contains("id=\"" + links.group(1).substring(1) + "\""), links.group(1));
            found++;
        }
        assertTrue(found > document.sections().size() + 20, "contents, and from each demand to where it is met");
        JsonNode sections = JSON.readTree(document.json()).get("sections");
        assertEquals(document.sections().size(), sections.size());
        for (JsonNode text : sections.findValues("zh")) {
            assertTrue(html.contains(text.asString().replace("&", "&amp;").replace(">", "&gt;")), text.asString());
        }
    }

    @Test
    void a_row_has_a_cell_for_each_column() {
        var table = EvidenceTable.of("t", "a|甲|first").row(Words.plain("1"), Words.plain("2"));
        assertThrows(IllegalArgumentException.class, table::done);
    }

    private static Set<String> deviations(EvidenceInput input) {
        JsonNode rows = JSON.readTree(EvidencePack.of(input).json()).at("/sections/1/tables/0/rows");
        Set<String> keys = new HashSet<>();
        StreamSupport.stream(rows.spliterator(), false)
                .forEach(row -> keys.add(row.get("key").asString()));
        return keys;
    }

    @Test
    void deviations_follow_the_state_of_the_vault() {
        Set<String> always = Set.of("machine-share", "memory", "tlcp", "international", "scope");
        Set<String> sealed = new HashSet<>(always);
        sealed.addAll(Set.of("no-ceremony", "no-custodians", "masters-closed"));
        assertEquals(sealed, deviations(SampleInput.sealed()));
        Set<String> open = new HashSet<>(always);
        open.addAll(Set.of(
                "no-ceremony",
                "no-custodians",
                "soft-module",
                "timing",
                "legacy-3des",
                "exportable",
                "compromised",
                "no-end"));
        assertEquals(open, deviations(SampleInput.open()));
    }

    @Test
    void inventory_says_where_the_masters_are_computed_with() {
        JsonNode soft =
                JSON.readTree(EvidencePack.of(SampleInput.open()).json()).at("/sections/3/notes");
        assertEquals(0, soft.size());
        JsonNode device =
                JSON.readTree(EvidencePack.of(SampleInput.sealed()).json()).at("/sections/3/notes/0/zh");
        assertTrue(device.asString().contains("由 SdfModule 完成"), device.asString());
    }

    @Test
    void certificate_that_was_taken_back_says_so() {
        JsonNode issued =
                JSON.readTree(EvidencePack.of(SampleInput.open()).json()).at("/sections/10/tables/1/rows/0");
        assertEquals("pos/43", issued.get("machine").asString());
        assertEquals("yes", issued.at("/revoked/en").asString());
    }

    @Test
    void transcript_that_does_not_hold_is_no_ceremony() {
        Ceremony torn = Ceremony.of(Optional.of("no transcript"));
        assertFalse(torn.held());
        assertFalse(torn.rehearsal());
        String check = torn.section().tables().get(0).rows().get(3).get(1).chinese();
        assertTrue(check.startsWith("expected '"), check);
    }
}
