package io.zhitong.cardterminal;

/**
 * A record to be written with the debit of a CAPP (复合消费记录更新), docs/card.md.
 *
 * @param type first byte of the record, which finds it in its file
 * @param shortId short identifier of the file, 1 to 30
 * @param record the whole new record
 */
public record CappUpdate(int type, int shortId, byte[] record) {
    public CappUpdate {
        if (type < 0 || type > 255 || shortId < 1 || shortId > 30 || record.length == 0) {
            throw new IllegalArgumentException("expected a type of one byte, a short id of 1 to 30 and a record");
        }
        record = record.clone();
    }

    @Override
    public byte[] record() {
        return record.clone();
    }
}
