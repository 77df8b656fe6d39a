package io.zhitong.backend.keys;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.KeyVersions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Versions of keys on cards and in SAMs (密钥分布库), written down when they were written. */
@Component
public class KeyHoldings {
    /** A card that was not cancelled may still be used; one without a credential row is not issued yet. */
    private static final String IN_USE = " from card_keys k join credential c on c.community_id = k.community_id"
            + " and c.number = k.number and c.status <> 'CANCELLED'";

    private static final String SAMS = "select s.serial, s.kind, s.terminal, s.device_number, s.lost_at, m.key_usage,"
            + " m.key_version from sam_module s join sam_master m on m.community_id = s.community_id"
            + " and m.serial = s.serial where s.community_id = ? and m.key_usage = s.kind"
            + " order by s.serial, m.key_version";

    /** Device number of a module that lies in none. */
    private static final long NOWHERE = 0;

    private final JdbcClient jdbc;
    private final Clock clock;

    KeyHoldings(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A card was written with these versions. */
    @Transactional
    public void cardWritten(CommunityId community, CredentialNumber number, KeyVersions versions) {
        jdbc.sql("delete from card_keys where community_id = ? and number = ?")
                .params(community.value(), number.value())
                .update();
        jdbc.sql("insert into card_keys (community_id, number, versions, written_at) values (?, ?, ?, ?)")
                .params(community.value(), number.value(), versions.text(), OffsetDateTime.now(clock))
                .update();
    }

    /** The versions on a card. */
    public Optional<KeyVersions> card(CommunityId community, CredentialNumber number) {
        return jdbc.sql("select versions from card_keys where community_id = ? and number = ?")
                .params(community.value(), number.value())
                .query((row, n) -> KeyVersions.parse(row.getString(1)))
                .optional();
    }

    /** How many cards in use hold which versions; cards written alike are counted together. */
    public Map<KeyVersions, Long> cards(CommunityId community) {
        Map<KeyVersions, Long> counts = new LinkedHashMap<>();
        jdbc.sql("select k.versions, count(*) as cards" + IN_USE
                        + " where k.community_id = ? group by k.versions order by k.versions")
                .param(community.value())
                .query((row, n) -> counts.put(KeyVersions.parse(row.getString("versions")), row.getLong("cards")))
                .list();
        return counts;
    }

    /** A module was made, or got another version of its master; the same again changes nothing. */
    @Transactional
    public void samWritten(
            CommunityId community,
            String serial,
            KeyUsage usage,
            int version,
            String terminal,
            Optional<DeviceId> device) {
        var row = new SamRow(serial, usage, List.of(version), terminal, device, false);
        boolean known = sam(community, serial).isPresent();
        if (!known) {
            jdbc.sql("insert into sam_module (community_id, serial, kind, terminal, device_number)"
                            + " values (?, ?, ?, ?, ?)")
                    .params(
                            community.value(),
                            row.serial(),
                            usage.name(),
                            row.terminal(),
                            device.map(DeviceId::value).orElse(NOWHERE))
                    .update();
        }
        if (!known || !sam(community, serial).orElseThrow().versions().contains(version)) {
            jdbc.sql("insert into sam_master (community_id, serial, key_usage, key_version, loaded_at)"
                            + " values (?, ?, ?, ?, ?)")
                    .params(community.value(), serial, usage.name(), version, OffsetDateTime.now(clock))
                    .update();
        }
    }

    /** A module is lost: it counts no more where progress is measured. False if there is none, or it was reported before. */
    @Transactional
    public boolean samLost(CommunityId community, String serial) {
        return jdbc.sql("update sam_module set lost_at = ? where community_id = ? and serial = ? and lost_at is null")
                        .params(OffsetDateTime.now(clock), community.value(), serial)
                        .update()
                == 1;
    }

    public Optional<SamRow> sam(CommunityId community, String serial) {
        return sams(community).stream()
                .filter(sam -> sam.serial().equals(serial))
                .findFirst();
    }

    /** All modules, lost ones too, by serial. */
    public List<SamRow> sams(CommunityId community) {
        Map<String, SamRow> all = new LinkedHashMap<>();
        jdbc.sql(SAMS)
                .param(community.value())
                .query((row, n) -> all.merge(row.getString("serial"), row(row), KeyHoldings::joined))
                .list();
        return List.copyOf(all.values());
    }

    private static SamRow joined(SamRow one, SamRow more) {
        List<Integer> versions = new ArrayList<>(one.versions());
        versions.addAll(more.versions());
        return new SamRow(one.serial(), one.usage(), versions, one.terminal(), one.device(), one.lost());
    }

    private static SamRow row(ResultSet row) throws SQLException {
        long device = row.getLong("device_number");
        return new SamRow(
                row.getString("serial"),
                KeyUsage.valueOf(row.getString("kind")),
                List.of(row.getInt("key_version")),
                row.getString("terminal"),
                device > NOWHERE ? Optional.of(new DeviceId(device)) : Optional.empty(),
                row.getObject("lost_at") != null);
    }
}
