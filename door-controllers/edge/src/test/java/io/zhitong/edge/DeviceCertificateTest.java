package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.RevokedMachine;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A device program and its certificates, over real TLS. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DeviceCertificateTest {

    private static final String FRESH = "fresh-token";

    @TempDir
    Path folder;

    private final Backend backend = new Backend();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final AtomicReference<DeviceProgram> running = new AtomicReference<>();
    private final AtomicReference<Device> device = new AtomicReference<>();

    @AfterEach
    void close() {
        backend.close();
    }

    private CompletableFuture<Integer> start() {
        DeviceProgram program = new DeviceProgram(
                "tester",
                MachineRole.CONTROLLER,
                started -> {
                    device.set(started);
                    return () -> {};
                },
                new PrintStream(output, true, StandardCharsets.UTF_8));
        running.set(program);
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(
                () -> program.run("--config", folder.resolve("device.yaml").toString()));
        Poll.until("ready", () -> output.toString(StandardCharsets.UTF_8).contains("ready") || code.isDone());
        return code;
    }

    private void stop(CompletableFuture<Integer> code) throws Exception {
        running.get().stop();
        assertEquals(0, code.get(30, TimeUnit.SECONDS));
        output.reset();
    }

    private BigInteger stored() {
        return MachineIdentity.load(MachineProfile.SM2, folder.resolve("data"), "device")
                .chain()
                .get(0)
                .getSerialNumber();
    }

    private long starts() {
        return backend.stored.stream()
                .filter(record -> record.kind() == EventKind.DEVICE_STARTED)
                .count();
    }

    @Test
    void certificate_in_the_last_third_of_its_life_is_replaced_while_the_program_runs() throws Exception {
        backend.install(folder, "");
        backend.left.set(Duration.ofMinutes(30)); // of two and a half hours
        CompletableFuture<Integer> code = start();
        Poll.until("a connection with the next certificate", () -> backend.served.size() == 2);
        assertEquals(2, backend.asked.size());
        assertNotEquals(backend.asked.get(0), backend.asked.get(1), "a new key pair");
        assertNotEquals(backend.served.get(0), backend.served.get(1));
        assertEquals(backend.served.get(1), stored());
        stop(code);
        CompletableFuture<Integer> again = start();
        Poll.until("second start", () -> starts() == 2);
        assertEquals(backend.served.get(1), backend.served.get(2));
        assertTrue(Journals.chained(backend.stored), "one device, one journal");
        stop(again);
    }

    @Test
    void enrolment_whose_answer_was_lost_is_asked_again_with_the_same_key_also_after_a_restart() throws Exception {
        backend.install(folder, "");
        backend.lostAnswers.set(Integer.MAX_VALUE);
        DeviceProgram cut =
                new DeviceProgram("tester", MachineRole.CONTROLLER, started -> () -> {}, new PrintStream(output, true));
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(
                () -> cut.run("--config", folder.resolve("device.yaml").toString()));
        Poll.until("asked twice", () -> backend.asked.size() >= 2);
        cut.stop();
        assertEquals(0, first.get(30, TimeUnit.SECONDS));
        assertFalse(Files.exists(folder.resolve("data/device.pem")));
        backend.lostAnswers.set(0);
        CompletableFuture<Integer> code = start();
        Poll.until("connected", () -> starts() == 1);
        assertEquals(1, backend.asked.stream().distinct().count());
        stop(code);
    }

    @Test
    void device_whose_certificate_is_over_works_alone_and_comes_back_by_a_fresh_token() throws Exception {
        backend.install(folder, "");
        backend.left.set(Duration.ofMinutes(-30));
        CompletableFuture<Integer> code = start();
        BigInteger over = stored();
        Journals.plain(device.get().journal(), 40);
        assertEquals(List.of(), backend.served, "no session with a certificate that is over");
        backend.left.set(Duration.ofHours(3));
        backend.tokens.add(FRESH);
        Files.writeString(folder.resolve("token"), FRESH + "\n");
        Poll.until("connected with the new one", () -> starts() == 1);
        assertNotEquals(over, stored());
        assertTrue(Journals.chained(backend.stored));
        stop(code);
    }

    @Test
    void backend_on_the_list_of_revoked_certificates_is_left_at_once_and_refused_after_a_restart() throws Exception {
        backend.lists.put(ListKind.REVOCATIONS, revoking(1, BigInteger.TEN));
        backend.install(folder, "");
        CompletableFuture<Integer> code = start();
        Poll.until(
                "the list of another serial is installed",
                () -> device.get().lists().held(ListKind.REVOCATIONS).isPresent());
        Poll.until("connected", () -> starts() == 1);
        SignedList second = revoking(2, backend.serial);
        backend.lists.put(ListKind.REVOCATIONS, second);
        backend.link().offer(second.header());
        Poll.until(
                "the session is gone",
                () -> backend.link().session(Backend.DOOR).isEmpty());
        int served = backend.served.size();
        long refused = backend.link().refusedHandshakes();
        Poll.until("further handshakes end", () -> backend.link().refusedHandshakes() >= refused + 2);
        assertEquals(served, backend.served.size());
        stop(code);
        CompletableFuture<Integer> again = start();
        long before = backend.link().refusedHandshakes();
        Poll.until("refused after the restart", () -> backend.link().refusedHandshakes() > before);
        assertEquals(served, backend.served.size());
        assertEquals(1, starts());
        stop(again);
    }

    private static SignedList revoking(long number, BigInteger serial) {
        return SignedList.sign(
                new ListTarget(
                        Journals.DOOR.community(),
                        Journals.DOOR.device(),
                        ListKind.REVOCATIONS,
                        new ListVersion(1, number),
                        1),
                List.of(new RevokedMachine(serial, 1_780_000_000L)),
                Journals.KEY.publicKey(),
                message -> Sm2.sign(Journals.KEY, message, RandomSource.secure()));
    }
}
