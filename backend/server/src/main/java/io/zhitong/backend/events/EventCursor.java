package io.zhitong.backend.events;

import io.zhitong.accessmodel.CommunityId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Advances a consumer by one batch (事件游标). The cursor's row is locked meanwhile, so that two backends never consume the same. */
@Component
final class EventCursor {
    static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final EventReader reader;
    private final TransactionTemplate transactions;

    EventCursor(JdbcClient jdbc, EventReader reader, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.transactions = transactions;
    }

    /** The communities that have events. */
    List<CommunityId> communities() {
        return jdbc.sql("select community_id from event_order order by community_id")
                .query((row, n) -> new CommunityId(row.getInt(1)))
                .list();
    }

    /** Consumes at most {@value #BATCH} events; answers whether there may be more. */
    boolean advance(EventConsumer consumer, CommunityId community) {
        return Boolean.TRUE.equals(transactions.execute(status -> consumeBatch(consumer, community)));
    }

    /** Puts the cursor back to the beginning and does what goes with it, in one transaction. */
    void rewind(String consumer, CommunityId community, Runnable along) {
        transactions.executeWithoutResult(status -> {
            lock(consumer, community);
            along.run();
            jdbc.sql("update event_cursor set position = 0 where community_id = ? and name = ?")
                    .params(community.value(), consumer)
                    .update();
        });
    }

    private boolean consumeBatch(EventConsumer consumer, CommunityId community) {
        long position = lock(consumer.name(), community);
        List<StoredEvent> events = reader.after(community, position, BATCH);
        if (events.isEmpty()) {
            return false;
        }
        List<StoredEvent> wanted = events.stream()
                .filter(event -> consumer.kinds().contains(event.record().kind()))
                .toList();
        if (!wanted.isEmpty()) {
            consumer.consume(community, wanted);
        }
        jdbc.sql("update event_cursor set position = ? where community_id = ? and name = ?")
                .params(events.get(events.size() - 1).position(), community.value(), consumer.name())
                .update();
        return events.size() == BATCH;
    }

    private long lock(String name, CommunityId community) {
        return locked(name, community).orElseGet(() -> {
            // Another process may be the first at the same moment.
            jdbc.sql("insert into event_cursor (community_id, name, position) values (?, ?, 0) on conflict do nothing")
                    .params(community.value(), name)
                    .update();
            return locked(name, community).orElseThrow();
        });
    }

    private Optional<Long> locked(String name, CommunityId community) {
        return jdbc.sql("select position from event_cursor where community_id = ? and name = ? for update")
                .params(community.value(), name)
                .query(Long.class)
                .optional();
    }
}
