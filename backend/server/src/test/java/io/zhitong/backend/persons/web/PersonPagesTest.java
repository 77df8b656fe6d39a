package io.zhitong.backend.persons.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Personal data by HTTP. */
final class PersonPagesTest {
    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser admin = backend.browser().as("admin");
    private final Browser desk = backend.browser().as("desk");

    PersonPagesTest() {
        admin.get("/persons?lang=zh-CN");
        desk.get("/persons?lang=zh-CN");
    }

    private String resident(String name) {
        admin.post("/homes/resident", Map.of("unit", "2号楼302", "name", name, "initials", "pp", "role", "OWNER"));
        String page = admin.get("/persons?text=" + name).body();
        return page.replaceAll("(?s).*data-person=\"([0-9a-f-]{36})\".*", "$1");
    }

    private int change(String person, String field, String value) {
        return desk.post("/persons/" + person + "/change", Map.of("field", field, "value", value))
                .statusCode();
    }

    private void gone(String person) {
        desk.post("/persons/" + person + "/erase/ask", Map.of("why", "测试完毕"));
        admin.post("/persons/" + person + "/erase", Map.of());
    }

    @Test
    void number_is_shown_whole_once_for_a_reason_and_masked_ever_after() {
        String person = resident("司马相如");
        assertThat(change(person, "PHONE", "136 3333 4444")).isEqualTo(302);
        assertThat(desk.get("/persons/" + person).body())
                .contains("136****4444", "未登记")
                .doesNotContain("13633334444");
        assertThat(desk.post("/persons", Map.of("text", "136-3333-4444")).body())
                .contains("司马相如", "136****4444", "action=\"/persons\" method=\"post\"");

        HttpResponse<String> shown =
                desk.post("/persons/" + person + "/read", Map.of("field", "PHONE", "why", "联系住户取件"));
        assertThat(shown.body()).contains("id=\"value\"", "13633334444");
        assertThat(shown.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(desk.get("/persons/" + person).body()).doesNotContain("13633334444");
        assertThat(desk.post("/persons/" + person + "/read", Map.of("field", "PHONE", "why", "x"))
                        .body())
                .contains("请写明原因")
                .doesNotContain("13633334444");
        assertThat(admin.get("/audit").body())
                .contains("查看个人信息", "PHONE: 联系住户取件")
                .doesNotContain("13633334444");
        gone(person);
    }

    @Test
    void desk_finds_a_resident_by_telephone_too() {
        String person = resident("诸葛孔明");
        change(person, "PHONE", "13644445555");
        assertThat(desk.get("/desk?q=13644445555").body()
                        + desk.get("/desk/residents?q=13644445555").body())
                .contains("诸葛孔明");
        gone(person);
    }

    @Test
    void two_erase_and_the_page_says_who() {
        String person = resident("上官婉儿");
        change(person, "IDENTITY", "11010519491231002X");
        assertThat(desk.post("/persons/" + person + "/erase", Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(admin.post("/persons/" + person + "/erase/ask", Map.of("why", "本人要求"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(admin.get("/persons").body()).contains("等待另一名管理员确认");
        assertThat(admin.post("/persons/" + person + "/erase", Map.of()).body()).contains("自己的申请须由另一名管理员确认");
        assertThat(desk.post("/persons/" + person + "/erase/withdraw", Map.of()).statusCode())
                .isEqualTo(302);
        gone(person);
        String page = admin.get("/persons/" + person).body();
        assertThat(page).contains("id=\"erased\"", "desk 申请，admin 确认").doesNotContain("上官婉儿", "id=\"erase\"", "002X");
        assertThat(admin.get("/persons").body()).doesNotContain("上官婉儿").contains(person);
    }

    @Test
    void file_is_tried_imported_and_imported_again_with_a_report_of_each_line() {
        String head = "编号,房屋,姓名,身份,手机号\n";
        byte[] file = (head + "P-1,2号楼302,长孙无忌,业主,13655556666\nP-2,没有,某某,业主,\n").getBytes(StandardCharsets.UTF_8);
        assertThat(admin.upload("/persons/import?source=旧系统&trial=true", "file", file)
                        .body())
                .contains("试运行结果（没有保存）", "data-outcome=\"ADDED\"", "没有这套房屋");
        assertThat(admin.get("/persons?text=长孙无忌").body()).doesNotContain("data-person");
        assertThat(admin.upload("/persons/import?source=旧系统", "file", file).body())
                .contains("导入结果", "data-outcome=\"ADDED\"", "data-outcome=\"REFUSED\"");
        assertThat(admin.upload("/persons/import?source=旧系统", "file", file).body())
                .contains("data-outcome=\"SAME\"")
                .doesNotContain("data-outcome=\"ADDED\"");
        String person =
                admin.get("/persons?text=长孙无忌").body().replaceAll("(?s).*data-person=\"([0-9a-f-]{36})\".*", "$1");
        assertThat(admin.get("/persons/" + person).body()).contains("旧系统 P-1", "136****6666");
        gone(person);

        assertThat(admin.upload("/persons/import?source=旧系统", "file", new byte[] {'P', 'K', 0})
                        .body())
                .contains("不是 UTF-8 或 GB18030 文本");
        assertThat(admin.post("/persons/import", Map.of("source", "旧系统")).body())
                .contains("请选择文件");
        assertThat(admin.get("/persons/import/template.csv").body()).startsWith("\uFEFF编号,房屋,姓名");
        assertThat(desk.get("/persons/import").statusCode()).isEqualTo(403);
    }

    @Test
    void template_is_a_file_that_the_import_reads_and_pages_are_in_english_too() {
        byte[] template = admin.get("/persons/import/template.csv").body().getBytes(StandardCharsets.UTF_8);
        assertThat(admin.upload("/persons/import?source=模板&trial=true", "file", template)
                        .body())
                .contains("data-outcome=\"ADDED\"");
        assertThat(admin.get("/persons?lang=en").body()
                        + admin.get("/persons/import").body())
                .contains("Personal data", "Import residents", "identity number")
                .doesNotContain("??");
        admin.get("/persons?lang=zh-CN");
        assertThat(admin.get("/persons/018f0000-0000-7000-8000-000000000000").statusCode())
                .isEqualTo(404);
        assertThat(backend.browser().as("property").get("/persons").statusCode())
                .isEqualTo(403);
    }
}
