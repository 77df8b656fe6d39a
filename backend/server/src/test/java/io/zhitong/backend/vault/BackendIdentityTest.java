package io.zhitong.backend.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.backend.foundation.TestSettings;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.QuickPinVault;
import io.zhitong.keyvault.VaultProcess;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachinePeer;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTlsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enrols at a real vault. */
final class BackendIdentityTest {
    @TempDir
    Path data;

    @Test
    void before_the_vault_was_ever_started_the_file_to_wait_for_is_named() {
        BackendIdentity identity = TestIdentity.in(TestSettings.in(data, 1));
        assertThatThrownBy(identity::authority)
                .isInstanceOfSatisfying(
                        KeyServiceException.class, e -> assertThat(e.reason()).isEqualTo(KeyRefusal.UNAVAILABLE))
                .hasMessageContaining("ca.pem")
                .hasMessageContaining("start the vault first");
        assertThat(data.resolve("backend/tls/backend.pem")).doesNotExist();
    }

    @Test
    void an_authority_file_that_holds_no_certificate_is_refused_as_such() throws IOException {
        Files.createDirectories(data.resolve("vault"));
        for (String content : new String[] {"", "-----BEGIN CERTIFICATE-----\n", "hello"}) {
            Files.writeString(data.resolve("vault/ca.pem"), content);
            assertThatThrownBy(() -> TestIdentity.in(TestSettings.in(data, 1)).authority())
                    .as(content)
                    .isInstanceOf(MachineTlsException.class);
        }
    }

    @Test
    void it_is_enrolled_once_kept_for_the_owner_only_and_the_token_is_spent() throws IOException {
        try (VaultProcess vault =
                QuickPinVault.serve(new VaultProcess.Settings(data.resolve("vault"), 0, true, List.of(), false))) {
            MachineIdentity first =
                    TestIdentity.in(TestSettings.in(data, vault.port())).identity();
            MachineIdentity later =
                    TestIdentity.in(TestSettings.in(data, vault.port())).identity();
            assertThat(MachinePeer.of(later.chain().get(0)).name())
                    .isEqualTo(new MachineName(MachineRole.BACKEND, "backend"));
            assertThat(later.chain()).isEqualTo(first.chain());
            try (var files = Files.list(data.resolve("backend/tls"))) {
                List<Path> kept = files.toList();
                assertThat(kept).isNotEmpty();
                assertThat(kept)
                        .filteredOn(file -> file.toString().contains("key"))
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
                for (Path file : kept) {
                    Files.delete(file);
                }
            }
            assertThatThrownBy(() ->
                            TestIdentity.in(TestSettings.in(data, vault.port())).identity())
                    .isInstanceOf(KeyServiceException.class);
        }
    }
}
