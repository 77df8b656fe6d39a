package io.zhitong.keyvault;

import io.zhitong.keyvault.custodian.PinCost;
import io.zhitong.keyvault.module.SoftModule;
import io.zhitong.keyvault.quorum.Quorum;
import io.zhitong.keyvault.quorum.QuorumId;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.keyvault.store.Compartment;
import io.zhitong.keyvault.store.SafeFiles;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * A vault's data folder (密钥库目录): {@code op.0}, {@code op.1} and {@code machine.share}, {@code store.0} and
 * {@code store.1}, {@code audit.log}, while a backend may enrol {@code backend.token}; a demo's shares in
 * {@code demo-quorum/}. Making and opening it, nothing more.
 *
 * @param path the folder
 * @param pins what a guess at a custodian's PIN costs that is set here
 */
record VaultFolder(Path path, PinCost pins) {
    private static final int DEMO_NEEDED = 3;
    private static final int DEMO_DEALT = 4;

    VaultFolder(Path path) {
        this(path, PinCost.STANDARD);
    }

    Path audit() {
        return path.resolve("audit.log");
    }

    Path token() {
        return path.resolve("backend.token");
    }

    private Path demoShares() {
        return path.resolve("demo-quorum");
    }

    /**
     * Opens the operational compartment, made when the folder has none; the masters stay closed.
     *
     * @throws VaultException when it does not open
     */
    Vault open(RandomSource random, Clock clock) {
        if (!VaultStore.exists(path, Compartment.OPERATIONAL)) {
            makeOperational(random, clock);
        }
        MachineShare.Found share = MachineShare.read(path);
        if (!share.refused().isEmpty()) {
            MachineShare.write(path, share.master(), random);
        }
        return new Vault(opened(share, random), this, new SoftModule(random), home(random), random, clock);
    }

    /** Where the masters live. */
    MasterHome home(RandomSource random) {
        return MasterHome.of(path, random);
    }

    /** Reads the operational compartment beside a vault that may be running; writes nothing. */
    VaultStore.Opened read(RandomSource random) {
        return opened(MachineShare.read(path), random);
    }

    private VaultStore.Opened opened(MachineShare.Found share, RandomSource random) {
        VaultStore.Opened opened = VaultStore.open(path, Compartment.OPERATIONAL, share.master(), random);
        List<String> refused = new ArrayList<>(share.refused());
        refused.addAll(opened.refused());
        return new VaultStore.Opened(opened.store(), opened.content(), List.copyOf(refused));
    }

    private void makeOperational(RandomSource random, Clock clock) {
        if (VaultStore.exists(path, Compartment.MASTERS)) {
            throw new VaultException(
                    VaultFault.NO_STORE,
                    "expected op.0 beside store.0: restore a backup, or make a new vault if it is of an earlier version");
        }
        SecretBytes master = SecretBytes.takeOver(random.bytes(32));
        MachineShare.write(path, master, random);
        // The token is out before the store is there: a vault that exists has offered its way in.
        String token = Tokens.text(random);
        SafeFiles.write(token(), (token + "\n").getBytes(StandardCharsets.US_ASCII));
        VaultContent content =
                new VaultBirth(random, clock).operational().withTokens(List.of(Tokens.stored(token, clock.instant())));
        VaultStore.create(path, Compartment.OPERATIONAL, master, false, content, random)
                .close();
        content.close();
    }

    /** Makes master keys whose shares lie beside them, marked so in every status. */
    void makeDemo(Vault vault, RandomSource random, Clock clock) {
        make(vault, demoShares(), DEMO_NEEDED, DEMO_DEALT, true, random, clock);
        vault.people().install(DemoCustodians.make(path.resolve("demo-custodians.txt"), pins, random));
    }

    /**
     * Makes master keys and deals their shares.
     *
     * @param shares folder for the share files, which the custodians take away
     * @param needed how many open it
     * @param dealt how many there are
     */
    void make(Vault vault, Path shares, int needed, int dealt, boolean demo, RandomSource random, Clock clock) {
        if (vault.masters().made()) {
            throw new VaultException(VaultFault.STORE_EXISTS, "expected a folder without master keys: " + path);
        }
        SecretBytes master = SecretBytes.takeOver(random.bytes(32));
        List<Share> dealtShares = Quorum.deal(master, needed, dealt, random);
        QuorumId quorum = QuorumId.of(dealtShares.get(0));
        for (Share share : dealtShares) {
            try (share) {
                byte[] line = (share.export(SecretAccess.TOKEN) + "\n").getBytes(StandardCharsets.US_ASCII);
                SafeFiles.write(shares.resolve("share-" + share.x() + ".txt"), line);
            }
        }
        VaultContent first = new VaultBirth(random, clock).masterContent();
        if (demo) {
            FactoryKeys.write(path, first.masters());
        }
        vault.bear(master, quorum, demo, first);
    }

    /** Whether a demo's shares lie beside the store. */
    boolean opensByItself() {
        return Files.isDirectory(demoShares());
    }

    /** Opens the masters with custodians' shares, or with the demo's when none are given. */
    void unseal(Vault vault, List<Path> shareFiles) {
        List<Share> shares = ShareFiles.read(shareFiles.isEmpty() ? ShareFiles.in(demoShares()) : shareFiles);
        try {
            vault.unseal(Quorum.join(shares));
        } finally {
            shares.forEach(Share::close);
        }
    }

    /** Reads the masters beside a vault that may be running; writes nothing. */
    VaultStore.Opened readMasters(List<Path> shareFiles, RandomSource random) {
        List<Share> shares = ShareFiles.read(shareFiles.isEmpty() ? ShareFiles.in(demoShares()) : shareFiles);
        try {
            return VaultStore.open(path, Compartment.MASTERS, Quorum.join(shares), random);
        } finally {
            shares.forEach(Share::close);
        }
    }
}
