package io.zhitong.backend.settlement;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.settlementfile.FileType;
import io.zhitong.settlementfile.PackageHeader;
import io.zhitong.settlementfile.PackageName;
import io.zhitong.settlementfile.SignedPackage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of the table {@code settlement_package} (清算文件表). */
@Component
class PackageRows {
    private static final String COLUMNS =
            "select p.*, c.number as sender from settlement_package p join community c on c.community_id = p.community_id"
                    + " where p.community_id = ?";

    private final JdbcClient jdbc;

    PackageRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<StoredPackage> newest(CommunityId community, LocalDate day, String receiver, int part) {
        return jdbc.sql(COLUMNS + " and p.business_day = ? and p.receiver = ? and p.part = ?"
                        + " order by p.version desc limit 1")
                .params(community.value(), day, receiver, part)
                .query((row, n) -> read(row))
                .optional();
    }

    Optional<StoredPackage> named(CommunityId community, PackageName name) {
        return jdbc.sql(COLUMNS + " and p.business_day = ? and p.sequence = ? and p.version = ?")
                .params(community.value(), name.day(), name.sequence(), name.version())
                .query((row, n) -> read(row))
                .optional()
                .filter(stored -> stored.name().equals(name));
    }

    /** All versions of all receivers of the day, newest version first. */
    List<StoredPackage> ofDay(CommunityId community, LocalDate day) {
        return jdbc.sql(COLUMNS + " and p.business_day = ? order by p.sequence, p.version desc")
                .params(community.value(), day)
                .query((row, n) -> read(row))
                .list();
    }

    List<LocalDate> days(CommunityId community, int limit) {
        return jdbc.sql("select distinct business_day from settlement_package where community_id = ?"
                        + " order by business_day desc limit ?")
                .params(community.value(), limit)
                .query(LocalDate.class)
                .list();
    }

    /** The day after the last final one, or the day of the first posting; empty if nothing was ever posted. */
    Optional<LocalDate> firstUnsettled(CommunityId community) {
        return jdbc.sql("select coalesce((select max(business_day) + 1 from settlement_day where community_id = :c),"
                        + " (select min(business_day) from ledger_entry where community_id = :c))")
                .param("c", community.value())
                .query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single();
    }

    void settled(CommunityId community, LocalDate day, Instant at) {
        jdbc.sql("insert into settlement_day (community_id, business_day, closed_at) values (?, ?, ?)"
                        + " on conflict do nothing")
                .params(community.value(), day, OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .update();
    }

    boolean isSettled(CommunityId community, LocalDate day) {
        return jdbc.sql("select count(*) from settlement_day where community_id = ? and business_day = ?")
                        .params(community.value(), day)
                        .query(Long.class)
                        .single()
                > 0;
    }

    int nextSequence(CommunityId community, LocalDate day) {
        return jdbc.sql("select coalesce(max(sequence), 0) + 1 from settlement_package"
                        + " where community_id = ? and business_day = ?")
                .params(community.value(), day)
                .query(Integer.class)
                .single();
    }

    /** False if somebody else took the name or version meanwhile. */
    boolean insert(StoredPackage p) {
        return jdbc.sql(
                                "insert into settlement_package (community_id, business_day, sequence, version, receiver, part,"
                                        + " record_count, amount_fen, digest, key_id, content, signature, day_over, made_at,"
                                        + " made_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                        .params(
                                p.community().value(),
                                p.name().day(),
                                p.name().sequence(),
                                p.name().version(),
                                p.header().receiver(),
                                p.part(),
                                p.header().count(),
                                p.header().amountFen(),
                                p.file().digest(),
                                p.header().keyId(),
                                p.file().content(),
                                p.file().signature(),
                                p.dayOver(),
                                OffsetDateTime.ofInstant(p.made(), ZoneOffset.UTC),
                                p.madeBy())
                        .update()
                == 1;
    }

    private static StoredPackage read(ResultSet row) throws SQLException {
        PackageName name = new PackageName(
                FileType.TX,
                String.valueOf(row.getInt("sender")),
                row.getObject("business_day", LocalDate.class),
                row.getInt("sequence"),
                row.getInt("version"));
        PackageHeader header = new PackageHeader(
                name,
                row.getString("receiver"),
                row.getInt("record_count"),
                row.getLong("amount_fen"),
                row.getString("key_id"));
        return new StoredPackage(
                new CommunityId(row.getInt("community_id")),
                header,
                row.getInt("part"),
                new SignedPackage(name, row.getBytes("content"), row.getBytes("signature")),
                row.getBoolean("day_over"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getString("made_by"));
    }
}
