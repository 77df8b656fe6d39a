package io.zhitong.backend.devices;

import static io.zhitong.backend.devices.DeviceTokens.utc;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.keyapi.DataKind;
import io.zhitong.keyapi.DataUnwrapRequest;
import io.zhitong.keyapi.DataWrapRequest;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.KeyVersions;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The data keys of pictures (图片数据密钥): one a month for a community, drawn by the vault and kept as the vault wrapped them
 * ({@link DataKind#PICTURES}); what wraps them never leaves it. A key is unwrapped once and then held in memory. Thread-safe.
 */
@Component
class PictureKeys {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final String NEWEST = " where community_id = ? order by number desc limit 1";

    private final JdbcClient jdbc;
    private final KeyService vault;
    private final Estate estate;
    private final Clock clock;
    private final Map<Name, SecretBytes> known = new ConcurrentHashMap<>();

    PictureKeys(JdbcClient jdbc, KeyService vault, Estate estate, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.estate = estate;
        this.clock = clock;
    }

    private record Name(CommunityId community, long number) {}

    private record Row(long number, int version, byte[] wrapped, Instant made) {}

    /**
     * The number of the key that new pictures get.
     *
     * @throws io.zhitong.keyapi.KeyServiceException when a new one is due and the vault is away
     */
    long current(CommunityId community) {
        Optional<Row> newest = rows(community, NEWEST).stream()
                .filter(row -> row.made().plus(MONTH).isAfter(clock.instant()))
                .findFirst();
        if (newest.isPresent()) {
            return newest.get().number();
        }
        make(community);
        return rows(community, NEWEST).get(0).number();
    }

    /**
     * The key of that number; nothing when it is no more.
     *
     * @throws io.zhitong.keyapi.KeyServiceException when it is not known here yet and the vault is away
     */
    Optional<SecretBytes> key(CommunityId community, long number) {
        Name name = new Name(community, number);
        return Optional.ofNullable(known.get(name))
                .or(() -> rows(community, " where community_id = ? and number = " + number).stream()
                        .findFirst()
                        .map(row -> known.computeIfAbsent(name, any -> unwrapped(community, row))));
    }

    private void make(CommunityId community) {
        long number = rows(community, NEWEST).stream()
                        .mapToLong(Row::number)
                        .findFirst()
                        .orElse(0)
                + 1;
        try (SecretBytes key = SecretBytes.takeOver(vault.random(DataWrapRequest.DATA_KEY))) {
            Row row = wrapped(community, number, key, clock.instant());
            // Another gateway may make one at the same moment: the first one stands.
            jdbc.sql("insert into picture_key (community_id, number, master_version, wrapped, made_at)"
                            + " values (?, ?, ?, ?, ?) on conflict do nothing")
                    .params(community.value(), number, row.version(), row.wrapped(), utc(row.made()))
                    .update();
        }
    }

    /** Wraps again what an older master wrapped, so that this may go. @return how many */
    int rewrap(CommunityId community) {
        if (rows(community, NEWEST).isEmpty()) {
            return 0;
        }
        int newest = newest(community);
        int done = 0;
        for (Row row : rows(community, " where community_id = ? and master_version <> " + newest)) {
            try (SecretBytes key = unwrapped(community, row)) {
                Row next = wrapped(community, row.number(), key, row.made());
                done += jdbc.sql("update picture_key set master_version = ?, wrapped = ?"
                                + " where community_id = ? and number = ?")
                        .params(next.version(), next.wrapped(), community.value(), row.number())
                        .update();
            }
        }
        return done;
    }

    /** What was encrypted under keys this old is lost for good. @return how many keys */
    int forget(CommunityId community, Instant before) {
        List<Row> old = rows(community, " where community_id = ?").stream()
                .filter(row -> row.made().plus(MONTH).isBefore(before))
                .toList();
        old.forEach(row -> {
            Optional.ofNullable(known.remove(new Name(community, row.number()))).ifPresent(SecretBytes::close);
            jdbc.sql("delete from picture_key where community_id = ? and number = ?")
                    .params(community.value(), row.number())
                    .update();
        });
        return old.size();
    }

    private List<Row> rows(CommunityId community, String which) {
        return jdbc.sql("select number, master_version, wrapped, made_at from picture_key" + which)
                .param(community.value())
                .query((row, n) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                row.getInt(2),
                row.getBytes(3),
                row.getObject(4, OffsetDateTime.class).toInstant());
    }

    private int newest(CommunityId id) {
        Community community = community(id);
        return KeyVersions.newest(
                        vault.keys(),
                        city(community),
                        factor(community),
                        clock.instant().getEpochSecond())
                .of(KeyUsage.PERSONAL_DATA);
    }

    private Row wrapped(CommunityId community, long number, SecretBytes key, Instant made) {
        int version = newest(community);
        DataWrapRequest request = new DataWrapRequest(place(community, version), bound(community, number), key);
        return new Row(number, version, vault.wrapDataKeys(List.of(request)).get(0), made);
    }

    private SecretBytes unwrapped(CommunityId community, Row row) {
        KeyRef place = place(community, row.version());
        return vault.unwrapDataKeys(
                        List.of(new DataUnwrapRequest(place, bound(community, row.number()), row.wrapped())))
                .get(0);
    }

    private KeyRef place(CommunityId id, int version) {
        Community community = community(id);
        return DataKind.PICTURES.key(version, city(community), factor(community));
    }

    private static byte[] bound(CommunityId community, long number) {
        return new ByteWriter().u32(community.value()).u64(number).toByteArray();
    }

    private Community community(CommunityId id) {
        return estate.community(id).orElseThrow(() -> new IllegalStateException("a device always has its community"));
    }

    private static byte[] city(Community community) {
        return Hex.parse(community.cityCode() + "ff0000000000");
    }

    private static byte[] factor(Community community) {
        return Hex.parse(String.format(Locale.ROOT, "%016d", community.number()));
    }
}
