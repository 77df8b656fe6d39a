package io.zhitong.bench;

import io.zhitong.link.LinkServer;
import io.zhitong.link.LinkServerOptions;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.machinetls.Pem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The backend's end of {@link LinkMemory}, a process of its own (被测服务端): tells its port, then for each line it reads its heap
 * and its other memory in bytes, after a collection.
 */
public final class LinkMemoryServer {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int KIB = 1024;

    private LinkMemoryServer() {}

    /** Arguments: folder with ca.pem and the backend's identity, profile. The heap is of a fixed size, touched whole. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        MachineProfile profile = MachineProfile.valueOf(args[1]);
        MachineTls tls = MachineTls.mutual(
                MachineIdentity.load(profile, folder, "backend"),
                PeerPolicy.of(
                        Pem.certificates(Files.readString(folder.resolve("ca.pem")))
                                .get(0),
                        MachineRole.CONTROLLER));
        LinkServerOptions options = LinkServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withSilence(Duration.ofHours(1));
        try (LinkServer server = LinkServer.start(options, () -> tls, new AcknowledgingHandler());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            System.out.println(server.port());
            while (in.readLine() != null) {
                System.out.println(heap() + " " + other());
            }
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Anonymous memory of the process without the heap. */
    private static long other() throws IOException {
        long anonymous = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
                .findFirst()
                .orElseThrow();
        return anonymous - Runtime.getRuntime().totalMemory();
    }
}
