package io.zhitong.backend.cards;

import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.keyapi.KeyVersions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Orders of cards (制卡单库): at most one open for a person; its number is the credential's and the purse's. */
@Component
class CardOrders {
    private static final String SELECT = "select community_id, id, person_id, number, certificate_number, valid_from,"
            + " valid_to, key_versions, chip_id from card_order where community_id = ?";
    private static final int FIRST_CERTIFICATE = 1;

    private final JdbcClient jdbc;
    private final TimeOrderedIds ids;
    private final Clock clock;

    CardOrders(JdbcClient jdbc, TimeOrderedIds ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    Optional<OrderRow> open(CommunityId community, PersonId person) {
        return jdbc.sql(SELECT + " and person_id = ? and state = 'OPEN'")
                .params(community.value(), person.value())
                .query((row, n) -> row(row))
                .optional();
    }

    /** The open order that was begun on this chip. */
    Optional<OrderRow> openOn(CommunityId community, String chipId) {
        return jdbc.sql(SELECT + " and chip_id = ? and state = 'OPEN'")
                .params(community.value(), chipId)
                .query((row, n) -> row(row))
                .optional();
    }

    /** The person's open order, or a new one with a fresh number. */
    @Transactional
    OrderRow openOrNew(
            Community community, PersonId person, LocalDate from, LocalDate to, KeyVersions versions, String clerk) {
        return open(community.id(), person).orElseGet(() -> begin(community, person, from, to, versions, clerk));
    }

    private OrderRow begin(
            Community community, PersonId person, LocalDate from, LocalDate to, KeyVersions versions, String clerk) {
        var order = new OrderRow(
                community.id(),
                ids.next(),
                person,
                nextNumber(community),
                FIRST_CERTIFICATE,
                from,
                to,
                versions,
                Optional.empty());
        jdbc.sql("insert into card_order (community_id, id, person_id, number, certificate_number, valid_from,"
                        + " valid_to, key_versions, state, clerk, ordered_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        community.id().value(),
                        order.id(),
                        person.value(),
                        order.number().value(),
                        order.certificateNumber(),
                        from,
                        to,
                        versions.text(),
                        OrderState.OPEN.name(),
                        clerk,
                        OffsetDateTime.now(clock))
                .update();
        return order;
    }

    /** city 2 ‖ type 00 ‖ subtype = carrier ‖ flow 4, all BCD (docs/card.md). */
    private CredentialNumber nextNumber(Community community) {
        long flow = jdbc.sql("select nextval('card_flow')").query(Long.class).single();
        return CredentialNumber.parse(
                String.format(Locale.ROOT, "%s00%02d%08d", community.cityCode(), CarrierKind.CARD.code(), flow));
    }

    /** From now on the order is this chip's; false if it is another's. */
    @Transactional
    boolean bind(OrderRow order, String chipId) {
        return jdbc.sql("update card_order set chip_id = ? where community_id = ? and id = ? and state = 'OPEN'"
                                + " and (chip_id is null or chip_id = ?)")
                        .params(chipId, order.community().value(), order.id(), chipId)
                        .update()
                == 1;
    }

    @Transactional
    void end(OrderRow order, OrderState state) {
        jdbc.sql("update card_order set state = ? where community_id = ? and id = ?")
                .params(state.name(), order.community().value(), order.id())
                .update();
    }

    private static OrderRow row(ResultSet row) throws SQLException {
        return new OrderRow(
                new CommunityId(row.getInt("community_id")),
                row.getObject("id", UUID.class),
                new PersonId(row.getObject("person_id", UUID.class)),
                new CredentialNumber(row.getLong("number")),
                row.getInt("certificate_number"),
                row.getObject("valid_from", LocalDate.class),
                row.getObject("valid_to", LocalDate.class),
                KeyVersions.parse(row.getString("key_versions")),
                Optional.ofNullable(row.getString("chip_id")));
    }
}
