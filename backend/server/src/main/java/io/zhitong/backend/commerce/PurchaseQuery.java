package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads purchases, suspense and gaps for pages and settlement (消费查询). Thread-safe. */
@Component
public class PurchaseQuery {
    private static final int MOST_GAPS = 200;
    private static final String TOTALS =
            "select state, count(*), sum(amount_fen) from purchase where community_id = :community";

    private final JdbcClient jdbc;

    PurchaseQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Number and amount of purchases. */
    public record Total(long count, long amountFen) {
        public static final Total NONE = new Total(0, 0);
    }

    /**
     * Newest first.
     *
     * @param text part of a card or PSAM serial, or a whole terminal sequence; empty for all
     * @param before position below which to go on
     */
    public List<StoredPurchase> search(
            CommunityId community, String text, Optional<PurchaseState> state, OptionalLong before, int limit) {
        String wanted = text.replace('\0', ' ').strip();
        String digits = wanted.toUpperCase(Locale.ROOT).replaceAll("[ -]", "");
        // What is no hex is no part of a serial: it finds nothing, not everything.
        String serial = digits.matches("[0-9A-F]+") ? "%" + digits + "%" : "-";
        return jdbc.sql("select * from purchase where community_id = :community and event_position < :before"
                        + " and (:state = '' or state = :state)"
                        + " and (:text = '' or card_serial like :serial or psam like :serial"
                        + " or cast(terminal_sequence as varchar(20)) = :text)"
                        + " order by event_position desc limit :limit")
                .param("community", community.value())
                .param("before", before.orElse(Long.MAX_VALUE))
                .param("state", state.map(Enum::name).orElse(""))
                .param("text", wanted)
                .param("serial", serial)
                .param("limit", limit)
                .query((row, n) -> PurchaseRows.purchase(row))
                .list();
    }

    /** Purchases posted on that business day for the merchant, in the order of PSAM and terminal sequence. */
    public List<StoredPurchase> posted(CommunityId community, LocalDate day, String merchant) {
        return jdbc.sql("select * from purchase where community_id = ? and business_day = ? and merchant = ?"
                        + " and state = 'POSTED' order by psam, terminal_sequence")
                .params(community.value(), day, merchant)
                .query((row, n) -> PurchaseRows.purchase(row))
                .list();
    }

    /** Number and amount per state of all purchases. */
    public Map<PurchaseState, Total> totals(CommunityId community) {
        return totals(jdbc.sql(TOTALS + " group by state").param("community", community.value()));
    }

    /** Number and amount per state of what these tills, one at least, sold and was decided on one business day. */
    public Map<PurchaseState, Total> totalsOfDevices(CommunityId community, LocalDate day, List<Long> devices) {
        return totals(jdbc.sql(TOTALS + " and business_day = :day and device_number in (:devices) group by state")
                .param("community", community.value())
                .param("day", day)
                .param("devices", devices));
    }

    /** Number and amount per state of all that was decided on one business day. */
    public Map<PurchaseState, Total> totalsOfDay(CommunityId community, LocalDate day) {
        return totals(jdbc.sql(TOTALS + " and business_day = :day group by state")
                .param("community", community.value())
                .param("day", day));
    }

    /** What was posted, by business day, from a day on; a day without sales is not there. */
    public Map<LocalDate, Total> takings(CommunityId community, LocalDate from) {
        Map<LocalDate, Total> takings = new TreeMap<>();
        jdbc.sql("select business_day, count(*), sum(amount_fen) from purchase where community_id = ?"
                        + " and business_day >= ? and state = 'POSTED' group by business_day")
                .params(community.value(), from)
                .query(row -> {
                    takings.put(row.getObject(1, LocalDate.class), new Total(row.getLong(2), row.getLong(3)));
                });
        return takings;
    }

    /** How much is in suspense, resolved or not told apart yet. */
    public long suspenseCount(CommunityId community) {
        return jdbc.sql("select count(*) from suspense_item where community_id = ?")
                .param(community.value())
                .query(Long.class)
                .single();
    }

    private static Map<PurchaseState, Total> totals(JdbcClient.StatementSpec statement) {
        Map<PurchaseState, Total> totals = new EnumMap<>(PurchaseState.class);
        for (PurchaseState state : PurchaseState.values()) {
            totals.put(state, Total.NONE);
        }
        statement.query(row -> {
            totals.put(PurchaseState.valueOf(row.getString(1)), new Total(row.getLong(2), row.getLong(3)));
        });
        return totals;
    }

    /** Newest first. */
    public List<SuspenseItem> suspense(CommunityId community, Optional<LocalDate> day, int limit) {
        String where = day.isPresent() ? " and business_day = :day" : "";
        return jdbc.sql("select * from suspense_item where community_id = :community" + where
                        + " order by noted_at desc, id desc limit :limit")
                .param("community", community.value())
                .param("day", day.orElse(LocalDate.EPOCH))
                .param("limit", limit)
                .query((row, n) -> new SuspenseItem(
                        row.getString("psam"),
                        row.getLong("terminal_sequence"),
                        SuspenseReason.valueOf(row.getString("reason")),
                        row.getLong("amount_fen"),
                        row.getLong("device_number"),
                        row.getObject("business_day", LocalDate.class),
                        row.getObject("noted_at", OffsetDateTime.class).toInstant(),
                        row.getObject("entry_id") != null))
                .list();
    }

    /** Counters with numbers missing or twice, terminals first; at most {@value #MOST_GAPS} of each. */
    public List<CounterGap> gaps(CommunityId community) {
        List<CounterGap> gaps = new java.util.ArrayList<>(
                gaps(community, CounterGap.Counter.TERMINAL, "psam", "terminal_sequence", ""));
        // A sale proved not debited left the card's counter where it was.
        gaps.addAll(gaps(
                community,
                CounterGap.Counter.CARD,
                "card_serial",
                "card_counter",
                " and state not in ('NOT_DEBITED', 'IN_DOUBT')"));
        return gaps;
    }

    private List<CounterGap> gaps(
            CommunityId community, CounterGap.Counter of, String serial, String number, String which) {
        return jdbc.sql(("select * from (select %1$s as serial, %2$s as here,"
                                + " lead(%2$s) over (partition by %1$s order by %2$s) as following"
                                + " from purchase where community_id = ?%3$s) numbered"
                                + " where following is not null and following <> here + 1"
                                + " order by serial, here limit " + MOST_GAPS)
                        .formatted(serial, number, which))
                .param(community.value())
                .query((row, n) -> new CounterGap(of, row.getString(1), row.getLong(2), row.getLong(3)))
                .list();
    }
}
