package io.zhitong.backend.events.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.backend.events.EventStore;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GapPageTest {
    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser admin = backend.browser().as("admin");

    @Test
    void a_gap_is_shown_with_device_journal_numbers_state_and_what_to_do() {
        hole(42, 0x0A0B_0C0D_0000_0001L, 3);
        String page = admin.get("/gaps?device=42&lang=zh-CN").body();
        assertThat(page)
                .contains("0A0B0C0D00000001")
                .contains("2–4")
                .contains("data-declared=\"false\"")
                .contains("1号楼")
                .contains("请核对设备是否被换过硬盘");
        assertThat(admin.get("/gaps?device=42&lang=en").body()).contains("The device did not explain it");
        assertThat(admin.get("/gaps?device=43").body()).doesNotContain("0A0B0C0D00000001");
        assertThat(admin.get("/gaps?device=42&declared=yes").body()).doesNotContain("0A0B0C0D00000001");
        assertThat(admin.get("/gaps?device=42&declared=no").body()).contains("0A0B0C0D00000001");
    }

    @Test
    void a_journal_that_ended_is_shown_with_how_far_it_came_and_the_one_that_followed() {
        TestJournal before = new TestJournal(1, 42, 0x0D0E_0000_0000_0001L);
        append(before, before.fill(4));
        TestJournal after = new TestJournal(1, 42, 0x0D0E_0000_0000_0002L);
        append(after, after.fill(1));
        String page = admin.get("/gaps?device=42&lang=zh-CN").body();
        assertThat(page)
                .containsPattern("(?s)data-device=\"42\" data-reached=\"4\".{1,400}0D0E000000000001"
                        + ".{1,400}0D0E000000000002")
                .contains("日志中断", "硬件更换过或存储丢失");
        assertThat(admin.get("/gaps?device=42&lang=en").body()).contains("Journals that ended");
        assertThat(admin.get("/gaps?device=43").body()).doesNotContain("0D0E000000000001");
        assertThat(admin.get("/gaps?device=42&declared=no").body()).doesNotContain("data-reached");
    }

    @Test
    void a_terminal_that_misses_records_is_to_be_taken_out_of_use_first() {
        hole(43, 0x0A0B_0C0D_0000_0002L, 1);
        assertThat(admin.get("/gaps?device=43&lang=zh-CN").body()).contains("先停用这台终端");
    }

    @Test
    void a_record_that_contradicts_is_shown_with_its_reason() {
        TestJournal journal = hole(42, 0x0A0B_0C0D_0000_0003L, 3);
        append(journal, journal.records().subList(1, 2));
        assertThat(admin.get("/gaps?device=42&lang=zh-CN").body())
                .contains("data-reason=\"IN_A_GAP\"")
                .contains("缺号的记录后来又到了");
    }

    @Test
    void more_than_a_page_is_reached_through_older() {
        for (int i = 0; i < GapView.PAGE + 3; i++) {
            hole(0xFFFF_0000L, 0x0B00_0000_0000_0000L + i, 1);
        }
        String first = admin.get("/gaps?device=4294901760").body();
        assertThat(rows(first)).isEqualTo(GapView.PAGE);
        String link = first.replaceAll("(?s).*id=\"older-gaps\" href=\"([^\"]+)\".*", "$1")
                .replace("&amp;", "&");
        assertThat(link).contains("device=4294901760").contains("behind=");
        String second = admin.get(link).body();
        assertThat(rows(second)).isEqualTo(3);
        assertThat(second).doesNotContain("older-gaps").contains("#4294901760");
    }

    @Test
    void whoever_has_no_part_in_it_is_refused() {
        for (String login : new String[] {"property", "auditor"}) {
            assertThat(backend.browser().as(login).get("/gaps").statusCode()).isEqualTo(200);
        }
        for (String login : new String[] {"desk", "finance", "key_officer"}) {
            assertThat(backend.browser().as(login).get("/gaps").statusCode()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device=x",
                "device=0",
                "device=4294967296",
                "behind=1",
                "before=x",
                "before=0-0-0-0-0",
                "device=-1"
            })
    void what_is_no_filter_is_a_bad_request(String query) {
        assertThat(admin.get("/gaps?" + query).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"device=", "declared=maybe", "behind=&before=", "device=42&declared="})
    void an_empty_filter_shows_all(String query) {
        assertThat(admin.get("/gaps?" + query).statusCode()).isEqualTo(200);
    }

    @Test
    void the_home_page_counts_what_nobody_explained() {
        hole(42, 0x0A0B_0C0D_0000_0004L, 3);
        assertThat(admin.get("/?lang=zh-CN").body()).contains("未说明的缺号与冲突");
    }

    private static long rows(String page) {
        return Pattern.compile("<tr data-declared=").matcher(page).results().count();
    }

    /** Record 1 arrived, {@code count} did not, the next did. */
    private TestJournal hole(long device, long id, int count) {
        TestJournal journal = new TestJournal(1, device, id);
        List<JournalRecord> all = journal.fill(count + 2);
        append(journal, List.of(all.get(0), all.get(count + 1)));
        return journal;
    }

    private void append(TestJournal journal, List<JournalRecord> records) {
        backend.bean(EventStore.class).append(journal.community(), journal.device(), journal.id(), records);
    }
}
