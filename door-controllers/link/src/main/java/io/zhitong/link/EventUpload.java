package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.link.proto.EventBatch;
import io.zhitong.link.proto.FromDevice;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the backend does not have, from the watermark it stated on, at most {@link ServerSession#WINDOW} batches
 * ahead of its acknowledgements (事件上传). One per connection, used by one thread.
 */
final class EventUpload {

    private static final int MAX_BATCH = 12_000;
    private static final Logger LOG = LoggerFactory.getLogger(EventUpload.class);

    private final JournalSource journal;
    private final Consumer<FromDevice> out;
    private long sent;
    private int underWay;
    private boolean blocked = true;

    EventUpload(JournalSource journal, Consumer<FromDevice> out) {
        this.journal = journal;
        this.out = out;
    }

    /**
     * The backend's watermark. If its hash is not the one of our own record, its copy or ours is of another history:
     * nothing is sent and a person must look, instead of storing two truths.
     */
    void welcome(long sequence, Hash hash) {
        Watermark stored = watermark(sequence, hash);
        requireOurs(stored);
        sent = sequence;
        underWay = 0;
        blocked = false;
        if (sequence > 0) {
            journal.stored(stored);
        }
        pump();
    }

    private void requireOurs(Watermark stored) {
        if (stored.sequence() > journal.lastSequence() || contradicts(stored)) {
            throw new LinkException(LinkFault.BROKEN_CHAIN, "the backend's watermark is not a record of this journal");
        }
    }

    private boolean contradicts(Watermark stored) {
        if (stored.sequence() == 0) {
            return false;
        }
        Optional<JournalRecord> ours =
                journal.after(stored.sequence() - 1, 1).stream().findFirst();
        return ours.filter(record -> record.sequence() == stored.sequence())
                .filter(record -> !record.hash().equals(stored.hash()))
                .isPresent();
    }

    void stored(long sequence, Hash hash) {
        Wire.require(underWay > 0 && sequence <= journal.lastSequence(), "an acknowledgement of something sent");
        Watermark stored = watermark(sequence, hash);
        if (sequence > sent) { // a batch of the connection before was stored after this one's welcome
            requireOurs(stored);
            sent = sequence;
        }
        underWay--;
        journal.stored(stored);
        pump();
    }

    private Watermark watermark(long sequence, Hash hash) {
        return Wire.checked(() -> new Watermark(journal.journal(), sequence, hash));
    }

    /** Sends what there is and the window allows. */
    void pump() {
        while (!blocked && underWay < ServerSession.WINDOW) {
            List<JournalRecord> batch = journal.after(sent, MAX_BATCH);
            if (batch.isEmpty()) {
                return;
            }
            out.accept(FromDevice.newBuilder()
                    .setEvents(EventBatch.newBuilder()
                            .addAllRecord(batch.stream()
                                    .map(record -> ByteString.copyFrom(record.encode()))
                                    .toList()))
                    .build());
            underWay++;
            sent = batch.get(batch.size() - 1).sequence();
            LOG.debug("events sent up to sequence={}", sent);
        }
    }
}
