package io.zhitong.keyvault.store;

import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm4;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The vault's content on disk (密钥库存储), encrypted under the quorum's master, in two generations that take turns in
 * {@code store.0} and {@code store.1}. A write is a temporary file, fsync, rename, fsync of the folder: a power cut leaves
 * the old or the new generation. One changed bit anywhere refuses that generation and opens the previous one.
 *
 * <p>File: {@link StoreHeader} ‖ SM4-GCM(content, AAD = header). Key 16 ‖ IV 12 = KDF(master ‖ 'ZTVS' ‖ salt, 28) of
 * GB/T 32918.4: a fresh salt makes a key and IV that are used once.
 *
 * <p>Thread-safe.
 */
public final class VaultStore implements AutoCloseable {
    private static final int KEY = 16;
    private static final int IV = 12;

    private final Path folder;
    private final SecretBytes master;
    private final boolean demoQuorum;
    private final RandomSource random;
    private long generation;

    private VaultStore(Path folder, SecretBytes master, boolean demoQuorum, long generation, RandomSource random) {
        this.folder = folder;
        this.master = master;
        this.demoQuorum = demoQuorum;
        this.generation = generation;
        this.random = random;
    }

    /**
     * A store that was opened.
     *
     * @param store for further writes
     * @param content of the newest intact generation
     * @param refused generations or files that were there and not intact, in words
     */
    public record Opened(VaultStore store, VaultContent content, List<String> refused) {}

    private record Slot(StoreHeader header, VaultContent content) {}

    /** Whether there is any generation, intact or not. */
    public static boolean exists(Path folder) {
        return slots(folder).stream().anyMatch(Files::exists);
    }

    /** Makes the first generation; takes over the master. */
    public static VaultStore create(
            Path folder, SecretBytes master, boolean demoQuorum, VaultContent content, RandomSource random) {
        if (exists(folder)) {
            throw new VaultException(VaultFault.STORE_EXISTS, "expected an empty folder, found a store in " + folder);
        }
        VaultStore store = new VaultStore(folder, master, demoQuorum, 0, random);
        store.save(content);
        return store;
    }

    /**
     * Opens the newest intact generation; takes over the master.
     *
     * @throws VaultException {@link VaultFault#NO_STORE}, {@link VaultFault#WRONG_QUORUM} or
     *     {@link VaultFault#STORE_REFUSED}
     */
    public static Opened open(Path folder, SecretBytes master, RandomSource random) {
        if (!exists(folder)) {
            throw new VaultException(VaultFault.NO_STORE, "expected a store in " + folder + ": make one first");
        }
        List<String> refused = new ArrayList<>();
        List<Slot> intact = new ArrayList<>();
        for (Path file : slots(folder)) {
            if (Files.exists(file)) {
                read(file, master)
                        .ifPresentOrElse(intact::add, () -> refused.add(file.getFileName() + " is not intact"));
            }
        }
        Slot newest = intact.stream()
                .max(Comparator.comparingLong(slot -> slot.header().generation()))
                .orElseThrow(() -> nothingOpens(folder, master));
        StoreHeader header = newest.header();
        VaultStore store = new VaultStore(folder, master, header.demoQuorum(), header.generation(), random);
        return new Opened(store, newest.content(), List.copyOf(refused));
    }

    public synchronized long generation() {
        return generation;
    }

    public boolean demoQuorum() {
        return demoQuorum;
    }

    /** Writes the next generation; when it returns the content survives a power cut. */
    public synchronized void save(VaultContent content) {
        long next = generation + 1;
        byte[] clear = content.encode();
        byte[] salt = random.bytes(StoreHeader.SALT);
        byte[] keyAndIv = keyAndIv(master, salt);
        try {
            byte[] header = new StoreHeader(demoQuorum, next, kcv(master), salt, clear.length + KEY).encode();
            byte[] body = Sm4.gcmEncrypt(
                    Arrays.copyOf(keyAndIv, KEY), Arrays.copyOfRange(keyAndIv, KEY, KEY + IV), header, clear);
            SafeFiles.keepIfDamaged(
                    slot(folder, next), file -> read(file, master).isPresent());
            SafeFiles.write(
                    slot(folder, next),
                    new ByteWriter().bytes(header).bytes(body).toByteArray());
            generation = next;
        } finally {
            Arrays.fill(clear, (byte) 0);
            Arrays.fill(keyAndIv, (byte) 0);
        }
    }

    private static Optional<Slot> read(Path file, SecretBytes master) {
        byte[] clear = {};
        try {
            byte[] all = SafeFiles.read(file);
            ByteReader in = new ByteReader(all);
            StoreHeader header = StoreHeader.decode(in);
            byte[] keyAndIv = keyAndIv(master, header.salt());
            clear = Sm4.gcmDecrypt(
                    Arrays.copyOf(keyAndIv, KEY),
                    Arrays.copyOfRange(keyAndIv, KEY, KEY + IV),
                    Arrays.copyOf(all, StoreHeader.LENGTH),
                    in.rest());
            Arrays.fill(keyAndIv, (byte) 0);
            return Optional.of(new Slot(header, VaultContent.decode(clear)));
        } catch (MalformedInput e) {
            return Optional.empty();
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    private static VaultException nothingOpens(Path folder, SecretBytes master) {
        boolean foreign = slots(folder).stream().filter(Files::exists).allMatch(file -> foreign(file, master));
        return foreign
                ? new VaultException(VaultFault.WRONG_QUORUM, "expected the quorum this store was made with")
                : new VaultException(VaultFault.STORE_REFUSED, "restore store.0 or store.1 of " + folder);
    }

    private static boolean foreign(Path file, SecretBytes master) {
        try {
            StoreHeader header = StoreHeader.decode(new ByteReader(SafeFiles.read(file)));
            return !MessageDigest.isEqual(header.kcv(), kcv(master));
        } catch (MalformedInput e) {
            return false;
        }
    }

    private static byte[] keyAndIv(SecretBytes master, byte[] salt) {
        return kdf(master, "ZTVS", salt, KEY + IV);
    }

    /** KCV of the master: left 3 of SM4-CMAC(KDF(master ‖ 'ZTVK', 16), 0¹⁶). */
    private static byte[] kcv(SecretBytes master) {
        byte[] key = kdf(master, "ZTVK", new byte[0], KEY);
        try {
            return Arrays.copyOf(Sm4.cmac(key, new byte[KEY]), StoreHeader.KCV);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] kdf(SecretBytes master, String label, byte[] salt, int length) {
        byte[] secret = master.export(SecretAccess.TOKEN);
        byte[] seed = Arrays.copyOf(secret, secret.length + label.length() + salt.length);
        System.arraycopy(label.getBytes(StandardCharsets.US_ASCII), 0, seed, secret.length, label.length());
        System.arraycopy(salt, 0, seed, secret.length + label.length(), salt.length);
        try {
            return Sm2.kdf(seed, length);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(seed, (byte) 0);
        }
    }

    private static List<Path> slots(Path folder) {
        return List.of(slot(folder, 0), slot(folder, 1));
    }

    private static Path slot(Path folder, long generation) {
        return folder.resolve("store." + generation % 2);
    }

    @Override
    public void close() {
        master.close();
    }
}
