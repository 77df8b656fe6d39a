package io.zhitong.backend.events;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.events.EventBatch.Chained;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The two transactions that store events (入库事务). Locks are always taken in the same order: watermarks by device and
 * journal, then the community's order row, last and for as short as can be: between it and the commit there is only the
 * writing of the rows. Thread-safe.
 */
@Component
class EventIngest {
    private final JournalRows journals;
    private final OrderRows order;
    private final GapRows gaps;
    private final EventWriter writer;
    private final EventDays days;
    private final TransactionTemplate transactions;
    private final Clock clock;

    EventIngest(
            JournalRows journals,
            OrderRows order,
            GapRows gaps,
            EventWriter writer,
            EventDays days,
            TransactionTemplate transactions,
            Clock clock) {
        this.journals = journals;
        this.order = order;
        this.gaps = gaps;
        this.writer = writer;
        this.days = days;
        this.transactions = transactions;
        this.clock = clock;
    }

    Watermark watermark(DeviceAddress device, JournalId journal) {
        return journals.watermark(device, journal).orElse(Watermark.start(journal));
    }

    /**
     * Stores what simply follows, of many journals in one transaction.
     *
     * @param batches of different journals of the community
     * @return per batch its new watermark; nothing when it has to be stored alone
     */
    List<Optional<Watermark>> together(CommunityId community, List<EventBatch> batches) {
        Instant now = now();
        return committed(() -> {
            Map<JournalRows.Key, Watermark> free = journals.lockFree(community, batches);
            List<Optional<Watermark>> answers = new ArrayList<>();
            List<Judgement> plain = new ArrayList<>();
            List<EventBatch> stored = new ArrayList<>();
            for (EventBatch batch : batches) {
                Optional<Judgement> judged = Optional.ofNullable(free.get(JournalRows.Key.of(batch)))
                        .map(known -> Judgement.of(known, batch.records()))
                        .filter(Judgement::plain);
                judged.ifPresent(each -> {
                    plain.add(each);
                    stored.add(batch);
                });
                answers.add(judged.map(Judgement::reached));
            }
            List<Chained> fresh =
                    plain.stream().flatMap(each -> each.fresh().stream()).toList();
            write(community, fresh, now);
            journals.advance(stored, plain.stream().map(Judgement::reached).toList());
            return answers;
        });
    }

    /** Stores one batch, whatever it holds; waits for its journal if somebody else has it. */
    Watermark alone(EventBatch batch) {
        Instant now = now();
        return committed(() -> {
            Watermark known = journals.lock(batch.device(), batch.journal(), now);
            Judgement judged = Judgement.of(known, batch.records());
            judged.findings().forEach(finding -> gaps.note(finding, now));
            write(batch.device().community(), judged.fresh(), now);
            journals.advance(List.of(batch), List.of(judged.reached()));
            gaps.compare(judged.below(), now);
            return judged.reached();
        });
    }

    private void write(CommunityId community, List<Chained> fresh, Instant now) {
        if (!fresh.isEmpty()) {
            OrderRows.Place place = order.take(community, fresh.size(), day(now));
            writer.write(fresh, place, now);
        }
    }

    private <T> T committed(Supplier<T> work) {
        days.open(day(now()));
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }

    /** As exact as both engines keep it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }
}
