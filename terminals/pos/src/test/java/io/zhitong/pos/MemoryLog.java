package io.zhitong.pos;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What the journal of a device keeps over a restart of the till, with a disk that can be full. */
final class MemoryLog implements PaymentLog {
    private record Entry(EventKind kind, byte[] body) {}

    private final List<Entry> entries = new ArrayList<>();
    private boolean room = true;
    private int failsAfter = Integer.MAX_VALUE;

    void room(boolean now) {
        room = now;
    }

    /** So many more records can be written, then the disk is full. */
    void failsAfter(int records) {
        failsAfter = entries.size() + records;
    }

    void works() {
        failsAfter = Integer.MAX_VALUE;
    }

    @Override
    public boolean hasRoom() {
        return room;
    }

    @Override
    public void append(EventKind kind, byte[] body) {
        if (entries.size() >= failsAfter) {
            throw new EdgeException(EdgeFault.DISK_FULL, "planted");
        }
        entries.add(new Entry(kind, body.clone()));
    }

    @Override
    public void replay(BiConsumer<EventKind, byte[]> reader) {
        List.copyOf(entries)
                .forEach(each -> reader.accept(each.kind(), each.body().clone()));
    }

    List<EventKind> kinds() {
        return entries.stream().map(Entry::kind).toList();
    }

    PurchaseRecord last() {
        return PurchaseRecord.parse(entries.get(entries.size() - 1).body());
    }

    List<PurchaseRecord> of(EventKind kind) {
        return entries.stream()
                .filter(each -> each.kind() == kind)
                .map(each -> PurchaseRecord.parse(each.body()))
                .toList();
    }
}
