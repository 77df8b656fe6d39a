package io.zhitong.backend.boards;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.uhppote.BoardCursor;
import io.zhitong.uhppote.BoardJournal;
import java.security.SecureRandom;
import java.util.List;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The journal of a board in the database (控制板日志): records and cursor in one transaction, and only when the cursor still stands where
 * it was read, so that two workers never take over the same event. Used by one thread at a time.
 */
final class DatabaseJournal implements BoardJournal {
    private final DeviceAddress device;
    private final BoardRows rows;
    private final TransactionTemplate transactions;
    private final SecureRandom random;
    private byte[] read = {};

    DatabaseJournal(DeviceAddress device, BoardRows rows, TransactionTemplate transactions, SecureRandom random) {
        this.device = device;
        this.rows = rows;
        this.transactions = transactions;
        this.random = random;
    }

    @Override
    public BoardCursor cursor() {
        read = rows.cursor(device).orElseGet(this::begun);
        return BoardCursor.decode(read);
    }

    private byte[] begun() {
        rows.begin(device, BoardCursor.start(JournalId.draw(random)).encode());
        return rows.cursor(device).orElseThrow();
    }

    /** @throws CursorMovedException when another worker was faster; nothing is stored */
    @Override
    public void store(List<JournalRecord> records, BoardCursor behind) {
        transactions.executeWithoutResult(status -> {
            if (!rows.move(device, read, behind.encode())) {
                throw new CursorMovedException();
            }
            records.forEach(rows::insert);
        });
    }
}
