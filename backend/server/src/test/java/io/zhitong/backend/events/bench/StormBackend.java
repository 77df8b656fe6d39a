package io.zhitong.backend.events.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.database.ScopedSource;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.link.LinkServer;
import io.zhitong.link.LinkServerOptions;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** The gateway's part of a backend in a process of its own, to be killed (网关进程): the link's server and the event store, nothing else. */
final class StormBackend {
    /** Name of its identity in the folder. */
    static final String NAME = "backend";

    private static final int CONNECTIONS = 24;

    private StormBackend() {}

    /**
     * Arguments: folder of the identity, profile, JDBC URL, port (0 = any). Says {@code ready PORT}; to each line it answers with
     * the bytes in use after a collection.
     */
    public static void main(String[] args) throws IOException {
        MachineIdentity identity = MachineIdentity.load(MachineProfile.valueOf(args[1]), Path.of(args[0]), NAME);
        PeerPolicy devices = PeerPolicy.of(identity.chain().get(1), MachineRole.CONTROLLER);
        MachineTls tls = MachineTls.mutual(identity, devices);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args[2]);
        config.setMaximumPoolSize(CONNECTIONS);
        ScopedSource source = new ScopedSource(new HikariDataSource(config));
        TestEvents events = new TestEvents(
                new TestDatabase(DatabaseKind.PG, source, source),
                (device, message, signature) -> true,
                Clock.systemUTC());
        LinkServer server = LinkServer.start(
                LinkServerOptions.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[3]))),
                () -> tls,
                new StoringHandler(events.store()));
        System.out.println("ready " + server.port());
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (asked.readLine() != null) {
            System.out.println(used());
        }
        System.exit(0);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
