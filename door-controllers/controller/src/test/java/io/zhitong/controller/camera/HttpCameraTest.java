package io.zhitong.controller.camera;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a camera of a few lines: what it hears and says is literal. */
class HttpCameraTest {
    private static final byte[] PICTURE = PointCameraTest.PICTURE;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n";

    private final AtomicReference<String> heard = new AtomicReference<>("");
    private final CountDownLatch over = new CountDownLatch(1);
    private ServerSocket socket;

    @BeforeEach
    void open() throws IOException {
        socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        over.countDown();
        socket.close();
    }

    private HttpCamera camera(Optional<String> login, Duration patience) {
        return new HttpCamera(
                URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/snapshot.jpg?size=1"), login, patience);
    }

    private byte[] take() {
        return camera(Optional.empty(), Duration.ofSeconds(5)).take();
    }

    private CameraFault fault(Duration patience) {
        HttpCamera camera = camera(Optional.empty(), patience);
        return assertThrows(CameraException.class, camera::take).fault();
    }

    /** Answers one question with these bytes. */
    private void answers(byte[] bytes) {
        Thread camera = new Thread(() -> {
            try (Socket line = socket.accept()) {
                StringBuilder question = new StringBuilder();
                while (question.indexOf("\r\n\r\n") < 0) {
                    question.append((char) line.getInputStream().read());
                }
                heard.set(question.toString());
                OutputStream out = line.getOutputStream();
                out.write(bytes);
                out.flush();
                over.await();
            } catch (IOException | InterruptedException e) {
                heard.set(heard.get() + e);
            }
        });
        camera.setDaemon(true);
        camera.start();
    }

    private static byte[] said(String head, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
        return out.toByteArray();
    }

    @Test
    void picture_is_asked_for_by_a_get_and_its_bytes_are_what_the_camera_said() {
        answers(said(OK + "Content-Length: " + PICTURE.length + "\r\n", PICTURE));
        assertArrayEquals(PICTURE, take());
        assertTrue(heard.get().startsWith("GET /snapshot.jpg?size=1 HTTP/1.1\r\n"), heard.get());
        assertTrue(!heard.get().contains("Authorization"), heard.get());
    }

    /** The example of RFC 7617, section 2. */
    @Test
    void camera_with_a_login_gets_it() {
        answers(said(OK + "Content-Length: " + PICTURE.length + "\r\n", PICTURE));
        camera(Optional.of("Aladdin:open sesame"), Duration.ofSeconds(5)).take();
        assertTrue(heard.get().contains("Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"), heard.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 Unauthorized\r\n", "302 Found\r\nLocation: http://127.0.0.1:1/\r\n", "503 Busy\r\n"})
    void refusals_and_redirects_are_no_pictures(String answer) {
        answers(said("HTTP/1.1 " + answer + "Content-Length: 0\r\n", new byte[0]));
        assertEquals(CameraFault.REFUSED, fault(Duration.ofSeconds(5)));
    }

    @Test
    void no_more_than_two_mebibytes_are_read() {
        answers(said(OK + "Connection: close\r\n", new byte[Camera.LARGEST + 20_000]));
        assertEquals(CameraFault.TOO_LARGE, fault(Duration.ofSeconds(10)));
    }

    @Test
    void camera_that_is_silent_or_stops_in_the_middle_does_not_answer() throws IOException {
        answers(said(OK + "Content-Length: 500\r\n", new byte[100]));
        assertEquals(CameraFault.NO_ANSWER, fault(Duration.ofMillis(200)));
        socket.close();
        assertEquals(CameraFault.NO_ANSWER, fault(Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://8.8.8.8/snapshot.jpg",
                "http://camera.example/snapshot.jpg",
                "http://localhost/snapshot.jpg",
                "http://[2001:db8::1]/a.jpg",
                "http://user:word@127.0.0.1/a.jpg",
                "https://192.168.1.64/a.jpg",
                "file:///etc/passwd",
                "jar:http://127.0.0.1/a.jar!/b",
                "camera",
            })
    void only_numeric_addresses_of_the_own_network_are_asked(String address) {
        URI uri = URI.create(address);
        assertThrows(IllegalArgumentException.class, () -> new HttpCamera(uri, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.168.1.64/a",
                "http://10.0.0.9:8080/a",
                "http://172.16.3.4/a",
                "http://169.254.1.1/a",
                "http://[fd00::64]/a",
                "http://[fe80::1]/a",
            })
    void private_and_link_local_addresses_are_near(String address) {
        assertDoesNotThrow(() -> new HttpCamera(URI.create(address), Optional.empty()));
    }
}
