package io.zhitong.uhppote;

import io.zhitong.accessmodel.JournalRecord;
import java.util.List;

/**
 * Where a board's events are kept (板事件存储). Records and the cursor behind them stand or fall together: that is what makes each
 * event be there once.
 */
public interface BoardJournal {

    /** How far the events were taken over. */
    BoardCursor cursor();

    /** Stores both or neither; returns when they are durable. */
    void store(List<JournalRecord> records, BoardCursor behind);
}
