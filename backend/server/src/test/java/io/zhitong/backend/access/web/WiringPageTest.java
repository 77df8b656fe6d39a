package io.zhitong.backend.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.backend.access.ItemKind;
import io.zhitong.backend.access.PolicyBook;
import io.zhitong.backend.access.PolicyDraft;
import io.zhitong.backend.access.PolicyDrafts;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The picture of terminals and the form, over HTTP. */
final class WiringPageTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser property = backend.browser().as("property");

    /** Others look at the same estate. */
    @AfterEach
    void nothingLeftOpen() {
        PolicyDrafts drafts = backend.bean(PolicyDrafts.class);
        drafts.open(ONE).forEach(draft -> drafts.discard(ONE, draft.id(), new Actor("admin")));
    }

    private PolicyDraft begun() {
        property.get("/wiring?lang=zh-CN");
        property.post("/wiring/begin", Map.of("device", "42", "title", "换控制器"));
        return backend.bean(PolicyDrafts.class).open(ONE).get(0);
    }

    private String put(PolicyDraft draft, String io, String function, String point) {
        return property.post(
                        "/wiring/put",
                        new HashMap<>(Map.of(
                                "draft",
                                draft.id().toString(),
                                "device",
                                "42",
                                "io",
                                io,
                                "function",
                                function,
                                "point",
                                point,
                                "inverted",
                                "true")))
                .body();
    }

    @Test
    void a_wire_is_drawn_at_its_terminal_and_stands_in_the_draft_until_it_is_published() {
        PolicyDraft draft = begun();
        put(draft, "3", "3", "1");
        String page = property.get("/wiring?device=42&draft=" + draft.id()).body();
        assertThat(page)
                .contains("id=\"board\"", "data-io=\"3\" data-side=\"out\" data-label=\"门锁\"", "data-wire=\"1-3\"")
                .contains("反向", "/rules/whatif?draft=" + draft.id());
        PolicyBook book = backend.bean(PolicyBook.class);
        PolicyDraft now = backend.bean(PolicyDrafts.class).require(ONE, draft.id());
        assertThat(now.over(book.content(ONE, now.base())).records(ItemKind.WIRE, WiringRecord.class))
                .anySatisfy(wire -> assertThat(wire.inverted()).isTrue());
        assertThat(property.get("/wiring?device=42").body()).as("in force").doesNotContain("data-wire=\"1-3\"");
        assertThat(property.get("/wiring?device=42&lang=en&draft=" + draft.id()).body())
                .contains("Picture of the terminals", "data-label=\"lock\"");
        property.get("/wiring?lang=zh-CN");
    }

    @Test
    void what_makes_no_sense_is_refused_with_its_reason_and_changes_nothing() {
        PolicyDraft draft = begun();
        put(draft, "3", "3", "1");
        assertThat(shown(draft, put(draft, "3", "3", "2"), "TAKEN")).contains("该端子已接其他线");
        assertThat(shown(draft, put(draft, "4", "3", "0"), "NO_POINT")).contains("请选择本控制器的门点");
        assertThat(shown(draft, put(draft, "0", "3", "1"), "TERMINAL")).contains("1 到 4096");
        assertThat(shown(draft, put(draft, "5", "99", "1"), "INPUT")).contains("无法识别");
        assertThat(backend.bean(PolicyDrafts.class).require(ONE, draft.id()).changes())
                .hasSize(1);
        property.post(
                "/wiring/remove", Map.of("draft", draft.id().toString(), "device", "42", "io", "3", "direction", "1"));
        assertThat(backend.bean(PolicyDrafts.class).require(ONE, draft.id()).changes())
                .isEmpty();
    }

    /** The browser of these tests may or may not follow a redirect. */
    private String shown(PolicyDraft draft, String body, String problem) {
        return body.contains("id=\"problem\"")
                ? body
                : property.get("/wiring?device=42&draft=" + draft.id() + "&problem=" + problem)
                        .body();
    }

    @Test
    void another_role_sees_no_wiring_and_an_unknown_controller_shows_the_first() {
        assertThat(backend.browser().as("desk").get("/wiring").statusCode()).isEqualTo(403);
        assertThat(property.get("/wiring?device=999999").body()).contains("id=\"board\"");
        assertThat(property.get("/wiring?device=x").statusCode()).isEqualTo(400);
    }
}
