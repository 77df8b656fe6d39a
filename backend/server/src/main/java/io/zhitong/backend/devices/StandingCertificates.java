package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.machinetls.MachinePeer;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.Pem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The certificates devices can show today (有效设备证书): neither revoked nor over. */
@Component
public class StandingCertificates {
    private final JdbcClient jdbc;
    private final Clock clock;

    StandingCertificates(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The newest of a device.
     *
     * @param profile nothing for one whose text was not kept
     */
    public record Standing(Optional<MachineProfile> profile, Instant issued, Instant expires) {}

    /** Of these devices; one without a certificate is left out. */
    public Map<DeviceId, Standing> of(CommunityId community, Collection<DeviceId> devices) {
        Map<DeviceId, Standing> standing = new HashMap<>();
        if (!devices.isEmpty()) {
            jdbc.sql("select device_number, certificate, issued_at, expires_at from device_certificate"
                            + " where community_id = :community and device_number in (:devices)"
                            + " and revoked_at is null and expires_at > :now order by issued_at")
                    .param("community", community.value())
                    .param("devices", devices.stream().map(DeviceId::value).toList())
                    .param("now", DeviceTokens.utc(clock.instant()))
                    .query(row -> {
                        standing.put(new DeviceId(row.getLong(1)), standing(row));
                    });
        }
        return standing;
    }

    public Optional<Standing> of(DeviceAddress device) {
        return Optional.ofNullable(
                of(device.community(), Set.of(device.device())).get(device.device()));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                Optional.ofNullable(row.getString(2))
                        .map(pem -> MachinePeer.of(Pem.certificates(pem).get(0)).profile()),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getObject(4, OffsetDateTime.class).toInstant());
    }
}
