package io.zhitong.backend.devices;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import java.util.Set;

/**
 * Who wants the alarm copies of a kind as they arrive, ahead of the stored record (告警快报): a bean of a module above. The copy is
 * for showing; what counts is the record that follows in order, told by {@link io.zhitong.backend.events.EventConsumer}.
 */
public interface DeviceMessageHandler {
    Set<EventKind> kinds();

    void received(JournalRecord copy);
}
