package io.zhitong.backend.wall.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Streams of walls over real HTTP. */
final class WallStreamsTest {
    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);

    @Test
    void stream_begins_at_once_with_the_state_of_the_devices() {
        HttpResponse<Stream<String>> answer = backend.browser().as("property").stream("/wall/stream");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        try (Stream<String> lines = answer.body()) {
            assertThat(lines.filter(line -> line.startsWith("event:")).findFirst())
                    .isPresent();
        }
    }

    @Test
    void open_walls_are_counted_as_under_way() {
        try (Stream<String> lines =
                backend.browser().as("property").stream("/wall/stream").body()) {
            assertThat(backend.openStreams()).isPositive();
            assertThat(lines.findFirst()).isPresent();
        }
    }

    @Test
    void position_that_is_no_number_is_a_bad_request() {
        HttpResponse<Stream<String>> answer = backend.browser().as("property").stream("/wall/stream?after=x");
        answer.body().close();
        assertThat(answer.statusCode()).isEqualTo(400);
    }
}
