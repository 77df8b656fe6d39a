package io.zhitong.cos.file;

import io.zhitong.cardspec.StatusWord;
import java.util.Arrays;

/**
 * Records of an EF (记录文件), numbered from 1. Fixed files have a grid of equal records; in a cyclic file the newest is
 * number 1 and a full file loses its oldest; a variable file holds {@code length 1 ‖ record} one after the other.
 */
public final class RecordFile {
    private final CardFile file;

    /** @throws CommandRefused 6981 if the file has no records */
    public RecordFile(CardFile file) {
        CommandRefused.unless(file.kind().hasRecords(), StatusWord.NOT_COMPATIBLE_WITH_FILE);
        this.file = file;
    }

    /** A record that exists. */
    public byte[] read(int number) {
        if (file.kind() == FileKind.VARIABLE_RECORDS) {
            int at = variableAt(number);
            return file.read(at + 1, lengthAt(at));
        }
        return file.read(gridAt(number), file.recordLength());
    }

    /** Replaces a record; it keeps its length. */
    public void update(int number, byte[] record) {
        if (file.kind() == FileKind.VARIABLE_RECORDS) {
            int at = variableAt(number);
            CommandRefused.unless(lengthAt(at) == record.length, StatusWord.WRONG_LENGTH);
            file.write(at + 1, record);
            return;
        }
        CommandRefused.unless(file.recordLength() == record.length, StatusWord.WRONG_LENGTH);
        file.write(gridAt(number), record);
    }

    /** Replaces a record, or makes the one behind the last; 6A83 if neither fits. */
    public void place(int number, byte[] record) {
        if (number == count() + 1 && file.kind() != FileKind.CYCLIC_RECORDS) {
            append(record);
            return;
        }
        CommandRefused.unless(read(number).length == record.length, StatusWord.RECORD_NOT_FOUND);
        update(number, record);
    }

    /** Adds a record behind the last, or over the oldest of a cyclic file. */
    public void append(byte[] record) {
        switch (file.kind()) {
            case VARIABLE_RECORDS -> appendVariable(record);
            case CYCLIC_RECORDS -> appendCyclic(record);
            default -> appendFixed(record);
        }
    }

    /** Number of the first record that begins with that byte, 6A83 if none does. */
    public int startingWith(int first) {
        for (int number = 1; number <= count(); number++) {
            if ((read(number)[0] & 0xFF) == first) {
                return number;
            }
        }
        throw new CommandRefused(StatusWord.RECORD_NOT_FOUND);
    }

    /** Number of records now. */
    public int count() {
        if (file.kind() == FileKind.VARIABLE_RECORDS) {
            int n = 0;
            for (int at = 0; hasVariable(at); at += 1 + lengthAt(at)) {
                n++;
            }
            return n;
        }
        return file.recordsInUse();
    }

    private void appendFixed(byte[] record) {
        CommandRefused.unless(file.recordLength() == record.length, StatusWord.WRONG_LENGTH);
        int inUse = file.recordsInUse();
        CommandRefused.unless(inUse < capacity(), StatusWord.NO_SPACE);
        file.write(inUse * record.length, record);
        file.setRecords(inUse + 1, 0);
    }

    private void appendCyclic(byte[] record) {
        CommandRefused.unless(file.recordLength() == record.length, StatusWord.WRONG_LENGTH);
        int inUse = file.recordsInUse();
        int slot = inUse == 0 ? 0 : (file.newest() + 1) % capacity();
        file.write(slot * record.length, record);
        file.setRecords(Math.min(inUse + 1, capacity()), slot);
    }

    private void appendVariable(byte[] record) {
        CommandRefused.unless(record.length > 0, StatusWord.WRONG_LENGTH);
        int at = 0;
        while (hasVariable(at)) {
            at += 1 + lengthAt(at);
        }
        CommandRefused.unless(at + 1 + record.length <= file.size(), StatusWord.NO_SPACE);
        byte[] entry = new byte[1 + record.length];
        entry[0] = (byte) record.length;
        System.arraycopy(record, 0, entry, 1, record.length);
        file.write(at, entry);
    }

    private int gridAt(int number) {
        CommandRefused.unless(number >= 1 && number <= file.recordsInUse(), StatusWord.RECORD_NOT_FOUND);
        int slot = file.kind() == FileKind.CYCLIC_RECORDS
                ? Math.floorMod(file.newest() - (number - 1), capacity())
                : number - 1;
        return slot * file.recordLength();
    }

    private int variableAt(int number) {
        int at = 0;
        for (int n = 1; n < number && hasVariable(at); n++) {
            at += 1 + lengthAt(at);
        }
        CommandRefused.unless(number >= 1 && hasVariable(at), StatusWord.RECORD_NOT_FOUND);
        return at;
    }

    private boolean hasVariable(int at) {
        return at < file.size() && lengthAt(at) > 0;
    }

    private int lengthAt(int at) {
        return file.read(at, 1)[0] & 0xFF;
    }

    private int capacity() {
        return file.size() / file.recordLength();
    }

    @Override
    public String toString() {
        return "RecordFile[" + Arrays.toString(new int[] {file.fid(), count()}) + "]";
    }
}
