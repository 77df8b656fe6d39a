package io.zhitong.backend.events;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import java.util.List;
import java.util.Set;

/**
 * A module that makes something of device events (事件消费者): a bean. It is called in the order of storing, in the transaction
 * that advances its cursor: what it writes and how far it has read stand or fall together, so each event takes effect
 * exactly once. When it throws, nothing of the batch stays and the same events come again later; other consumers go on.
 */
public interface EventConsumer {
    /** Name of its cursor, at most 60 characters, never changed. */
    String name();

    /** The kinds it wants; it is never called for others. */
    Set<EventKind> kinds();

    /**
     * @param events 1 to 500, ascending by position, of the wanted kinds
     */
    void consume(CommunityId community, List<StoredEvent> events);
}
