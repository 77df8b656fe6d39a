package io.zhitong.backend.cards;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.commerce.PurseLoad;
import io.zhitong.backend.commerce.PurseLoads;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.cardterminal.LoadJournal;
import io.zhitong.cardterminal.LoadRecord;
import io.zhitong.smcrypto.Hex;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The durable memory of loads (充值流水): open until the card's TAC, or its proof that nothing happened. */
@Component
class OpenLoads {
    private final JdbcClient jdbc;
    private final PurseLoads ledger;
    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    OpenLoads(JdbcClient jdbc, PurseLoads ledger, AuditLog audit, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Loads of this card whose end is not known, oldest first. */
    List<LoadRecord> open(CommunityId community, String cardSerial) {
        return jdbc.sql("select record from card_load where community_id = ? and card_serial = ? and state = 'OPEN'"
                        + " order by online_counter")
                .params(community.value(), cardSerial)
                .query((row, n) -> LoadRecord.parse(row.getBytes(1)))
                .list();
    }

    /** The journal of one clerk's loads. */
    LoadJournal journal(ConsoleUser user) {
        return new LoadJournal() {
            @Override
            public void intent(LoadRecord load) {
                transactions.executeWithoutResult(status -> begin(user, load));
            }

            @Override
            public void settled(LoadRecord load, boolean credited) {
                transactions.executeWithoutResult(status -> settle(user, load, credited));
            }
        };
    }

    /** A load that was proved not credited leaves its counter to the next one. */
    private void begin(ConsoleUser user, LoadRecord load) {
        jdbc.sql("delete from card_load where community_id = ? and card_serial = ? and online_counter = ?"
                        + " and state = 'NOT_CREDITED'")
                .params(user.communityId(), serial(load), load.onlineSeq())
                .update();
        jdbc.sql("insert into card_load (community_id, card_serial, online_counter, record, state, clerk, started_at)"
                        + " values (?, ?, ?, ?, 'OPEN', ?, ?)")
                .params(
                        user.communityId(),
                        serial(load),
                        load.onlineSeq(),
                        load.encode(),
                        user.login(),
                        OffsetDateTime.now(clock))
                .update();
    }

    private void settle(ConsoleUser user, LoadRecord load, boolean credited) {
        jdbc.sql("update card_load set state = ?, record = ? where community_id = ? and card_serial = ?"
                        + " and online_counter = ?")
                .params(
                        credited ? "CREDITED" : "NOT_CREDITED",
                        load.encode(),
                        user.communityId(),
                        serial(load),
                        load.onlineSeq())
                .update();
        if (credited) {
            ledger.enter(entry(user, load));
            audit.record(
                    user.community(),
                    user.actor(),
                    "card.load",
                    "card " + serial(load),
                    load.oldBalance() + " fen",
                    load.newBalance() + " fen");
        }
    }

    private static PurseLoad entry(ConsoleUser user, LoadRecord load) {
        return new PurseLoad(
                user.community(),
                serial(load),
                load.onlineSeq(),
                load.amount(),
                load.newBalance(),
                Hex.of(load.tac()).toUpperCase(Locale.ROOT),
                load.time().toString(),
                user.login());
    }

    private static String serial(LoadRecord load) {
        return Hex.of(load.cardSerial()).toUpperCase(Locale.ROOT);
    }
}
