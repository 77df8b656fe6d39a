package io.zhitong.cardreaders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.cardspec.ReaderFrame.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class CardWorldClientTest {
    @Test
    void requests_carry_json_with_quoted_names() throws IOException {
        try (var driver = new FakeDriver(request -> request.answer(Status.OK, "[]".getBytes(StandardCharsets.UTF_8)));
                var world = new CardWorldClient(driver.address())) {
            assertEquals("[]", world.list());
            world.newCard("卡 \"1\"", "community");
            world.insert("c", "desk");
            world.remove("desk");
            world.tear("desk", 3);
            world.pulseRelay(42, 1, 3000);
            assertEquals("[]", world.relays());
            assertEquals("", text(driver, 0));
            assertEquals("{\"name\":\"卡 \\\"1\\\"\",\"profile\":\"community\"}", text(driver, 1));
            assertEquals("{\"card\":\"c\",\"reader\":\"desk\"}", text(driver, 2));
            assertEquals("{\"reader\":\"desk\"}", text(driver, 3));
            assertEquals("{\"reader\":\"desk\",\"operation\":3}", text(driver, 4));
            assertEquals("{\"device\":42,\"point\":1,\"pulseMillis\":3000}", text(driver, 5));
        }
    }

    @Test
    void a_name_with_control_characters_is_refused_before_anything_is_sent() throws IOException {
        try (var driver = new FakeDriver(request -> request.answer(Status.OK, new byte[0]));
                var world = new CardWorldClient(driver.address())) {
            assertThrows(IllegalArgumentException.class, () -> world.remove("a\nb"));
            assertEquals(0, driver.requests.size());
        }
    }

    private static String text(FakeDriver driver, int i) {
        return new String(driver.requests.get(i).body(), StandardCharsets.UTF_8);
    }
}
