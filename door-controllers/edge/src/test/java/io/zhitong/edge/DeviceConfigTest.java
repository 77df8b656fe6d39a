package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceConfigTest {

    private static final String DEVICE = """
            device:
              data: data
              backend: 127.0.0.1
              linkPort: 8081
              enrolPort: 8082
              authority: ../vault/ca.pem
              tokenFile: /run/token
            """;

    record Reader(String name, int point) {}

    record Doors(List<Reader> readers) {}

    @TempDir
    Path folder;

    private DeviceConfig load(String yaml) throws IOException {
        Path file = folder.resolve("device.yaml");
        Files.writeString(file, yaml);
        return DeviceConfig.load(file);
    }

    @Test
    void paths_start_at_the_file_and_programs_read_their_own_section() throws IOException {
        DeviceConfig config = load(DEVICE + "doors:\n  readers:\n    - {name: door-1, point: 1}\n");
        assertEquals(folder.resolve("data"), config.data());
        assertEquals(folder.getParent().resolve("vault/ca.pem"), config.authority());
        assertEquals(Path.of("/run/token"), config.tokenFile());
        assertEquals(8081, config.link().getPort());
        assertEquals(
                List.of(new Reader("door-1", 1)),
                config.section("doors", Doors.class).readers());
    }

    @Test
    void misspelt_missing_and_impossible_values_are_named() throws IOException {
        assertTrue(refusal(DEVICE.replace("linkPort", "linkport")).contains("section 'device'"));
        assertTrue(refusal(DEVICE.replace("  data: data\n", "")).contains("data"));
        assertTrue(refusal(DEVICE.replace("8081", "99999")).contains("1 to 65535"));
        assertTrue(refusal("device: [").contains("expected YAML"));
        assertTrue(refusal("other: 1\n").contains("section 'device'"));
        EdgeException missing =
                assertThrows(EdgeException.class, () -> load(DEVICE).section("doors", Doors.class));
        assertTrue(missing.getMessage().contains("'doors'"));
    }

    private String refusal(String yaml) {
        EdgeException refused = assertThrows(EdgeException.class, () -> load(yaml));
        assertEquals(EdgeFault.CONFIG, refused.fault());
        return refused.getMessage();
    }

    @Test
    void file_that_is_not_there_is_named() {
        Path missing = folder.resolve("none.yaml");
        EdgeException refused = assertThrows(EdgeException.class, () -> DeviceConfig.load(missing));
        assertTrue(refused.getMessage().contains("none.yaml"));
    }
}
