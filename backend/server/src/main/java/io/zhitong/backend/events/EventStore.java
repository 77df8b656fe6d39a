package io.zhitong.backend.events;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes over the journals of devices, each record exactly once (事件入库).
 *
 * <p>In one transaction: the journal's watermark is locked; what is at or below it is dropped after its hash agreed; what
 * leaves out numbers is a gap; the rest is stored and the watermark advanced. Batches that wait at the same time share a
 * transaction. Positions are given out under a lock of the community's order row that lasts until the commit, so that they
 * become visible in their order: a reader that asks for "after 17" can never miss an 18 that commits later. Thread-safe.
 */
@Component
public class EventStore {
    private final EventIngest ingest;
    private final EventSignal signal;
    private final Map<CommunityId, CommitLane> lanes = new ConcurrentHashMap<>();

    EventStore(EventIngest ingest, EventSignal signal) {
        this.ingest = ingest;
        this.signal = signal;
    }

    /** How far the journal is known; the device sends from the record after it. */
    public Watermark watermark(CommunityId community, DeviceId device, JournalId journal) {
        return ingest.watermark(new DeviceAddress(community, device), journal);
    }

    /**
     * Stores a batch of one journal and answers the watermark to acknowledge. When this returns it is committed.
     *
     * @param records of one journal of this device, ascending by sequence
     * @throws WrongSenderException when a record names another community, device or journal; nothing is stored
     * @throws IllegalStateException within a transaction: it could take back what is acknowledged
     */
    public Watermark append(CommunityId community, DeviceId device, JournalId journal, List<JournalRecord> records) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("events are stored in a transaction of their own, not within another");
        }
        EventBatch batch = EventBatch.of(new DeviceAddress(community, device), journal, records);
        Watermark reached = lanes.computeIfAbsent(
                        community, any -> new CommitLane(group -> ingest.together(community, group), ingest::alone))
                .store(batch);
        signal.raise();
        return reached;
    }

    static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
