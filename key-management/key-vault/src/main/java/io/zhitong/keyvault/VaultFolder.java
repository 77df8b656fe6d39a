package io.zhitong.keyvault;

import io.zhitong.keyvault.quorum.Quorum;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.keyvault.store.SafeFiles;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A vault's data folder (密钥库目录): {@code store.0}, {@code store.1}, {@code audit.log}, while
 * a backend may enrol {@code backend.token}; a demo's shares in {@code demo-quorum/}. Making and opening it, nothing more.
 *
 * @param path the folder
 */
record VaultFolder(Path path) {
    private static final int DEMO_NEEDED = 3;
    private static final int DEMO_DEALT = 4;
    private static final int MOST_SHARE_FILE = 1024;

    Path audit() {
        return path.resolve("audit.log");
    }

    Path token() {
        return path.resolve("backend.token");
    }

    boolean made() {
        return VaultStore.exists(path);
    }

    private Path demoShares() {
        return path.resolve("demo-quorum");
    }

    /** Makes a vault whose shares lie beside it, marked so in every status. */
    void makeDemo(RandomSource random, Clock clock) {
        make(demoShares(), DEMO_NEEDED, DEMO_DEALT, true, random, clock);
    }

    /**
     * Makes a vault and deals its shares.
     *
     * @param shares folder for the share files, which the custodians take away
     * @param needed how many open it
     * @param dealt how many there are
     */
    void make(Path shares, int needed, int dealt, boolean demo, RandomSource random, Clock clock) {
        if (made()) {
            throw new VaultException(VaultFault.STORE_EXISTS, "expected a folder without a store: " + path);
        }
        SecretBytes master = SecretBytes.takeOver(random.bytes(32));
        for (Share share : Quorum.deal(master, needed, dealt, random)) {
            try (share) {
                byte[] line = (share.export(SecretAccess.TOKEN) + "\n").getBytes(StandardCharsets.US_ASCII);
                SafeFiles.write(shares.resolve("share-" + share.x() + ".txt"), line);
            }
        }
        // The token is out before the store is there: a vault that exists has offered its way in.
        String token = Tokens.text(random);
        SafeFiles.write(token(), (token + "\n").getBytes(StandardCharsets.US_ASCII));
        VaultContent content =
                new VaultBirth(random, clock).content().withTokens(List.of(Tokens.stored(token, clock.instant())));
        VaultStore.create(path, master, demo, content, random).close();
    }

    /**
     * Opens the store with the custodians' shares, or with the demo's when none are given.
     *
     * @param shareFiles one share each
     */
    VaultStore.Opened open(List<Path> shareFiles, RandomSource random) {
        List<Share> shares = new ArrayList<>();
        try {
            for (Path file : shareFiles.isEmpty() ? demoShareFiles() : shareFiles) {
                shares.add(read(file));
            }
            return VaultStore.open(path, Quorum.join(shares), random);
        } finally {
            shares.forEach(Share::close);
        }
    }

    private List<Path> demoShareFiles() {
        if (!Files.isDirectory(demoShares())) {
            throw new VaultException(VaultFault.TOO_FEW_SHARES, "give the custodians' shares with --share FILE");
        }
        try (Stream<Path> files = Files.list(demoShares())) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot list " + demoShares(), e);
        }
    }

    private static Share read(Path file) {
        try {
            if (Files.size(file) > MOST_SHARE_FILE) {
                throw new VaultException(VaultFault.BAD_SHARE, file + " is too large for a share");
            }
            return Share.parse(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot read " + file, e);
        }
    }
}
