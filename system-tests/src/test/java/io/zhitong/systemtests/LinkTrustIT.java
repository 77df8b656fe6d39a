package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.link.Enrolment;
import io.zhitong.link.EnrolmentRefusedException;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Whom the running backend's link lets in, and what goes over the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LinkTrustIT {
    private static final String TSHARK = "/usr/bin/tshark";
    private static final Duration SOON = Duration.ofSeconds(20);
    /** For how long the backend's orders are good, docs/link.md. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private final RunningEstate estate = RunningEstate.prepared("link-trust", "h2");
    private MachineIdentity controller = LinkProbe.foreign(new MachineName(MachineRole.CONTROLLER, "nobody"));

    @BeforeAll
    void startWithoutDevices() {
        estate.start(Role.VAULT, Role.CARDWORLD, Role.BACKEND);
        Await.until("link listens", Duration.ofSeconds(30), () -> RunningEstate.listening(estate.linkPort()));
        controller = new LinkProbe(estate).enrolled("controller", MachineRole.CONTROLLER);
    }

    @AfterAll
    void stop() {
        estate.close();
    }

    @Test
    void an_enrolled_device_is_let_in() {
        assertTrue(new LinkProbe(estate).letsIn(controller));
    }

    @Test
    void a_client_without_certificate_is_refused() {
        assertFalse(new LinkProbe(estate).letsInWithoutCertificate());
    }

    @Test
    void a_certificate_of_a_foreign_authority_with_the_right_name_is_refused() {
        assertFalse(new LinkProbe(estate).letsIn(LinkProbe.foreign(controller.name())));
    }

    @Test
    void a_token_is_good_for_one_enrolment() {
        var probe = new LinkProbe(estate);
        var refused = assertThrows(
                EnrolmentRefusedException.class, () -> probe.enrolled("controller", MachineRole.CONTROLLER));
        assertEquals(Enrolment.Refusal.UNKNOWN_TOKEN, refused.reason());
    }

    /** Late, because its device comes back as another only. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void a_device_revoked_on_the_console_is_thrown_out_and_refused_and_the_other_one_is_not() {
        LinkProbe probe = new LinkProbe(estate);
        MachineIdentity pos = probe.enrolled("pos", MachineRole.POS);
        assertTrue(probe.letsIn(controller), "before");
        Console admin = Console.of(estate.consoleUrl(), "admin");
        assertTrue(admin.get("/wall").contains("id=\"revoke\""), "the wall offers it to an administrator");
        String page = admin.post("/wall/revoke", Map.of("device", "42", "reason", "LOST"));
        assertTrue(page.contains("已吊销"), page);
        assertFalse(probe.letsIn(controller), "the revoked one");
        assertTrue(probe.letsIn(pos), "the other one");
    }

    @Test
    void examples_of_the_pages_hold_in_another_language() throws IOException, InterruptedException {
        Needs.program(NodeDevice.NODE, "nodejs");
        Process check = new ProcessBuilder(NodeDevice.NODE, NodeDevice.program("selftest.mjs"))
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, check.waitFor(), said);
        assertTrue(said.lines().filter(line -> line.startsWith("ok ")).count() > 60, said);
    }

    /** The revoked controller is replaced by one of the other profile, written from the pages alone. */
    @Test
    @Order(Integer.MAX_VALUE)
    void a_controller_in_another_language_takes_its_place_with_lists_events_and_commands(@TempDir Path folder)
            throws IOException {
        Needs.program(NodeDevice.NODE, "nodejs");
        estate.stop(Role.BACKEND);
        estate.start(Role.BACKEND);
        Await.until("link listens", Duration.ofSeconds(30), () -> RunningEstate.listening(estate.linkPort()));
        Console admin = Console.of(estate.consoleUrl(), "admin");
        try (NodeDevice node = new NodeDevice(estate, folder);
                Wall wall = new Wall(estate.consoleUrl())) {
            node.awaits("enrolled device=1-42");
            node.awaits("connected resumed=false suite=TLS_AES_128_GCM_SHA256");
            node.awaits("list kind=8 .* how=whole root=[0-9a-f]{64}");
            node.awaits("list kind=1 .*");
            proved(admin, node);

            node.tell("event");
            Await.until("on the wall", SOON, () -> wall.count("放行", "1号楼大门") == 1);

            Console property = Console.of(estate.consoleUrl(), "property");
            property.get("/wall");
            String outcome = property.post("/wall/open", Map.of("device", "42", "point", "1", "why", "访客"));
            assertTrue(outcome.contains("已开门"), outcome + node.log());
            String order = node.awaits("command bytes=([0-9a-f]+)");
            node.awaits("command executed point=1 who=property why=访客");
            long heard = System.nanoTime();
            node.tell("inject " + order);
            node.awaits("command refused=9 .*");
            node.tell("inject " + NodeDevice.flipped(order, 100));
            node.awaits("command refused=6 .*");
            Await.until("its event is stored", SOON, () -> wall.count("指令已执行", "1号楼大门") == 1);

            assertTrue(admin.post("/wall/revoke", Map.of("device", "43", "reason", "LOST"))
                    .contains("已吊销"));
            node.awaits("list kind=8 .* how=difference buckets=1 root=[0-9a-f]{64}");
            proved(admin, node);

            Await.until("the order is over", SOON, () -> System.nanoTime() - heard > GOOD_FOR.toNanos());
            node.tell("inject " + order);
            node.awaits("command refused=7 .*");
            node.tell("drop");
            node.awaits("connected resumed=true .*");
            node.awaits("welcome sequence=[1-9][0-9]* lists=[0-9]+");
            node.tell("inject " + order);
            node.awaits("command refused=5 .*");
            node.tell("event");
            Await.until("once each", SOON, () -> wall.count("放行", "1号楼大门") == 2);
            assertFalse(node.said("(list refused|refused by|error|close (?!asked)).*"), node.log());
        }
    }

    /** The console's own proof, by the roots in the device's heartbeat. */
    private static void proved(Console admin, NodeDevice node) {
        Await.until(
                () -> "proved: " + node.log(),
                SOON,
                () -> admin.get("/sync").contains("data-device=\"42\" data-proved=\"true\""));
    }

    @Test
    void tshark_reads_the_sm4_gcm_suite_in_the_server_hello(@TempDir Path folder) throws IOException {
        Needs.program(TSHARK, "tshark");
        Path seen = folder.resolve("suites");
        Process tshark = Shell.start(
                seen,
                Map.of(),
                folder,
                TSHARK,
                "-l",
                "-i",
                "lo",
                "-f",
                "tcp port " + estate.linkPort(),
                "-d",
                "tcp.port==" + estate.linkPort() + ",tls",
                "-Y",
                "tls.handshake.type == 2",
                "-T",
                "fields",
                "-e",
                "tls.handshake.ciphersuite",
                "-e",
                "tls.handshake.extensions.supported_version");
        try {
            Await.until(
                    "tshark captures", Duration.ofSeconds(20), () -> read(seen).contains("Capturing on"));
            Await.until("a ServerHello on the wire", Duration.ofSeconds(30), () -> {
                new LinkProbe(estate).letsInWithoutCertificate();
                return read(seen).contains("0x");
            });
        } finally {
            tshark.destroy();
        }
        String hello = read(seen)
                .lines()
                .filter(each -> each.startsWith("0x"))
                .findFirst()
                .orElse("");
        assertEquals("0x00c6\t0x0304", hello);
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
