package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.RevokedMachine;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.events.GapQuery;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.backend.vault.BackendIdentity;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.link.Enrolment;
import io.zhitong.link.EnrolmentRefusedException;
import io.zhitong.link.LinkException;
import io.zhitong.link.LinkFault;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachinePeer;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** First and next certificates of devices, issued by a real vault. */
@BothDatabases
final class EnrolmentDeskTest {
    private static final DeviceAddress DOOR = DeviceAddress.of(1, 42);
    private static final DeviceAddress TILL = DeviceAddress.of(1, 43);
    private static final Actor ADMIN = new Actor("admin");
    private static final MachineName WISH = new MachineName(MachineRole.BACKEND, "somebody-else");

    private final RunningBackend backend;
    private final EnrolmentDesk desk;
    private final KeyPair first = MachineKeys.generate(MachineProfile.SM2);
    private final KeyPair next = MachineKeys.generate(MachineProfile.SM2);

    EnrolmentDeskTest(RunningBackend backend) {
        this.backend = backend;
        this.desk = backend.bean(EnrolmentDesk.class);
    }

    @Test
    void connection_cut_before_the_answer_costs_the_device_nothing_and_gains_nobody_else_anything() {
        String token = token(DOOR);
        TestDevice.askAndHangUp(backend, token, first);
        Eventually.holds("the token is spent", this::spent);
        X509Certificate answer = TestDevice.enrol(backend, MachineRole.CONTROLLER, token, first)
                .chain()
                .get(0);
        X509Certificate again = TestDevice.enrol(backend, MachineRole.CONTROLLER, token, first)
                .chain()
                .get(0);
        assertThat(again).isEqualTo(answer);
        assertThat(answer.getPublicKey()).isEqualTo(first.getPublic());
        assertThat(certificatesOf(first)).isEqualTo(1);
        assertRefused(
                Enrolment.Refusal.UNKNOWN_TOKEN, () -> TestDevice.enrol(backend, MachineRole.CONTROLLER, token, next));
    }

    @Test
    void token_and_key_of_a_device_revoked_meanwhile_bring_no_certificate() {
        String token = token(DOOR);
        TestDevice.enrol(backend, MachineRole.CONTROLLER, token, first);
        revoke();
        assertRefused(
                Enrolment.Refusal.UNKNOWN_TOKEN, () -> TestDevice.enrol(backend, MachineRole.CONTROLLER, token, first));
    }

