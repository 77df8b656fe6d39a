package io.zhitong.backend.testing;

import io.zhitong.backend.Zhitong;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.Mode;
import io.zhitong.keyvault.QuickPinVault;
import io.zhitong.keyvault.VaultProcess;
import io.zhitong.virtualcard.world.CardWorldServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.core.StandardContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.FileSystemUtils;

/** The whole backend with the demo estate on one database, beside a real vault and card world; one of each kind serves all tests of the JVM. */
public final class RunningBackend {
    private static final Map<DatabaseKind, RunningBackend> RUNNING = new EnumMap<>(DatabaseKind.class);

    private final Path data;
    private final CardWorldServer world;
    private final ConfigurableApplicationContext context;

    private RunningBackend(DatabaseKind kind, boolean demoVault) {
        this(kind, demoVault, Mode.DEMO);
    }

    private RunningBackend(DatabaseKind kind, boolean demoVault, Mode mode) {
        try {
            data = Scratch.directory("zhitong-backend-" + kind.name().toLowerCase(Locale.ROOT));
            VaultProcess vault = QuickPinVault.serve(
                    new VaultProcess.Settings(data.resolve("vault"), 0, demoVault, List.of(), false));
            world = new CardWorldServer(
                    new CardWorldServer.Settings(
                            data.resolve("cards"),
                            0,
                            Optional.empty(),
                            List.of("desk", "door-1", "door-2", "pos-1", "sam-controller", "sam-pos"),
                            Optional.of(data.resolve("vault/factory/transport.key"))
                                    .filter(key -> demoVault)),
                    InstantSource.system());
            PostgresProgram.shareIn(data);
            SpringApplication application = Zhitong.application();
            application.addPrimarySources(List.of(CheapPasswords.class));
            context = application.run(
                    "--zhitong.data=" + data,
                    "--zhitong.mode=" + mode.name().toLowerCase(Locale.ROOT),
                    "--zhitong.port=0",
                    "--zhitong.vault-port=" + vault.port(),
                    "--zhitong.card-world-port=" + world.port(),
                    "--zhitong.database.kind=" + kind.name().toLowerCase(Locale.ROOT));
            SpringApplication.getShutdownHandlers().add(() -> end(vault, data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After the program has stopped. */
    private static void end(VaultProcess vault, Path data) {
        vault.close();
        try {
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of that database, started now if it is the first use. */
    public static synchronized RunningBackend of(DatabaseKind kind) {
        return RUNNING.computeIfAbsent(kind, each -> new RunningBackend(each, true));
    }

    /** One of its own on H2, whose vault has no masters yet. */
    public static RunningBackend beforeCeremony() {
        return new RunningBackend(DatabaseKind.H2, false);
    }

    /** One of its own on H2 without the demo: no user, no estate; its vault has the masters of a test quorum. */
    public static RunningBackend ofOwn() {
        return new RunningBackend(DatabaseKind.H2, true, Mode.NORMAL);
    }

    /** DATA. */
    public Path data() {
        return data;
    }

    /** Reader driver of the card world; its desk reader is the backend's. */
    public InetSocketAddress cardWorld() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), world.port());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> List<T> beans(Class<T> type) {
        return List.copyOf(context.getBeansOfType(type).values());
    }

    /** Address of a page, for example {@code http://127.0.0.1:40123/wall}. */
    public String url(String path) {
        return "http://127.0.0.1:" + context.getBean(Environment.class).getRequiredProperty("local.server.port") + path;
    }

    /** Requests that go on behind the thread that took them, such as event streams; the program waits for them when it stops. */
    public long openStreams() {
        TomcatWebServer server = (TomcatWebServer) ((ServletWebServerApplicationContext) context).getWebServer();
        return ((StandardContext) server.getTomcat().getHost().findChildren()[0]).getInProgressAsyncCount();
    }

    /** A browser of its own, not logged in. */
    public Browser browser() {
        return new Browser(this);
    }
}
