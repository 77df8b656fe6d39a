package io.zhitong.backend.foundation;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The backend's configuration (配置), {@code zhitong.*}.
 *
 * @param data directory DATA that all programs of this machine share; the backend writes below DATA/backend
 * @param mode what the program may be used for
 * @param port of the console; the ports of the neighbours follow from it unless they are given: link +1, enrolment +2,
 *     vault +3, card world +5
 * @param address the console listens on; loopback unless given
 * @param database engine, and for a PostgreSQL of one's own where it is
 * @param sessionMinutes after which an idle user is logged off
 * @param linkPort of the controller link, 0 = any free one
 * @param enrolPort of the enrolment listener, 0 = any free one
 * @param vaultPort of the key vault
 * @param vaultHost of the key vault
 * @param cardWorldPort of the reader driver of the desk's reader
 * @param programVersion shown at the foot of each page
 * @param roles what this process does; several processes on one PostgreSQL may share the work
 */
@ConfigurationProperties("zhitong")
public record ZhitongSettings(
        @DefaultValue("data") Path data,
        @DefaultValue("normal") Mode mode,
        @DefaultValue("8080") int port,
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue Database database,
        @DefaultValue("30") int sessionMinutes,
        @Nullable Integer linkPort,
        @Nullable Integer enrolPort,
        @Nullable Integer vaultPort,
        @DefaultValue("127.0.0.1") String vaultHost,
        @Nullable Integer cardWorldPort,
        @DefaultValue("0.1.0") String programVersion,
        @DefaultValue({"console", "gateway", "worker"}) Set<BackendRole> roles) {
    public ZhitongSettings {
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("zhitong.roles is one or more of console, gateway, worker");
        }
        if (sessionMinutes < 1 || sessionMinutes > 24 * 60) {
            throw new IllegalArgumentException("zhitong.session-minutes is 1 to 1440, got " + sessionMinutes);
        }
        if (mode == Mode.PRODUCTION && database.kind() == DatabaseKind.H2) {
            throw new IllegalArgumentException("zhitong.mode=production refuses H2, which does not fsync:"
                    + " set zhitong.database.kind=pg and zhitong.database.url");
        }
    }

    /** Whether the demo estate, its fixed log-ins and the demo bench are there. */
    public boolean demo() {
        return mode == Mode.DEMO;
    }

    public boolean runs(BackendRole role) {
        return roles.contains(role);
    }

    /** DATA/backend. */
    public Path home() {
        return data.resolve("backend");
    }

    public int linkListenPort() {
        return neighbour(linkPort, 1);
    }

    public int enrolListenPort() {
        return neighbour(enrolPort, 2);
    }

    public int vaultListenPort() {
        return neighbour(vaultPort, 3);
    }

    /** Of the demo till's cashier line. */
    public int tillListenPort() {
        return neighbour(null, 4);
    }

    public int cardWorldListenPort() {
        return neighbour(cardWorldPort, 5);
    }

    private int neighbour(@Nullable Integer given, int distance) {
        return Optional.ofNullable(given).orElse(port == 0 ? 0 : port + distance);
    }

    /**
     * Where the rows are.
     *
     * @param kind engine
     * @param url JDBC URL of a PostgreSQL of one's own; without it the embedded one is run in DATA/backend/pg
     * @param owner database role that owns the tables and runs the migrations
     * @param application database role of the running program: no UPDATE or DELETE on append-only tables
     * @param ownerPasswordFile one line
     * @param applicationPasswordFile one line
     */
    public record Database(
            @DefaultValue("h2") DatabaseKind kind,
            @Nullable String url,
            @DefaultValue("zhitong_owner") String owner,
            @DefaultValue("zhitong_app") String application,
            @Nullable Path ownerPasswordFile,
            @Nullable Path applicationPasswordFile) {}
}
