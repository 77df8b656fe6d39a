package io.zhitong.backend.foundation;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Short words from backend to backend on one database (进程间通知): PostgreSQL's NOTIFY, told with the commit of the teller's
 * transaction and heard by every process, the teller's own too. H2 has one process, which hears itself after the commit. A word
 * is a hint to look into the database and nothing more: it may come twice, and after a broken connection each listener is told
 * the empty word, because words may have been missed. Thread-safe.
 */
@Component
public class Notices implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final String CHANNEL = "zhitong";
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int LISTEN_MILLIS = 500;
    /** Rounds of silence after which the connection is tried: a server that went without a word tells nobody. */
    private static final int SILENCE = 10;

    private final DatabaseKind kind;
    private final DataSource source;
    private final JdbcClient jdbc;
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final BackgroundThread thread = BackgroundThread.repeating("notices", this::listen);
    private volatile boolean broken;

    public Notices(DatabaseKind kind, DataSource source) {
        this.kind = kind;
        this.source = source;
        this.jdbc = JdbcClient.create(source);
    }

    /** Calls {@code listener} with each word on this topic; it must not take long. */
    public void on(String topic, Consumer<String> listener) {
        listeners.computeIfAbsent(topic, each -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /**
     * Tells a word, with the commit when there is a transaction.
     *
     * @param topic without a blank
     * @param word at most 200 characters of ASCII
     */
    public void tell(String topic, String word) {
        if (kind == DatabaseKind.PG) {
            jdbc.sql("select 1 from pg_notify(?, ?)")
                    .params(CHANNEL, topic + " " + word)
                    .query(Integer.class)
                    .single();
        } else if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    hear(topic, word);
                }
            });
        } else {
            hear(topic, word);
        }
    }

    private void hear(String topic, String word) {
        for (Consumer<String> listener : listeners.getOrDefault(topic, List.of())) {
            try {
                listener.accept(word);
            } catch (RuntimeException e) {
                // The edge of a listener: the others hear on, and each looks by itself from time to time.
                LOG.warn("a listener of {} failed: {}", topic, e.getMessage(), e);
            }
        }
    }

    private Duration listen() {
        if (kind == DatabaseKind.H2) {
            return Duration.ofDays(1);
        }
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
            if (broken) {
                LOG.info("words of other backends are heard again");
            }
            broken = false;
            listeners.keySet().forEach(topic -> hear(topic, ""));
            listen(connection.unwrap(PGConnection.class), statement);
            statement.execute("unlisten *");
        } catch (SQLException e) {
            if (!broken && thread.running()) {
                LOG.warn("words of other backends are not heard, each part looks by itself: {}", e.getMessage());
            }
            broken = true;
        }
        return AGAIN;
    }

    private void listen(PGConnection connection, Statement statement) throws SQLException {
        int silence = 0;
        while (thread.running()) {
            PGNotification[] heard = connection.getNotifications(LISTEN_MILLIS);
            silence = heard == null || heard.length == 0 ? silence + 1 : 0;
            if (silence >= SILENCE) {
                statement.execute("select 1");
                silence = 0;
            }
            for (PGNotification each : heard == null ? new PGNotification[0] : heard) {
                String text = each.getParameter();
                int blank = text.indexOf(' ');
                hear(text.substring(0, blank), text.substring(blank + 1));
            }
        }
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
