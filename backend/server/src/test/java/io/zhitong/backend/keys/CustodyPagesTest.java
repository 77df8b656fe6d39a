package io.zhitong.backend.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.keyapi.AuditMark;
import io.zhitong.keyapi.Custodian;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyvault.audit.AuditExport;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Custody, evidence and lineage in a running backend with the demo estate, whose custodians' PINs are known. */
final class CustodyPagesTest {
    private static final String SERIAL = "CONSOLE01";
    private static final String OTHER = "赵六";

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser officer = backend.browser().as("key_officer");
    private final KeyAdministration vault = backend.bean(KeyAdministration.class);
    private final Custodian custodian = vault.custodians().list().get(0);

    @Test
    void thing_is_registered_handed_over_by_two_people_counted_and_reported_lost() throws IOException {
        officer.get("/keys/custody?lang=zh-CN");
        act("enter", Map.of("kind", "SHARE", "serial", SERIAL, "holder", custodian.name(), "place", "一号柜"));
        String number = String.valueOf(item().number());
        Map<String, String> over =
                Map.of("item", number, "giver", custodian.name(), "receiver", OTHER, "place", "二号柜", "pin", "000000");
        act("hand-over", over);
        assertThat(officer.get("/keys/custody").body())
                .contains("id=\"custody-problem\"")
                .contains("口令错误");
        assertThat(item().state().english()).isEqualTo("held");

        Map<String, String> right = new HashMap<>(over);
        right.put("pin", pin());
        act("hand-over", right);
        assertThat(item().state().english()).isEqualTo("being handed over");
        act("confirm", Map.of("item", number, "receiver", "别人"));
        assertThat(item().state().english()).as("another than the named one").isEqualTo("being handed over");
        act("confirm", Map.of("item", number, "receiver", OTHER));
        assertThat(item().entry().holder()).isEqualTo(OTHER);
        assertThat(officer.get("/keys/custody").body())
                .contains("id=\"item-" + number + "\" data-state=\"HELD\"")
                .contains(OTHER)
                .contains("二号柜");

        act("destroyed", Map.of("item", number, "by", OTHER, "witness", OTHER));
        assertThat(officer.get("/keys/custody").body()).contains("须由另一人见证");
        String counted = officer.post(
                        "/keys/custody/count", Map.of("serials", "NOBODY77\n", "by", OTHER, "witness", "钱七"))
                .body();
        assertThat(counted).contains("盘点不符").contains(SERIAL).contains("NOBODY77");
        act("lost", Map.of("item", number, "reporter", OTHER));
        assertThat(item().state().english()).isEqualTo("lost");
    }

    @Test
    void auditor_sees_the_register_and_changes_nothing() {
        Browser auditor = backend.browser().as("auditor");
        HttpResponse<String> page = auditor.get("/keys/custody");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("action=\"/keys/custody/");
        for (String act : List.of("enter", "hand-over", "confirm", "lost", "destroyed", "count")) {
            assertThat(auditor.post("/keys/custody/" + act, Map.of()).statusCode())
                    .as(act)
                    .isEqualTo(403);
        }
        assertThat(officer.postWithoutToken("/keys/custody/lost", Map.of("item", "1", "reporter", OTHER))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void no_answer_repeats_a_pin_and_the_search_finds_one_that_was_planted() {
        String planted = "271828";
        assertThat(officer.get("/keys/blast?thing=CARD&q=" + planted).body())
                .as("what a page does repeat")
                .contains(planted);
        officer.get("/keys/custody");
        HttpResponse<String> answer =
                officer.post("/keys/custody/confirm", Map.of("item", "65000", "receiver", "无此人", "pin", planted));
        assertThat(answer.headers().toString()).doesNotContain(planted);
        assertThat(answer.body() + officer.get("/keys/custody").body()).doesNotContain(planted);
    }

    @Test
    void evidence_is_one_file_whose_audit_reaches_as_far_as_it_tells_and_verifies() throws IOException {
        EvidenceDesk desk = backend.bean(EvidenceDesk.class);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        desk.write(desk.files(), out);
        Map<String, byte[]> files = unzipped(out.toByteArray());
        assertThat(files.keySet())
                .contains("evidence.html", "evidence.json", "audit.pem", "sm3sums.txt", "audit.export");
        assertThat(new String(files.getOrDefault("evidence.json", new byte[0]), StandardCharsets.UTF_8))
                .contains("zhitong-evidence-1");
        AuditMark newest = vault.evidence().audit(1, 1).newest();
        AuditExport.Verified verified = AuditExport.verify(
                new ByteArrayInputStream(files.getOrDefault("audit.export", new byte[0])),
                Sm2PublicKey.decode(backend.bean(KeyService.class).publicKey(SigningKey.AUDIT)),
                List.of(),
                entry -> {});
        assertThat(verified.end().number()).isLessThanOrEqualTo(newest.number()).isGreaterThan(1);
        assertThat(officer.get("/keys/evidence.zip").headers().firstValue("Content-Type"))
                .contains("application/zip");
        assertThat(backend.browser().as("finance").get("/keys/evidence.zip").statusCode())
                .isEqualTo(403);
    }

    @Test
    void lineage_goes_from_the_master_to_the_community_and_on_to_a_card() {
        String community =
                officer.get("/keys/lineage?lang=zh-CN&key=ACCESS_FAST/1").body();
        assertThat(community)
                .contains("4403ff0000000000")
                .contains("0000000044030001")
                .contains("CMAC ");
        String card =
                officer.get("/keys/lineage?key=DPK/1&card=4403000100000001").body();
        assertThat(card).contains("4403000100000001").doesNotContain("0000000044030001");
        assertThat(officer.get("/keys/lineage?key=DPK/77").body()).contains("id=\"lineage-refused\"");
        assertThat(officer.get("/keys/lineage?key=DPK/1&card=x").statusCode()).isEqualTo(400);
    }

    private CustodyItem item() {
        return vault.register().items().stream()
                .filter(item -> item.entry().serial().equals(SERIAL))
                .findFirst()
                .orElseThrow();
    }

    private void act(String act, Map<String, String> form) {
        assertThat(officer.post("/keys/custody/" + act, form).statusCode())
                .as(act)
                .isEqualTo(302);
    }

    private String pin() throws IOException {
        return Files.readString(backend.data().resolve("vault/demo-custodians.txt"))
                .lines()
                .filter(line -> line.contains(custodian.name()))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*?([0-9]{6,}).*", "$1");
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }
}
