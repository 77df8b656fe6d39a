package io.zhitong.uhppote;

import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import java.util.ArrayList;
import java.util.List;

/** A journal in memory that can be told to fail once, before or after it has stored. */
final class MemoryJournal implements BoardJournal {
    final List<JournalRecord> records = new ArrayList<>();
    BoardCursor cursor = BoardCursor.start(new JournalId(0x5A5A));
    boolean diesBefore;
    boolean diesAfter;

    /** What a crash looks like. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public BoardCursor cursor() {
        return cursor;
    }

    @Override
    public void store(List<JournalRecord> more, BoardCursor behind) {
        dieIf(diesBefore);
        records.addAll(more);
        cursor = behind;
        dieIf(diesAfter);
    }

    private void dieIf(boolean dies) {
        if (dies) {
            diesBefore = false;
            diesAfter = false;
            throw new Died();
        }
    }
}
