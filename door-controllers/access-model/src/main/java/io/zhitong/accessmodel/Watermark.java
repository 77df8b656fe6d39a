package io.zhitong.accessmodel;

/**
 * How far a journal is known (水位): the last record taken over and its chain hash.
 *
 * @param journal which journal
 * @param sequence sequence of that record, 0 = none yet
 * @param hash its chain hash, zeros = none yet
 */
public record Watermark(JournalId journal, long sequence, Hash hash) {

    public Watermark {
        ModelException.require(sequence >= 0, ModelException.Reason.RANGE, "a sequence from 0");
        ModelException.require(
                sequence > 0 || hash.equals(Hash.ZERO), ModelException.Reason.RANGE, "a zero hash before record 1");
    }

    public static Watermark start(JournalId journal) {
        return new Watermark(journal, 0, Hash.ZERO);
    }
}
