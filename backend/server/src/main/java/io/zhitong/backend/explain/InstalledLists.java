package io.zhitong.backend.explain;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.backend.events.EventConsumer;
import io.zhitong.backend.events.StoredEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which list a device held at which of its events (在用名单版本), as its own journal tells. Where people and cars are is left out:
 * those lists change with every passage and are no rules.
 */
@Component
public class InstalledLists implements EventConsumer {
    private final JdbcClient jdbc;

    InstalledLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A list that a device said to hold, with the root it computed. */
    public record Installed(ListKind kind, ListVersion version, Hash root) {}

    @Override
    public String name() {
        return "installed-lists";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.LIST_INSTALLED);
    }

    @Override
    public void consume(CommunityId community, List<StoredEvent> events) {
        events.forEach(event ->
                told(event.record()).filter(told -> !told.list().tellsState()).ifPresent(told -> insert(event, told)));
    }

    /** A body that this version cannot read says nothing. */
    private static Optional<ListEvent> told(JournalRecord record) {
        try {
            return Optional.of(ListEvent.decode(record.body().toByteArray()));
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    private void insert(StoredEvent event, ListEvent told) {
        jdbc.sql("insert into list_installed (community_id, device_number, kind, position, epoch, number, root)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        event.record().community().value(),
                        event.record().device().value(),
                        told.list().code(),
                        event.position(),
                        told.version().epoch(),
                        told.version().number(),
                        told.root().toByteArray())
                .update();
    }

    /** What the device held when it wrote this event; a kind that it never installed is left out. */
    public Map<ListKind, Installed> at(StoredEvent event) {
        Map<ListKind, Installed> held = new EnumMap<>(ListKind.class);
        for (ListKind kind : ListKind.values()) {
            newest(event, kind).ifPresent(found -> held.put(kind, found));
        }
        return held;
    }

    private Optional<Installed> newest(StoredEvent event, ListKind kind) {
        return jdbc.sql("select epoch, number, root from list_installed where community_id = ? and device_number = ?"
                        + " and kind = ? and position < ? order by position desc limit 1")
                .params(
                        event.record().community().value(),
                        event.record().device().value(),
                        kind.code(),
                        event.position())
                .query((row, n) ->
                        new Installed(kind, new ListVersion(row.getLong(1), row.getLong(2)), Hash.of(row.getBytes(3))))
                .optional();
    }
}
