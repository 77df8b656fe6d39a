package io.zhitong.backend.boards.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.boards.Board;
import io.zhitong.backend.boards.Boards;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

final class BoardPageTest {
    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser admin = backend.browser().as("admin");

    @Test
    void what_is_no_board_is_refused_in_words_and_nothing_is_taken_in() {
        admin.get("/boards?lang=zh-CN");
        assertThat(add("number", "0").body()).contains("设备号和序列号");
        assertThat(add("serial", "4294967296").body()).contains("设备号和序列号");
        assertThat(add("name", " ").body()).contains("1 到 40 个字");
        assertThat(add("host", "8.8.8.8").body()).contains("内网 IPv4");
        assertThat(add("port", "0").body()).contains("内网 IPv4");
        assertThat(add("doors", "5").body()).contains("1 到 4 个门");
        assertThat(add("number", "42").body()).contains("已有这个设备号");
        assertThat(add("number", "x").statusCode()).isEqualTo(400);
        assertThat(backend.bean(Boards.class).of(new CommunityId(1))).isEmpty();
        assertThat(backend.browser().as("property").get("/boards").statusCode()).isEqualTo(403);
    }

    @Test
    void a_board_that_stands_is_shown_with_what_it_cannot_do_in_both_languages() {
        JdbcClient jdbc = backend.bean(JdbcClient.class);
        jdbc.sql("insert into board_state (community_id, device_number, at, fault, in_step, version, held, shortfalls)"
                        + " values (1, 42, current_timestamp, '', true, '1.7', 12, '9:1:0 10:0:3 17:1')")
                .update();
        jdbc.sql("insert into foreign_board (community_id, device_number, serial, host, port)"
                        + " values (1, 42, 405419896, '127.0.0.1', 9)")
                .update();
        try {
            assertThat(admin.get("/boards?lang=zh-CN").body())
                    .contains("405419896", "127.0.0.1:9", "消防须硬接线 · 门 1", "无旧卡号 ×3")
                    .doesNotContain("按指令保持");
            assertThat(admin.get("/boards?lang=en").body()).contains("door 1", "Shortfalls");
            Board board = backend.bean(Boards.class).of(new CommunityId(1)).get(0);
            assertThat(board.device()).isEqualTo(DeviceAddress.of(1, 42));
        } finally {
            jdbc.sql("delete from foreign_board").update();
            jdbc.sql("delete from board_state").update();
        }
    }

    private HttpResponse<String> add(String field, String value) {
        Map<String, String> form = new HashMap<>(Map.of(
                "number", "61777",
                "name", "后门",
                "serial", "405419896",
                "host", "127.0.0.1",
                "port", "60000",
                "doors", "2"));
        form.put(field, value);
        return admin.post("/boards", form);
    }
}
