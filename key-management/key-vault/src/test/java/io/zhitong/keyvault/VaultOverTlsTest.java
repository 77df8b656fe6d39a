package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.MachineEnrolment;
import io.zhitong.keyapi.RemoteKeyService;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyapi.VaultState;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class VaultOverTlsTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] CARD = Hex.parse("4403000100000001");

    @TempDir
    Path folder;

    @Test
    void backend_enrols_with_its_token_once_and_is_served() throws IOException {
        try (RunningVault vault = RunningVault.start(folder)) {
            String token = vault.token();
            try (RemoteKeyService keys = vault.client(vault.enrolBackend())) {
                assertEquals(VaultState.OPEN, keys.status().state());
                assertTrue(keys.status().demoQuorum());
                assertEquals(KeyUsage.values().length, keys.keys().size());
                assertEquals(16, keys.random(16).length);
            }
            assertFalse(Files.exists(folder.resolve("backend.token")), "a spent token is withdrawn");
            assertEquals(
                    KeyRefusal.BAD_TOKEN,
                    refusal(() -> VaultClients.enrolBackend(vault.address(), vault.authority(), token, "thief")));
        }
    }

    @Test
    void backend_whose_answer_was_lost_asks_again_with_its_key_and_the_token_goes_when_it_has_come()
            throws IOException {
        try (RunningVault vault = RunningVault.start(folder)) {
            String token = vault.token();
            KeyPair pair = MachineKeys.generate(MachineProfile.SM2);
            VaultClients.enrolBackend(vault.address(), vault.authority(), token, "backend-1", pair);
            assertTrue(Files.exists(folder.resolve("backend.token")), "nobody has come with the certificate yet");
            assertEquals(
                    KeyRefusal.BAD_TOKEN,
                    refusal(() -> VaultClients.enrolBackend(vault.address(), vault.authority(), token, "thief")));
            MachineIdentity again =
                    VaultClients.enrolBackend(vault.address(), vault.authority(), token, "backend-1", pair);
            try (RemoteKeyService keys = vault.client(again)) {
                assertEquals(VaultState.OPEN, keys.status().state());
            }
            assertFalse(Files.exists(folder.resolve("backend.token")));
        }
    }

    @Test
    void client_without_certificate_may_ask_for_nothing_but_enrolment() throws IOException {
        try (RunningVault vault = RunningVault.start(folder);
                RemoteKeyService stranger = new RemoteKeyService(
                        vault.address(),
                        MachineTls.client(MachineProfile.SM2, PeerPolicy.of(vault.authority(), MachineRole.VAULT)),
                        Duration.ofSeconds(5))) {
            assertEquals(KeyRefusal.CALLER_NOT_ALLOWED, refusal(stranger::status));
            assertEquals(KeyRefusal.CALLER_NOT_ALLOWED, refusal(() -> stranger.sign(SigningKey.COMMAND, new byte[1])));
        }
    }

    @Test
    void device_certificate_opens_no_key_service() throws IOException {
        try (RunningVault vault = RunningVault.start(folder);
                RemoteKeyService keys = vault.client(vault.enrolBackend())) {
            MachineIdentity controller = enrol(keys, MachineProfile.SM2, new MachineName(MachineRole.CONTROLLER, "42"));
            try (RemoteKeyService asController = vault.client(controller)) {
                assertEquals(KeyRefusal.UNAVAILABLE, refusal(asController::status));
            }
        }
    }

    @Test
    void backend_enrols_devices_in_both_profiles_and_renews_itself_but_makes_no_other_backend_or_vault()
            throws IOException {
        try (RunningVault vault = RunningVault.start(folder);
                RemoteKeyService keys = vault.client(vault.enrolBackend())) {
            for (MachineProfile profile : MachineProfile.values()) {
                MachineName pos = new MachineName(MachineRole.POS, "43");
                assertEquals(pos, enrol(keys, profile, pos).name());
            }
            MachineName self = new MachineName(MachineRole.BACKEND, "backend-1");
            assertEquals(self, enrol(keys, MachineProfile.P256, self).name());
            for (MachineName other : List.of(
                    new MachineName(MachineRole.BACKEND, "backend-2"), new MachineName(MachineRole.VAULT, "vault"))) {
                assertEquals(KeyRefusal.CALLER_NOT_ALLOWED, refusal(() -> enrol(keys, MachineProfile.SM2, other)));
            }
        }
    }

    @Test
    void revoked_backend_is_refused_at_once_and_after_a_restart() throws IOException {
        MachineIdentity backend;
        try (RunningVault vault = RunningVault.start(folder)) {
            backend = vault.enrolBackend();
            try (RemoteKeyService keys = vault.client(backend)) {
                BigInteger serial = backend.chain().get(0).getSerialNumber();
                assertEquals(1, keys.revoke(serial, RevocationReason.LOST).size());
                assertEquals(KeyRefusal.UNAVAILABLE, refusal(keys::status));
            }
        }
        try (RunningVault vault = RunningVault.start(folder);
                RemoteKeyService keys = vault.client(backend)) {
            assertEquals(KeyRefusal.UNAVAILABLE, refusal(keys::status));
        }
    }

    @Test
    void client_survives_a_restart_of_the_vault_and_says_when_it_is_away() throws IOException {
        int port;
        MachineIdentity backend;
        RemoteKeyService keys;
        byte[] point;
        try (RunningVault vault = RunningVault.start(folder)) {
            port = vault.address().getPort();
            backend = vault.enrolBackend();
            keys = vault.client(backend);
            point = keys.publicKey(SigningKey.POLICY);
        }
        assertEquals(KeyRefusal.UNAVAILABLE, refusal(keys::status));
        try (keys;
                RunningVault again = RunningVault.start(folder, port)) {
            assertArrayEquals(point, keys.publicKey(SigningKey.POLICY));
            assertEquals(port, again.address().getPort());
        }
    }

    @Test
    void ten_thousand_tacs_go_in_one_batch_and_one_audit_record() throws IOException {
        try (RunningVault vault = RunningVault.start(folder);
                RemoteKeyService keys = vault.client(vault.enrolBackend())) {
            VerifyRequest wrong =
                    new VerifyRequest(KeyRef.of(KeyUsage.DTK, 1, CITY, CARD), new byte[0], new byte[22], new byte[4]);
            long before = keys.status().auditNumber();

            List<Boolean> answers = keys.verifyMacs(Collections.nCopies(10_000, wrong));

            assertEquals(10_000, answers.size());
            assertFalse(answers.contains(true));
            assertEquals(before + 1, keys.status().auditNumber());
            assertEquals(KeyRefusal.MALFORMED, refusal(() -> keys.verifyMacs(Collections.nCopies(10_001, wrong))));
            assertEquals(KeyRefusal.MALFORMED, refusal(() -> keys.verifyMacs(List.of())));
        }
    }

    @Test
    void second_vault_on_the_same_folder_is_refused() throws IOException {
        try (RunningVault vault = RunningVault.start(folder)) {
            VaultException refused = assertThrows(VaultException.class, () -> RunningVault.start(folder));
            assertEquals(VaultFault.IN_USE, refused.fault());
            assertTrue(vault.address().getPort() > 0);
        }
    }

    @Test
    void refusal_over_the_wire_does_not_repeat_what_was_sent() throws IOException {
        try (RunningVault vault = RunningVault.start(folder);
                RemoteKeyService keys = vault.client(vault.enrolBackend())) {
            byte[] message = "to be signed by nobody".getBytes(StandardCharsets.UTF_8);
            KeyServiceException refused =
                    assertThrows(KeyServiceException.class, () -> keys.sign(SigningKey.CARD_ISSUER, message));
            assertEquals(KeyRefusal.NOT_ALLOWED, refused.reason());
            assertFalse(String.valueOf(refused.getMessage()).contains("nobody"));
        }
    }

    private static MachineIdentity enrol(RemoteKeyService keys, MachineProfile profile, MachineName name) {
        KeyPair pair = MachineKeys.generate(profile);
        byte[] request = MachineKeys.request(profile, pair, name);
        return keys.enrolMachine(new MachineEnrolment(profile, name, request)).identity(profile, pair.getPrivate());
    }

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }
}
