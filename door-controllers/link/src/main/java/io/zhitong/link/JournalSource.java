package io.zhitong.link;

import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import java.util.List;

/** The journal of a device as its uplink sees it (日志来源). Called on one worker thread; may block. */
public interface JournalSource {

    JournalId journal();

    /** Newest record, 0 = none. */
    long lastSequence();

    /** Oldest record still held, 0 = none. */
    long firstSequence();

    /**
     * Records behind {@code sequence}, rising, as many as fit into {@code maxBytes}, at least one if there is any. Only
     * records that are safely on disk.
     */
    List<JournalRecord> after(long sequence, int maxBytes);

    /** The backend has stored everything up to here; the records stay until space or age force them out. */
    void stored(Watermark watermark);
}
