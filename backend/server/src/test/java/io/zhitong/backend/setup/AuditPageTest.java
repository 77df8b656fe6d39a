package io.zhitong.backend.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of the audit by plain HTTP. */
final class AuditPageTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser auditor = backend.browser().as("auditor");

    private void record(String who, String action, String subject, String before, String after) {
        backend.bean(AuditLog.class).record(ONE, new Actor(who), action, subject, before, after);
    }

    @Test
    void who_did_what_is_shown_with_before_and_after_in_both_languages_and_never_as_markup() {
        record("zhao", "card.loss", "card <b>4403</b>", "active", "lost & gone");
        String page = auditor.get("/audit?who=zhao&lang=zh-CN").body();
        assertThat(page)
                .contains("挂失")
                .contains("card &lt;b&gt;4403&lt;/b&gt;")
                .contains("lost &amp; gone")
                .contains("data-action=\"card.loss\"")
                .doesNotContain("<b>4403");
        assertThat(auditor.get("/audit?who=zhao&lang=en").body()).contains("Card reported lost");
        assertThat(auditor.get("/audit?who=nobody-of-this-name&lang=en").body()).contains("No entries.");
    }

    @Test
    void an_action_without_words_of_its_own_is_shown_by_its_name() {
        record("qian", "something.new", "thing 1", "", "");
        assertThat(auditor.get("/audit?who=qian").body()).contains("something.new");
    }

    @Test
    void more_than_a_page_is_reached_through_older() {
        for (int i = 0; i < 52; i++) {
            record("sun", "card.issue", "card " + i, "", "");
        }
        String first = auditor.get("/audit?who=sun").body();
        assertThat(first).contains("card 51").contains("id=\"older\"").doesNotContain(">card 1<");
        String link =
                first.replaceAll("(?s).*id=\"older\" href=\"([^\"]+)\".*", "$1").replace("&amp;", "&");
        assertThat(auditor.get(link).body())
                .contains(">card 1<")
                .contains(">card 0<")
                .doesNotContain("id=\"older\"");
    }

    @Test
    void the_check_says_that_the_chain_is_whole_and_names_its_last_hash() {
        record("li", "card.issue", "card 1", "", "");
        String hash = backend.bean(AuditLog.class).check(ONE).hash();
        String page = auditor.post("/audit/verify", Map.of()).body();
        assertThat(page).contains("data-whole=\"true\"").containsPattern("[0-9a-f]{64}");
        assertThat(hash).hasSize(64);
    }

    @Test
    void whoever_has_no_part_in_it_is_refused() {
        assertThat(backend.browser().as("admin").get("/audit").statusCode()).isEqualTo(200);
        for (String login : new String[] {"desk", "property", "finance", "key_officer"}) {
            assertThat(backend.browser().as(login).get("/audit").statusCode())
                    .as(login)
                    .isEqualTo(403);
        }
    }
}
