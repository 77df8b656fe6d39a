package io.zhitong.backend.alarms;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.backend.events.EventConsumer;
import io.zhitong.backend.events.StoredEvent;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads alarms and their ends from the event store, each once (报警账). */
@Component
class AlarmBook implements EventConsumer {
    private final AlarmRows rows;

    AlarmBook(AlarmRows rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return "alarms";
    }

    @Override
    public Set<EventKind> kinds() {
        return AlarmKinds.all();
    }

    @Override
    public void consume(CommunityId community, List<StoredEvent> events) {
        for (StoredEvent event : events) {
            EventKind kind = event.record().kind();
            EventKind over = AlarmKinds.ENDED_BY.get(kind);
            if (over == null) {
                rows.insert(event);
            } else {
                rows.ended(event, over);
            }
        }
    }
}
