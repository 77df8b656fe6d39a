package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.machinetls.MachineAuthority;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.Pem;
import io.zhitong.smcrypto.Sm2;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signatures made by the device's own machine key count, and no others. */
@BothDatabases
final class CertifiedSignaturesTest {
    private static final DeviceAddress DOOR = DeviceAddress.of(1, 42);
    private static final DeviceAddress TILL = DeviceAddress.of(1, 43);
    private static final byte[] SAID = "records 2 to 4 are gone".getBytes(StandardCharsets.UTF_8);

    private final TestDatabase database;
    private final CertifiedSignatures signatures;

    CertifiedSignaturesTest(TestDatabase database) {
        this.database = database;
        new TestEstate(database).demo();
        signatures = new CertifiedSignatures(database.jdbc());
    }

    @Test
    void a_device_of_either_profile_is_believed_what_it_signed_and_nothing_else() {
        for (MachineProfile profile : MachineProfile.values()) {
            MachineIdentity door = given(profile, DOOR, "1" + profile.ordinal(), false);
            byte[] signature = Sm2.fromDer(door.sign(SAID));
            assertThat(signatures.signed(DOOR, SAID, signature)).isTrue();
            assertThat(signatures.signed(TILL, SAID, signature)).isFalse();
            assertThat(signatures.signed(DeviceAddress.of(2, 42), SAID, signature))
                    .isFalse();
            assertThat(signatures.signed(DOOR, new byte[] {1}, signature)).isFalse();
            for (int i = 0; i < 64; i += 9) {
                byte[] changed = signature.clone();
                changed[i] ^= 1;
                assertThat(signatures.signed(DOOR, SAID, changed)).isFalse();
            }
            assertThat(signatures.signed(DOOR, SAID, new byte[64])).isFalse();
        }
    }

    @Test
    void the_key_before_a_renewal_still_counts_and_a_revoked_one_does_not() {
        MachineIdentity before = given(MachineProfile.SM2, DOOR, "1", false);
        MachineIdentity now = given(MachineProfile.SM2, DOOR, "2", false);
        MachineIdentity stolen = given(MachineProfile.SM2, DOOR, "3", true);
        assertThat(signatures.signed(DOOR, SAID, Sm2.fromDer(before.sign(SAID))))
                .isTrue();
        assertThat(signatures.signed(DOOR, SAID, Sm2.fromDer(now.sign(SAID)))).isTrue();
        assertThat(signatures.signed(DOOR, SAID, Sm2.fromDer(stolen.sign(SAID))))
                .isFalse();
    }

    private MachineIdentity given(MachineProfile profile, DeviceAddress device, String serial, boolean revoked) {
        Instant now = Instant.now();
        MachineAuthority authority = MachineAuthority.create(
                profile,
                MachineKeys.generate(profile),
                "Test machines",
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(1)));
        KeyPair pair = MachineKeys.generate(profile);
        MachineName name = new MachineName(MachineRole.CONTROLLER, device.certificateName());
        MachineIdentity identity = new MachineIdentity(
                profile,
                pair.getPrivate(),
                List.of(
                        authority.issue(
                                MachineKeys.request(profile, pair, name),
                                name,
                                now.minus(Duration.ofHours(1)),
                                now.plus(Duration.ofHours(1))),
                        authority.certificate()));
        OffsetDateTime at = OffsetDateTime.ofInstant(now, ZoneOffset.UTC);
        database.jdbc()
                .sql("insert into device_certificate (community_id, device_number, serial, issued_at, expires_at,"
                        + " revoked_at, key_hash, certificate) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        device.community().value(),
                        device.device().value(),
                        serial,
                        at,
                        at.plusHours(1),
                        revoked ? at : null,
                        new byte[32],
                        Pem.ofCertificates(identity.chain()))
                .update();
        return identity;
    }
}
