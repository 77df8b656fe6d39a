package io.zhitong.backend.foundation;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which process's turn a job is (轮值): one at a time, kept until its process goes or is silent. A process that was held up may
 * believe for a moment that it still has its turn, so what a job writes must be safe against a second writer by itself. Also where
 * a job says what it waits for, so that a page of another process can show it. Thread-safe.
 */
@Component
public class WorkerTurns {
    private static final int LONGEST = 400;

    private final JdbcClient jdbc;
    private final ThisBackend self;

    public WorkerTurns(JdbcClient jdbc, ThisBackend self) {
        this.jdbc = jdbc;
        this.self = self;
    }

    /** Whether this process may do the job now; takes the turn when it is free. */
    public boolean mine(String job) {
        Optional<UUID> holder = jdbc.sql(
                        "select holder from backend_turn where job = ? and holder in (" + ThisBackend.LIVING + ")")
                .param(job)
                .query(UUID.class)
                .optional();
        return holder.map(self.id()::equals).orElseGet(() -> take(job));
    }

    private boolean take(String job) {
        row(job);
        return jdbc.sql("update backend_turn set holder = ? where job = ? and (holder is null or holder not in ("
                                + ThisBackend.LIVING + "))")
                        .params(self.id(), job)
                        .update()
                == 1;
    }

    private void row(String job) {
        jdbc.sql("insert into backend_turn (job) values (?) on conflict do nothing")
                .param(job)
                .update();
    }

    /** Notes what a job waits for; empty when it goes on. */
    public void waits(String job, Optional<String> reason) {
        row(job);
        String words = reason.map(text -> text.substring(0, Math.min(LONGEST, text.length())))
                .orElse("");
        jdbc.sql("update backend_turn set waits_for = nullif(?, '') where job = ?")
                .params(words, job)
                .update();
    }

    /** What a job waits for, as its process noted last. */
    public Optional<String> waiting(String job) {
        return jdbc.sql("select waits_for from backend_turn where job = ? and waits_for is not null")
                .param(job)
                .query(String.class)
                .optional();
    }
}
