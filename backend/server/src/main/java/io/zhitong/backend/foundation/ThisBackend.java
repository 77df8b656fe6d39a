package io.zhitong.backend.foundation;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * This process among the backends of its database (本进程): it gives a sign of life every two seconds by the database's clock; one
 * that was silent for ten counts as gone, and others take over what it held.
 */
@Component
public class ThisBackend implements BackgroundPart {
    /** SQL: the processes that live. */
    public static final String LIVING =
            "select id from backend_process where heard_at > current_timestamp - interval '10' second";

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final UUID id;
    private final String name;
    private final String roles;
    private final JdbcClient jdbc;
    private final BackgroundThread thread = BackgroundThread.repeating("backend-process", this::sign);

    public ThisBackend(ZhitongSettings settings, TimeOrderedIds ids, JdbcClient jdbc) {
        this.id = ids.next();
        this.name = settings.address() + ":" + settings.port();
        this.roles = settings.roles().stream().map(Enum::name).sorted().collect(Collectors.joining(","));
        this.jdbc = jdbc;
    }

    /** New with each start. */
    public UUID id() {
        return id;
    }

    private Duration sign() {
        live();
        return EVERY;
    }

    /** Gives a sign of life now. */
    public void live() {
        int known = jdbc.sql("update backend_process set heard_at = current_timestamp where id = ?")
                .param(id)
                .update();
        if (known == 0) {
            jdbc.sql("delete from backend_process where heard_at < current_timestamp - interval '1' day")
                    .update();
            jdbc.sql(
                            "insert into backend_process (id, name, roles, started_at, heard_at) values (?, ?, ?, current_timestamp,"
                                    + " current_timestamp)")
                    .params(id, name, roles)
                    .update();
        }
    }

    /** Says that it goes: what it held is free at once. */
    public void leave() {
        jdbc.sql("delete from backend_process where id = ?").param(id).update();
    }

    @Override
    public void start() {
        live();
        BackgroundPart.super.start();
    }

    @Override
    public void stop() {
        BackgroundPart.super.stop();
        leave();
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    @Override
    public int getPhase() {
        return StartPhase.PROCESS;
    }
}
