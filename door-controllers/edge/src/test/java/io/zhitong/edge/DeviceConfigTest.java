package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.machinetls.MachineProfile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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
        assertEquals(List.of("127.0.0.1:8081"), written(config.link()));
        assertEquals(
                List.of(new Reader("door-1", 1)),
                config.section("doors", Doors.class).readers());
    }

    @Test
    void profile_is_the_national_one_unless_the_file_says_otherwise_and_nothing_else_is_taken() throws IOException {
        assertEquals(MachineProfile.SM2, load(DEVICE).profile());
        assertEquals(MachineProfile.SM2, load(DEVICE + "  profile: sm2\n").profile());
        assertEquals(MachineProfile.P256, load(DEVICE + "  profile: p256\n").profile());
        for (String bad : List.of("p384", "SM2", "", "[p256]", "1")) {
            assertTrue(refusal(DEVICE + "  profile: " + bad + "\n").contains("profile: sm2 or profile: p256"), bad);
        }
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

    private static List<String> written(List<InetSocketAddress> addresses) {
        return addresses.stream()
                .map(each -> each.getHostString() + ":" + each.getPort())
                .toList();
    }

    @Test
    void further_backends_are_tried_in_their_order_after_the_first() throws IOException {
        DeviceConfig config = load(DEVICE + """
                backends:
                  - {backend: second.example, linkPort: 9081, enrolPort: 9082}
                  - {backend: third.example, linkPort: 9181, enrolPort: 9182}
                """);
        assertEquals(List.of("127.0.0.1:8081", "second.example:9081", "third.example:9181"), written(config.link()));
        assertEquals(
                List.of("127.0.0.1:8082", "second.example:9082", "third.example:9182", "127.0.0.1:8082"),
                written(IntStream.range(0, 4).mapToObj(config::enrolment).toList()));
    }

    @Test
    void a_further_backend_that_is_misspelt_or_impossible_is_named() {
        String one = DEVICE + "backends:\n  - {backend: b, linkPort: 9081, enrolPort: 9082}\n";
        assertTrue(refusal(one.replace("9081", "0")).contains("1 to 65535"));
        assertTrue(refusal(one.replace("9082", "65536")).contains("1 to 65535"));
        assertTrue(refusal(one.replace("linkPort: 9081", "port: 9081")).contains("section 'backends'"));
        assertTrue(refusal(DEVICE + "backends: nobody\n").contains("section 'backends'"));
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