    @Test
    void a_certificate_with_a_third_of_its_life_left_is_renewed_under_its_own_name() {
        MachinePeer peer = enrolled();
        age(Duration.ofDays(61), Duration.ofDays(29));
        List<X509Certificate> renewed = desk.renew(DOOR, peer, request(next));
        MachinePeer now = MachinePeer.of(renewed.get(0));
        assertThat(now.name()).isEqualTo(peer.name());
        assertThat(now.serial()).isNotEqualTo(peer.serial());
        assertThat(renewed.get(0).getPublicKey()).isEqualTo(next.getPublic());
        assertThat(desk.renew(DOOR, peer, request(next))).as("asked again").isEqualTo(renewed);
        assertThat(certificatesOf(next)).isEqualTo(1);
        assertThat(jdbc().sql("select count(*) from audit_entry where action = 'device.renew'")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    void before_that_it_is_not() {
        MachinePeer peer = enrolled();
        age(Duration.ofDays(59), Duration.ofDays(31));
        assertRefused(Enrolment.Refusal.NOT_RENEWED, () -> desk.renew(DOOR, peer, request(next)));
    }

    @Test
    void revoked_foreign_and_misnamed_certificates_are_not_renewed() {
        MachinePeer peer = enrolled();
        age(Duration.ofDays(80), Duration.ofDays(10));
        MachinePeer unknown = new MachinePeer(peer.name(), BigInteger.TWO, peer.expires(), peer.profile());
        MachinePeer till = new MachinePeer(
                new MachineName(MachineRole.POS, peer.name().name()), peer.serial(), peer.expires(), peer.profile());
        assertRefused(Enrolment.Refusal.NOT_RENEWED, () -> desk.renew(DOOR, unknown, request(next)));
        assertRefused(Enrolment.Refusal.NOT_RENEWED, () -> desk.renew(DOOR, till, request(next)));
        assertRefused(Enrolment.Refusal.NOT_RENEWED, () -> desk.renew(TILL, peer, request(next)));
        assertRefused(Enrolment.Refusal.NOT_RENEWED, () -> desk.renew(DeviceAddress.of(1, 4711), peer, request(next)));
        assertRefused(Enrolment.Refusal.BAD_REQUEST, () -> desk.renew(DOOR, peer, new byte[] {0x30, 0}));
        revoke();
        assertRefused(Enrolment.Refusal.NOT_RENEWED, () -> desk.renew(DOOR, peer, request(next)));
    }

    @Test
    void enrolling_with_a_token_for_a_replacement_ends_what_lived_before_at_once_and_for_good() {
        try (TestDevice before = TestDevice.enrolled(backend, MachineRole.CONTROLLER, token(DOOR), 80);
                TestDevice till = TestDevice.enrolled(backend, MachineRole.POS, token(TILL), 81)) {
            Eventually.holds("both greeted", () -> before.linked() && till.linked());
            before.records().fill(3);
            before.wake();
            Eventually.holds("stored", () -> before.acknowledged() == 3);
            BigInteger old = believed(DOOR).get(0);
            String token = backend.bean(DeviceTokens.class).replacement(DOOR, ADMIN, Duration.ofMinutes(5));
            try (TestDevice after = TestDevice.enrolled(backend, MachineRole.CONTROLLER, token, 82)) {
                Eventually.holds("the new one is greeted", after::linked);
                Eventually.holds("the old one is not", () -> !before.linked());
                assertThat(believed(DOOR)).hasSize(1).doesNotContain(old);
                assertThat(backend.bean(KeyService.class).revocations()).anySatisfy(entry -> {
                    assertThat(entry.serial()).isEqualTo(old);
                    assertThat(entry.reason()).isEqualTo(RevocationReason.REPLACED);
                });
                Eventually.holds(
                        "on the list that devices get",
                        () -> after.held(ListKind.REVOCATIONS)
                                .filter(list -> list.records(RevokedMachine.class).stream()
                                        .anyMatch(entry -> entry.serial().equals(old)))
                                .isPresent());
                after.records().fill(2);
                after.wake();
                Eventually.holds("its own journal", () -> after.acknowledged() == 2);
                assertThat(after.linked() && till.linked()).isTrue();
                assertThat(before.linked()).isFalse();
            }
            assertRefused(
                    Enrolment.Refusal.UNKNOWN_TOKEN,
                    () -> TestDevice.enrol(backend, MachineRole.CONTROLLER, token, next));
            assertThat(backend.bean(GapQuery.class).breaks(DOOR.community(), Optional.of(DOOR.device()), 100))
                    .anySatisfy(each -> {
                        assertThat(each.before().value()).isEqualTo(80);
                        assertThat(each.reached()).isEqualTo(3);
                        assertThat(each.heard()).isPresent();
                        assertThat(each.after().value()).isEqualTo(82);
                    });
        }
    }

    @Test
    void answer_lost_at_a_replacement_is_given_again_and_who_was_replaced_gets_nothing_any_more() {
        String firstToken = token(DOOR);
        MachinePeer old = MachinePeer.of(TestDevice.enrol(backend, MachineRole.CONTROLLER, firstToken, first)
                .chain()
                .get(0));
        age(Duration.ofDays(80), Duration.ofDays(10));
        String token = backend.bean(DeviceTokens.class).replacement(DOOR, ADMIN, Duration.ofMinutes(5));
        X509Certificate answer = TestDevice.enrol(backend, MachineRole.CONTROLLER, token, next)
                .chain()
                .get(0);
        assertThat(TestDevice.enrol(backend, MachineRole.CONTROLLER, token, next)
                        .chain()
                        .get(0))
                .isEqualTo(answer);
        assertThat(believed(DOOR)).containsExactly(answer.getSerialNumber());
        assertRefused(
                Enrolment.Refusal.NOT_RENEWED,
                () -> desk.renew(DOOR, old, request(MachineKeys.generate(MachineProfile.SM2))));
        assertRefused(
                Enrolment.Refusal.UNKNOWN_TOKEN,
                () -> TestDevice.enrol(backend, MachineRole.CONTROLLER, firstToken, first));
        assertThat(jdbc().sql("select count(*) from audit_entry where action = 'device.replace'")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    void another_enrolment_of_the_same_hardware_ends_nothing() {
        MachinePeer before = enrolled();
        TestDevice.enrol(backend, MachineRole.CONTROLLER, token(DOOR), next);
        assertThat(believed(DOOR)).contains(before.serial());
    }

    private List<BigInteger> believed(DeviceAddress device) {
        return jdbc().sql("select serial from device_certificate where community_id = ? and device_number = ?"
                        + " and revoked_at is null order by issued_at desc")
                .params(device.community().value(), device.device().value())
                .query((row, n) -> new BigInteger(row.getString(1)))
                .list();
    }

    private static void assertRefused(Enrolment.Refusal reason, Runnable asked) {
        assertThatThrownBy(asked::run)
                .isInstanceOfSatisfying(
                        EnrolmentRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private String token(DeviceAddress device) {
        return backend.bean(DeviceTokens.class).issue(device, new Actor("admin"), Duration.ofMinutes(5));
    }

    private MachinePeer enrolled() {
        return MachinePeer.of(TestDevice.enrol(backend, MachineRole.CONTROLLER, token(DOOR), first)
                .chain()
                .get(0));
    }

    @Test
    void board_without_national_algorithms_enrols_at_the_same_port_and_its_older_certificate_opens_nothing_more() {
        Eventually.holds(
                "certified for both profiles",
                () -> backend.bean(BackendIdentity.class).international().isPresent());
        try (TestDevice before = TestDevice.enrolled(backend, MachineRole.CONTROLLER, token(DOOR), 70)) {
            Eventually.holds("greeted", before::linked);
            try (TestDevice board =
                    TestDevice.enrolled(backend, MachineProfile.P256, MachineRole.CONTROLLER, token(DOOR), 71)) {
                Eventually.holds("greeted", board::linked);
                Eventually.holds("replaced", () -> !before.linked());
                board.records().fill(1);
                board.wake();
                Eventually.holds("stored", () -> board.acknowledged() == 1);
                assertThat(before.linked()).isFalse();
            }
        }
        assertThatThrownBy(() -> desk.requireProfile(DOOR, MachineProfile.SM2))
                .isInstanceOfSatisfying(
                        LinkException.class, e -> assertThat(e.fault()).isEqualTo(LinkFault.OTHER_PROFILE));
        desk.requireProfile(DOOR, MachineProfile.P256);
        desk.requireProfile(DeviceAddress.of(1, 4711), MachineProfile.SM2);
    }

    @Test
    void certificate_is_renewed_in_its_own_profile_only() {
        MachinePeer peer = enrolled();
        age(Duration.ofDays(61), Duration.ofDays(29));
        KeyPair other = MachineKeys.generate(MachineProfile.P256);
        assertRefused(
                Enrolment.Refusal.BAD_REQUEST,
                () -> desk.renew(DOOR, peer, MachineKeys.request(MachineProfile.P256, other, WISH)));
    }

    private void age(Duration since, Duration left) {
        Instant now = Instant.now();
        jdbc().sql("update device_certificate set issued_at = ?, expires_at = ? where key_hash = ?")
                .params(DeviceTokens.utc(now.minus(since)), DeviceTokens.utc(now.plus(left)), hash(first))
                .update();
    }

    private void revoke() {
        backend.bean(DeviceRevocation.class).revoke(DOOR, new Actor("admin"), RevocationReason.LOST);
    }

    private static byte[] request(KeyPair pair) {
        return MachineKeys.request(MachineProfile.SM2, pair, WISH);
    }

    private static byte[] hash(KeyPair pair) {
        return io.zhitong.smcrypto.Sm3.hash(MachineKeys.requested(request(pair)));
    }

    private boolean spent() {
        return jdbc().sql("select count(*) from device_token where spent_at is not null and key_hash = ?")
                        .param(hash(first))
                        .query(Long.class)
                        .single()
                == 1;
    }

    private long certificatesOf(KeyPair pair) {
        return jdbc().sql("select count(*) from device_certificate where key_hash = ?")
                .param(hash(pair))
                .query(Long.class)
                .single();
    }

    private JdbcClient jdbc() {
        return backend.bean(JdbcClient.class);
    }
}
