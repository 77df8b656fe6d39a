package io.zhitong.cos.sam;

import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/** The terminal transaction sequence (终端交易序号), file 0019 of the SAM's application: the next number to be issued, 4 bytes. */
final class TerminalSequence {
    private static final int FILE = 0x0019;
    private static final long LAST = 0xFFFFFFFFL;

    private final CardFile file;

    private TerminalSequence(CardFile file) {
        this.file = file;
    }

    static TerminalSequence of(CardContext card) {
        return new TerminalSequence(card.files()
                .child(card.session().df(), FILE)
                .filter(f -> f.kind() == FileKind.BINARY && f.size() >= 4)
                .orElseThrow(() -> new CommandRefused(StatusWord.FILE_NOT_FOUND)));
    }

    /** The next number; 9402 when there is none left. */
    long next() {
        long next = new ByteReader(file.read(0, 4)).u32();
        CommandRefused.unless(next < LAST, StatusWord.COUNTER_AT_END);
        return next;
    }

    void raise() {
        file.write(0, new ByteWriter().u32(next() + 1).toByteArray());
    }
}
