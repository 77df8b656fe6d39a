package io.zhitong.keyvault;

import io.zhitong.keyvault.quorum.Quorum;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.keyvault.store.SafeFiles;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What opens the operational compartment without a custodian (机器分量): a share 1 of 1, as text, in {@code machine.share} and
 * again in {@code machine.share.copy}. Whoever reads this file on this machine opens that compartment, and no other.
 */
final class MachineShare {
    private static final List<String> NAMES = List.of("machine.share", "machine.share.copy");

    private MachineShare() {}

    /**
     * A share that was read.
     *
     * @param master of the operational compartment
     * @param refused which of the two files is not intact, in words
     */
    record Found(SecretBytes master, List<String> refused) {}

    /** Writes both files. */
    static void write(Path folder, SecretBytes master, RandomSource random) {
        try (Share share = Quorum.deal(master, 1, 1, random).get(0)) {
            byte[] line = (share.export(SecretAccess.TOKEN) + "\n").getBytes(StandardCharsets.US_ASCII);
            NAMES.forEach(name -> SafeFiles.write(folder.resolve(name), line));
        }
    }

    /**
     * Reads the first intact file.
     *
     * @throws VaultException {@link VaultFault#NO_MACHINE_SHARE} when neither is
     */
    static Found read(Path folder) {
        List<String> refused = new ArrayList<>();
        List<Share> intact = new ArrayList<>();
        for (String name : NAMES) {
            try {
                intact.add(ShareFiles.read(folder.resolve(name)));
            } catch (VaultException e) {
                refused.add(name + " is not intact");
            }
        }
        if (intact.isEmpty()) {
            throw new VaultException(
                    VaultFault.NO_MACHINE_SHARE, "expected machine.share in " + folder + ": restore a backup");
        }
        try {
            return new Found(Quorum.join(intact.subList(0, 1)), refused);
        } finally {
            intact.forEach(Share::close);
        }
    }
}
