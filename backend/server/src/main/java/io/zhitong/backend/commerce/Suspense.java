package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.ledger.AccountKey;
import io.zhitong.backend.ledger.EntryKind;
import io.zhitong.backend.ledger.Ledger;
import io.zhitong.backend.ledger.Posted;
import io.zhitong.backend.ledger.Posting;
import io.zhitong.backend.ledger.Transfer;
import io.zhitong.smcrypto.Sm3;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sets records aside that cannot be paid, with their reason and their money (待查). In the caller's transaction. */
@Component
class Suspense {
    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final TimeOrderedIds ids;
    private final Clock clock;

    Suspense(JdbcClient jdbc, Ledger ledger, TimeOrderedIds ids, Clock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.ids = ids;
        this.clock = clock;
    }

    /** Notes the record and moves its amount, if it has one, from the account to suspense. */
    void hold(StoredPurchase p, SuspenseReason reason, AccountKey from) {
        if (p.record().amount() == 0) {
            note(p, reason);
            return;
        }
        String key = String.join(
                ":", "suspense", p.psam(), String.valueOf(p.record().terminalSeq()), reason.name(), digest(p));
        Transfer transfer = new Transfer(from, AccountKey.SUSPENSE, p.record().amount());
        Posted posted =
                ledger.post(new Posting(p.community(), key, EntryKind.SUSPENSE, reason.chinese(), List.of(transfer)));
        if (posted.fresh()) {
            insert(p, reason, posted.businessDay(), Optional.of(posted.entry()));
        }
    }

    /** Notes the record without moving money: nobody knows whether the card was debited. */
    void note(StoredPurchase p, SuspenseReason reason) {
        insert(p, reason, ledger.today(p.community()), Optional.empty());
    }

    /** Notes bytes that are no purchase record. */
    void noteMalformed(CommunityId community, long device, byte[] bytes) {
        insert(
                community,
                new Object[] {"", 0, SuspenseReason.MALFORMED.name(), 0, bytes, device, ledger.today(community)},
                Optional.empty());
    }

    private void insert(StoredPurchase p, SuspenseReason reason, LocalDate day, Optional<UUID> entry) {
        Object[] content = {
            p.psam(),
            p.record().terminalSeq(),
            reason.name(),
            p.record().amount(),
            p.record().encode(),
            p.device(),
            day
        };
        insert(p.community(), content, entry);
    }

    private void insert(CommunityId community, Object[] content, Optional<UUID> entry) {
        jdbc.sql("insert into suspense_item (community_id, id, psam, terminal_sequence, reason, amount_fen, record,"
                        + " device_number, business_day, noted_at, entry_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(community.value())
                .param(ids.next())
                .params(content)
                .param(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param(entry.orElse(null))
                .update();
    }

    private static String digest(StoredPurchase p) {
        return StoredPurchase.hex(Arrays.copyOf(Sm3.hash(p.record().encode()), 8));
    }
}
