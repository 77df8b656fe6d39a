package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.link.proto.EnrolAnswer;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EnrolmentFaultsTest {

    private static final Estate ESTATE = new Estate();
    private static final MachineTls SERVER = MachineTls.server(ESTATE.identity(MachineRole.BACKEND, "backend"));
    private static final MachineTls DEVICE =
            MachineTls.client(MachineProfile.SM2, PeerPolicy.of(ESTATE.authority.certificate(), MachineRole.BACKEND));

    private static final int WORKERS = 2;
    private static final int PLACES = 3;

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private EnrolmentServer server = serve(question -> {
        asked.incrementAndGet();
        throw new EnrolmentRefusedException(Enrolment.Refusal.UNKNOWN_TOKEN);
    });

    private static EnrolmentServer serve(Enrolment.Handler handler) {
        return EnrolmentServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> SERVER, handler, PLACES);
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
    }

    private SSLSocket connect() throws IOException {
        return DEVICE.connect(new InetSocketAddress("127.0.0.1", server.port()), Duration.ofSeconds(10));
    }

    private static void send(SSLSocket socket, byte[] bytes) throws IOException {
        byte[] frame = new byte[2 + bytes.length];
        frame[0] = (byte) (bytes.length >> 8);
        frame[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, frame, 2, bytes.length);
        socket.getOutputStream().write(frame);
        socket.getOutputStream().flush();
    }

    private static int refusal(SSLSocket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        return EnrolAnswer.parseFrom(in.readNBytes(in.readUnsignedShort())).getRefusal();
    }

    @ParameterizedTest
    @EnumSource
    void each_refusal_of_the_backend_reaches_the_device_by_name(Enrolment.Refusal reason) {
        server.close();
        server = serve(question -> {
            throw new EnrolmentRefusedException(reason);
        });
        EnrolmentRefusedException refused = assertThrows(
                EnrolmentRefusedException.class,
                () -> EnrolmentClient.enrol(
                        DEVICE,
                        new InetSocketAddress("127.0.0.1", server.port()),
                        new Enrolment.Question("token", new byte[] {1}, "test 1")));
        assertEquals(reason, refused.reason());
    }

    @Test
    void nonsense_is_malformed_and_never_reaches_the_handler() throws IOException {
        try (SSLSocket socket = connect()) {
            send(socket, new byte[] {(byte) 0xFF, (byte) 0xFF});
            assertEquals(Enrolment.Refusal.MALFORMED.code(), refusal(socket));
            assertEquals(-1, socket.getInputStream().read(), "one question, one answer");
        }
        assertEquals(0, asked.get());
    }

    @Test
    void frame_of_length_zero_or_too_long_closes_the_connection_without_an_answer() throws IOException {
        for (byte[] start : new byte[][] {{0, 0, 1}, {0x40, 1, 1}, {(byte) 0xFF, (byte) 0xFF, 1}}) {
            try (SSLSocket socket = connect()) {
                socket.getOutputStream().write(start);
                socket.getOutputStream().flush();
                assertEquals(-1, socket.getInputStream().read());
            }
        }
        assertEquals(0, asked.get());
    }

    /** Whoever comes when all workers and all places are taken is told so and does not wait for ever. */
    @Test
    void device_that_comes_when_all_places_are_taken_is_told_busy() throws Exception {
        server.close();
        CountDownLatch working = new CountDownLatch(WORKERS);
        server = serve(question -> {
            working.countDown();
            try {
                assertTrue(release.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new EnrolmentRefusedException(Enrolment.Refusal.UNKNOWN_TOKEN);
        });
        ExecutorService devices = Executors.newFixedThreadPool(WORKERS + PLACES + 1);
        try {
            CompletionService<Integer> answers = new ExecutorCompletionService<>(devices);
            for (int i = 0; i < WORKERS + PLACES + 1; i++) {
                answers.submit(this::askWithAnyToken);
            }
            assertTrue(working.await(20, TimeUnit.SECONDS));
            assertEquals(Enrolment.Refusal.BUSY.code(), answers.take().get());
            release.countDown();
            for (int i = 0; i < WORKERS + PLACES; i++) {
                assertEquals(
                        Enrolment.Refusal.UNKNOWN_TOKEN.code(), answers.take().get());
            }
        } finally {
            devices.shutdownNow();
        }
    }

    private int askWithAnyToken() throws IOException {
        try (SSLSocket socket = connect()) {
            send(socket, new byte[] {0x0A, 1, 'x'});
            return refusal(socket);
        }
    }
}
