package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyvault.life.MasterBytes;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What command lines of other modules need of a vault on this machine (本机密钥库入口). */
public final class VaultAccess {
    private VaultAccess() {}

    /**
     * What people do, of the process that serves the folder.
     *
     * @throws VaultException {@link VaultFault#NOT_SERVED} when none does
     */
    public static KeyAdministration people(Path data) {
        return ServedVault.connect(data);
    }

    /** The key service as the vault's own command line has it: status, and the issue of SAMs. Throws as {@link #people}. */
    public static KeyService keys(Path data) {
        return ServedVault.keys(data);
    }

    /**
     * Puts an exchange key together from components, in a vault that no process serves.
     *
     * @param shares the custodians' share files; a demo opens by itself without any
     * @param kcv of the key, 3 bytes
     * @return its name and check value
     */
    public static String importComponents(
            Path data, List<Path> shares, KeyRef name, List<SecretBytes> components, byte[] kcv) throws IOException {
        try (OfflineVault vault = OfflineVault.open(data, shares)) {
            SecretBytes made = MasterBytes.ofComponents(components, kcv);
            return vault.execute(
                    "import " + name.text() + " from key cards",
                    orders -> number -> orders.importKey(number, name, false, made));
        }
    }

    /** One line from the terminal without echo, or the next line of standard input; the caller closes it. */
    public static SecretBytes ask(String prompt) throws IOException {
        return SecretInput.ask(prompt);
    }
}
