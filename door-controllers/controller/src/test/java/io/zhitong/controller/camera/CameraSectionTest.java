package io.zhitong.controller.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.edge.DeviceConfig;
import io.zhitong.edge.EdgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraSectionTest {
    private static final String DEVICE =
            "device: {data: ., backend: 127.0.0.1, linkPort: 1, enrolPort: 2, authority: a," + " tokenFile: t}\n";

    @TempDir
    private Path folder;

    private DeviceConfig config(String... cameras) throws IOException {
        String section = cameras.length == 0 ? "" : "cameras:\n  - " + String.join("\n  - ", cameras) + "\n";
        return DeviceConfig.load(Files.writeString(folder.resolve("controller.yaml"), DEVICE + section));
    }

    private String refused(String... cameras) throws IOException {
        DeviceConfig config = config(cameras);
        return assertThrows(EdgeException.class, () -> CameraSection.of(config).forEach(each -> each.open(config)))
                .getMessage();
    }

    @Test
    void both_kinds_of_cameras_are_read_and_a_file_without_any_has_none() throws IOException {
        Files.writeString(folder.resolve("login"), "admin:word\n");
        DeviceConfig config = config(
                "{point: 1, source: 'folder:shots', login: '', grants: false}",
                "{point: 2, source: 'http://192.168.1.64/a.jpg', login: login, grants: true}");
        List<CameraSection> sections = CameraSection.of(config);
        assertInstanceOf(FolderCamera.class, sections.get(0).open(config));
        assertInstanceOf(HttpCamera.class, sections.get(1).open(config));
        assertTrue(sections.get(1).grants());
        assertEquals(List.of(), CameraSection.of(config()));
    }

    @Test
    void wrong_point_two_at_a_point_and_an_unknown_source_are_refused() throws IOException {
        assertTrue(refused("{point: 0, source: 'folder:a', login: '', grants: false}")
                .contains("point numbers from 1 to 65535"));
        String one = "{point: 3, source: 'folder:a', login: '', grants: false}";
        assertTrue(refused(one, one).contains("one a point"));
        assertTrue(refused("{point: 3, source: 'rtsp://192.168.1.64/', login: '', grants: false}")
                .contains("folder:PATH"));
        assertTrue(refused("{point: 3, source: 'http://camera/a', login: '', grants: false}")
                .contains("numeric address"));
        assertTrue(refused("{point: 3, source: 'http://127.0.0.1/', login: nowhere, grants: false}")
                .contains("readable file at 'login'"));
    }
}
