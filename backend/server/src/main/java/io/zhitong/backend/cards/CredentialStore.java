package io.zhitong.backend.cards;

import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.access.CredentialBook;
import io.zhitong.backend.access.IssuedCredential;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CredentialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The one store of credentials and carriers (凭证库). */
@Component
public class CredentialStore implements CredentialBook {
    private static final String HOLDINGS = "select c.community_id, c.number, c.person_id, c.status, c.valid_from,"
            + " c.valid_to, c.least_certificate, k.purse_serial, k.chip_id from credential c"
            + " join carrier k on k.community_id = c.community_id and k.credential_number = c.number"
            + " where c.community_id = ?";

    private final JdbcClient jdbc;
    private final Estate estate;
    private final TimeOrderedIds ids;
    private final Clock clock;

    CredentialStore(JdbcClient jdbc, Estate estate, TimeOrderedIds ids, Clock clock) {
        this.jdbc = jdbc;
        this.estate = estate;
        this.ids = ids;
        this.clock = clock;
    }

    /** The person's cards, newest first. */
    public List<CardHolding> of(CommunityId community, PersonId person) {
        return jdbc.sql(HOLDINGS + " and c.person_id = ? order by c.issued_at desc")
                .params(community.value(), person.value())
                .query((row, n) -> holding(row))
                .list();
    }

    /** The card with that purse serial, 20 hex digits. */
    public Optional<CardHolding> bySerial(CommunityId community, String purseSerial) {
        return jdbc.sql(HOLDINGS + " and k.purse_serial = ?")
                .params(community.value(), purseSerial)
                .query((row, n) -> holding(row))
                .optional();
    }

    /** The card of a credential. */
    public Optional<CardHolding> byNumber(CommunityId community, CredentialNumber number) {
        return jdbc.sql(HOLDINGS + " and c.number = ?")
                .params(community.value(), number.value())
                .query((row, n) -> holding(row))
                .optional();
    }

    /** How many cards of this status there are. */
    public long count(CommunityId community, CredentialStatus status) {
        return jdbc.sql("select count(*) from credential where community_id = ? and status = ?")
                .params(community.value(), status.name())
                .query(Long.class)
                .single();
    }

    @Override
    public List<IssuedCredential> credentials(CommunityId community) {
        ZoneId zone = zone(community);
        return jdbc.sql(HOLDINGS + " order by c.number")
                .param(community.value())
                .query((row, n) -> issued(holding(row), zone))
                .list();
    }

    @Override
    public Optional<IssuedCredential> credential(CommunityId community, CredentialNumber number) {
        return byNumber(community, number).map(card -> issued(card, zone(community)));
    }

    private ZoneId zone(CommunityId community) {
        return estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
    }

    private static IssuedCredential issued(CardHolding card, ZoneId zone) {
        Validity validity = Validity.between(
                card.from().atStartOfDay(zone).toInstant(),
                card.to().plusDays(1).atStartOfDay(zone).toInstant());
        var carrier = new Carrier(
                CarrierKind.CARD,
                CarrierLevel.SEALED_CARD,
                Octets.of(card.number().bytes()));
        return new IssuedCredential(
                card.number(), card.person(), card.status(), validity, card.leastCertificate(), List.of(carrier));
    }

    @Transactional
    void add(CardHolding card) {
        jdbc.sql("insert into credential (community_id, number, person_id, status, valid_from, valid_to,"
                        + " least_certificate, issued_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        card.community().value(),
                        card.number().value(),
                        card.person().value(),
                        card.status().name(),
                        card.from(),
                        card.to(),
                        card.leastCertificate(),
                        OffsetDateTime.now(clock))
                .update();
        jdbc.sql("insert into carrier (community_id, id, credential_number, kind, level, chip_id, purse_serial)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        card.community().value(),
                        ids.next(),
                        card.number().value(),
                        CarrierKind.CARD.name(),
                        CarrierLevel.SEALED_CARD.name(),
                        card.chipId(),
                        card.purseSerial())
                .update();
    }

    /** Changes the status if it still is {@code from}; false if somebody was faster. */
    @Transactional
    boolean change(CommunityId community, CredentialNumber number, CredentialStatus from, CredentialStatus to) {
        return jdbc.sql("update credential set status = ? where community_id = ? and number = ? and status = ?")
                        .params(to.name(), community.value(), number.value(), from.name())
                        .update()
                == 1;
    }

    private static CardHolding holding(ResultSet row) throws SQLException {
        return new CardHolding(
                new CommunityId(row.getInt("community_id")),
                new CredentialNumber(row.getLong("number")),
                new PersonId(row.getObject("person_id", UUID.class)),
                CredentialStatus.valueOf(row.getString("status")),
                row.getObject("valid_from", LocalDate.class),
                row.getObject("valid_to", LocalDate.class),
                row.getInt("least_certificate"),
                row.getString("purse_serial"),
                row.getString("chip_id"));
    }
}
