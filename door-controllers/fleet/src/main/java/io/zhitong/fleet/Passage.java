package io.zhitong.fleet;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.cardspec.CredentialNumber;

/**
 * What a tap comes to (通行): two taps of one credential at one point with one outcome look alike, so passages are counted.
 *
 * @param credential 0 = unknown
 */
record Passage(long device, int point, long credential, boolean granted) {

    /** The passage that a stored event tells of. */
    static Passage of(JournalRecord record) {
        AccessEvent event = AccessEvent.decode(record.body().toByteArray());
        return new Passage(
                record.device().value(),
                record.point().value(),
                event.credential().map(CredentialNumber::value).orElse(0L),
                event.outcome() == Outcome.GRANTED);
    }
}
