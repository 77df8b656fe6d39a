package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongBiFunction;

/**
 * A parking lane's CAPP rules (停车车道): the entry writes where and when, the exit reads it, charges and writes that the card
 * is out. A record is taken only if its MAC is right for this card and it is of the card's last CAPP; a record copied back
 * later is refused. Rules are made for one card each; the lane is thread-safe as its keys are.
 */
public final class Lane {
    private final byte[] point;
    private final int type;
    private final int shortId;
    private final int recordNumber;
    private final int keyVersion;
    private final LaneKeys keys;

    /**
     * @param point8 the lane's point id as card commands carry it
     * @param type first byte of the records
     * @param shortId of their file
     * @param recordNumber in that file
     * @param keyVersion of the lane master in use
     */
    public Lane(byte[] point8, int type, int shortId, int recordNumber, int keyVersion, LaneKeys keys) {
        this.point = point8.clone();
        this.type = type;
        this.shortId = shortId;
        this.recordNumber = recordNumber;
        this.keyVersion = keyVersion;
        this.keys = keys;
    }

    /** The way in: nothing is due. A record of another form is a card's that was never here. */
    public CappRule entry(byte[] content22) {
        return new Way(true, content22, (record, time) -> 0);
    }

    /** The way out: the fare in fen follows from the genuine record of the entry and the time now. */
    public CappRule exit(ToLongBiFunction<LaneRecord, CardTime> fare) {
        return new Way(false, new byte[LaneRecord.CONTENT], fare);
    }

    private final class Way implements CappRule {
        private final boolean in;
        private final byte[] content;
        private final ToLongBiFunction<LaneRecord, CardTime> fare;
        private Optional<LaneRecord> found = Optional.empty();

        Way(boolean in, byte[] content, ToLongBiFunction<LaneRecord, CardTime> fare) {
            this.in = in;
            this.content = content.clone();
            this.fare = fare;
        }

        @Override
        public int shortId() {
            return shortId;
        }

        @Override
        public int recordNumber() {
            return recordNumber;
        }

        @Override
        public long due(PurseData card, byte[] record, CardTime time) {
            found = genuine(card, record);
            boolean inside = found.map(LaneRecord::inside).orElse(false);
            if (inside == in) {
                throw new PurchaseRefused(PurchaseRefusal.LANE_STATE);
            }
            return found.map(entry -> fare.applyAsLong(entry, time)).orElse(0L);
        }

        private Optional<LaneRecord> genuine(PurseData card, byte[] record) {
            if (unused(record)) {
                return Optional.empty();
            }
            try {
                LaneRecord read = LaneRecord.parse(record);
                if (read.genuine(record, serial(card), keys)) {
                    return Optional.of(read);
                }
                throw new PurchaseRefused(PurchaseRefusal.RECORD_FORGED);
            } catch (MalformedInput e) {
                throw new PurchaseRefused(PurchaseRefusal.RECORD_FORGED);
            } catch (CardException e) {
                throw new PurchaseRefused(PurchaseRefusal.SAM_FAILED);
            }
        }

        /** As personalisation leaves it: type and length, then zeros. */
        private boolean unused(byte[] record) {
            return record.length == LaneRecord.LENGTH
                    && Arrays.equals(Arrays.copyOfRange(record, 2, record.length), new byte[record.length - 2]);
        }

        @Override
        public int writtenAt() {
            return found.map(LaneRecord::offlineSeq).orElse(0);
        }

        @Override
        public boolean follows(int offlineSeq) {
            return found.isEmpty() || found.get().offlineSeq() + 1 == offlineSeq;
        }

        @Override
        public List<CappUpdate> updates(PurseData card, int offlineSeq, CardTime time) {
            var next = new LaneRecord(type, in, keyVersion, offlineSeq, point, time, content);
            try {
                return List.of(new CappUpdate(type, shortId, next.sealed(serial(card), keys)));
            } catch (CardException e) {
                throw new PurchaseRefused(PurchaseRefusal.SAM_FAILED);
            }
        }

        private static CredentialNumber serial(PurseData card) {
            return CredentialNumber.of(card.factor());
        }
    }
}
