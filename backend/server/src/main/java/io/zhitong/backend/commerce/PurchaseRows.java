package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.ledger.Posted;
import io.zhitong.cardspec.PurchaseRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of the table {@code purchase} (消费表). */
@Component
class PurchaseRows {
    private static final String KEY = " where community_id = ? and psam = ? and terminal_sequence = ?";

    private final JdbcClient jdbc;

    PurchaseRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False if a record of this identity is there already. */
    boolean insert(StoredPurchase p) {
        return jdbc.sql("insert into purchase (community_id, psam, terminal_sequence, record, device_number,"
                                + " event_position, received_at, state, card_serial, card_counter, amount_fen, made_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                        .params(
                                p.community().value(),
                                p.psam(),
                                p.record().terminalSeq(),
                                p.record().encode(),
                                p.device(),
                                p.position(),
                                OffsetDateTime.ofInstant(p.received(), ZoneOffset.UTC),
                                p.state().name(),
                                p.card(),
                                p.record().offlineSeq(),
                                p.record().amount(),
                                p.time())
                        .update()
                == 1;
    }

    /** The record of that identity, its row locked. */
    StoredPurchase lock(StoredPurchase p) {
        return jdbc.sql("select * from purchase" + KEY + " for update")
                .params(p.community().value(), p.psam(), p.record().terminalSeq())
                .query((row, n) -> purchase(row))
                .single();
    }

    /** A record that moved nothing gives way: a doubtful one to its end, a number that was not given to its sale. */
    void replace(StoredPurchase p) {
        jdbc.sql("update purchase set record = ?, device_number = ?, event_position = ?, received_at = ?, state = ?,"
                        + " card_serial = ?, card_counter = ?, amount_fen = ?, made_at = ?" + KEY)
                .params(
                        p.record().encode(),
                        p.device(),
                        p.position(),
                        OffsetDateTime.ofInstant(p.received(), ZoneOffset.UTC),
                        p.state().name(),
                        p.card(),
                        p.record().offlineSeq(),
                        p.record().amount(),
                        p.time(),
                        p.community().value(),
                        p.psam(),
                        p.record().terminalSeq())
                .update();
    }

    /** Decides a queued record; false if somebody else did. */
    boolean decide(StoredPurchase p, PurchaseState state, LocalDate day) {
        return jdbc.sql("update purchase set state = ?, business_day = ?" + KEY + " and state = 'QUEUED'")
                        .params(
                                state.name(),
                                day,
                                p.community().value(),
                                p.psam(),
                                p.record().terminalSeq())
                        .update()
                == 1;
    }

    void posted(StoredPurchase p, String merchant, Posted posted) {
        jdbc.sql("update purchase set merchant = ?, entry_id = ?, business_day = ?" + KEY)
                .params(
                        merchant,
                        posted.entry(),
                        posted.businessDay(),
                        p.community().value(),
                        p.psam(),
                        p.record().terminalSeq())
                .update();
    }

    void suspend(StoredPurchase p) {
        jdbc.sql("update purchase set state = 'SUSPENSE'" + KEY)
                .params(p.community().value(), p.psam(), p.record().terminalSeq())
                .update();
    }

    /** The oldest records that wait for the vault, of all communities. */
    List<StoredPurchase> queued(int limit) {
        return jdbc.sql("select * from purchase where state = 'QUEUED' order by community_id, event_position limit ?")
                .param(limit)
                .query((row, n) -> purchase(row))
                .list();
    }

    static StoredPurchase purchase(ResultSet row) throws SQLException {
        return new StoredPurchase(
                new CommunityId(row.getInt("community_id")),
                PurchaseRecord.parse(row.getBytes("record")),
                row.getLong("device_number"),
                row.getLong("event_position"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                PurchaseState.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("merchant")),
                Optional.ofNullable(row.getObject("business_day", LocalDate.class)));
    }
}
