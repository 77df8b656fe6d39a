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
 * The vault's content on disk (密钥库存储), one compartment of it, encrypted under its master. A change is a
 * new generation, written twice, to {@code NAME.0} and {@code NAME.1} in turn: what was acknowledged lies in both. A write is
 * a temporary file, fsync, rename, fsync of the folder: a power cut leaves the old or the new generation. One changed bit
 * anywhere refuses that file and opens the other one, and nothing is lost.
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
    private final Compartment compartment;
    private final SecretBytes master;
    private final boolean demoQuorum;
    private final RandomSource random;
    private long generation;

    private VaultStore(
            Path folder,
            Compartment compartment,
            SecretBytes master,
            boolean demoQuorum,
            long generation,
            RandomSource random) {
        this.folder = folder;
        this.compartment = compartment;
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
    public static boolean exists(Path folder, Compartment compartment) {
        return slots(folder, compartment).stream().anyMatch(Files::exists);
    }

    /** Whether a closed store is marked as a demo's: read from its clear head, which is believed only once it is open. */
    public static boolean marked(Path folder, Compartment compartment) {
        return slots(folder, compartment).stream()
                .filter(Files::exists)
                .flatMap(file -> head(file).stream())
                .anyMatch(StoreHeader::demoQuorum);
    }

    /**
     * The file with the highest generation, as it lies there; whether it is intact shows when it is opened.
     *
     * @throws VaultException {@link VaultFault#NO_STORE}
     */
    public static byte[] newest(Path folder, Compartment compartment) {
        return slots(folder, compartment).stream()
                .filter(Files::exists)
                .filter(file -> head(file).isPresent())
                .max(Comparator.comparingLong(
                        file -> head(file).map(StoreHeader::generation).orElse(-1L)))
                .map(SafeFiles::read)
                .orElseThrow(() -> new VaultException(VaultFault.NO_STORE, "expected a compartment in " + folder));
    }

    /** The generation that a compartment's file says it is of; 0 when it is none. */
    public static long generationOf(byte[] file) {
        try {
            return StoreHeader.decode(new ByteReader(file)).generation();
        } catch (MalformedInput e) {
            return 0;
        }
    }

    /** Takes a file of another machine's compartment over, into both places. */
    public static void adopt(Path folder, Compartment compartment, byte[] file) {
        long generation = generationOf(file);
        SafeFiles.write(slot(folder, compartment, generation), file);
        SafeFiles.write(slot(folder, compartment, generation + 1), file);
    }

    private static Optional<StoreHeader> head(Path file) {
        try {
            return Optional.of(StoreHeader.decode(new ByteReader(SafeFiles.read(file))));
        } catch (MalformedInput e) {
            return Optional.empty();
        }
    }

    /** Makes the first generation; takes over the master. */
    public static VaultStore create(
            Path folder,
            Compartment compartment,
            SecretBytes master,
            boolean demoQuorum,
            VaultContent content,
            RandomSource random) {
        if (exists(folder, compartment)) {
            throw new VaultException(VaultFault.STORE_EXISTS, "expected an empty folder, found a store in " + folder);
        }
        VaultStore store = new VaultStore(folder, compartment, master, demoQuorum, 0, random);
        store.save(content);
        return store;
    }

    /**
     * Opens the newest intact generation; takes over the master.
     *
     * @throws VaultException {@link VaultFault#NO_STORE}, {@link VaultFault#WRONG_QUORUM} or
     *     {@link VaultFault#STORE_REFUSED}
     */
    public static Opened open(Path folder, Compartment compartment, SecretBytes master, RandomSource random) {
        if (!exists(folder, compartment)) {
            throw new VaultException(
                    VaultFault.NO_STORE, "expected " + compartment.file() + ".0 in " + folder + ": make one first");
        }
        List<String> refused = new ArrayList<>();
        List<Slot> intact = new ArrayList<>();
        for (Path file : slots(folder, compartment)) {
            if (Files.exists(file)) {
                read(file, master)
                        .ifPresentOrElse(intact::add, () -> refused.add(file.getFileName() + " is not intact"));
            }
        }
        Slot newest = intact.stream()
                .max(Comparator.comparingLong(slot -> slot.header().generation()))
                .orElseThrow(() -> nothingOpens(folder, compartment, master));
        intact.stream()
                .filter(slot -> slot != newest)
                .forEach(slot -> slot.content().close());
        StoreHeader header = newest.header();
        VaultStore store =
                new VaultStore(folder, compartment, master, header.demoQuorum(), header.generation(), random);
        return new Opened(store, newest.content(), List.copyOf(refused));
    }

    /** A copy of the master, for a backup's way back; the caller wipes it. */
    public byte[] exportMaster(SecretAccess token) {
        return master.export(token);
    }

    public synchronized long generation() {
        return generation;
    }

    public boolean demoQuorum() {
        return demoQuorum;
    }

    /** Writes the next generation to both files; when it returns the content survives a power cut and a changed bit. */
    public synchronized void save(VaultContent content) {
        save(content, generation + 1);
    }

    /**
     * Writes a generation of the caller's number.
     *
     * @param next beyond the present one
     */
    public synchronized void save(VaultContent content, long next) {
        if (next <= generation) {
            throw new IllegalArgumentException("expected a generation beyond " + generation);
        }
        byte[] clear = content.encode();
        try {
            write(clear, next, slot(folder, compartment, next));
            write(clear, next, slot(folder, compartment, next + 1));
            generation = next;
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    private void write(byte[] clear, long next, Path file) {
        byte[] salt = random.bytes(StoreHeader.SALT);
        byte[] keyAndIv = keyAndIv(master, salt);
        try {
            byte[] header = new StoreHeader(demoQuorum, next, kcv(master), salt, clear.length + KEY).encode();
            byte[] body = Sm4.gcmEncrypt(
                    Arrays.copyOf(keyAndIv, KEY), Arrays.copyOfRange(keyAndIv, KEY, KEY + IV), header, clear);
            SafeFiles.keepIfDamaged(file, there -> intact(there, master));
            SafeFiles.write(file, new ByteWriter().bytes(header).bytes(body).toByteArray());
        } finally {
            Arrays.fill(keyAndIv, (byte) 0);
        }
    }

    private static boolean intact(Path file, SecretBytes master) {
        Optional<Slot> slot = read(file, master);
        slot.ifPresent(there -> there.content().close());
        return slot.isPresent();
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

    private static VaultException nothingOpens(Path folder, Compartment compartment, SecretBytes master) {
        boolean foreign =
                slots(folder, compartment).stream().filter(Files::exists).allMatch(file -> foreign(file, master));
        return foreign
                ? new VaultException(VaultFault.WRONG_QUORUM, "expected the quorum this store was made with")
                : new VaultException(
                        VaultFault.STORE_REFUSED, "restore " + compartment.file() + ".0 or .1 of " + folder);
    }

    private static boolean foreign(Path file, SecretBytes master) {
        return head(file)
                .map(header -> !MessageDigest.isEqual(header.kcv(), kcv(master)))
                .orElse(false);
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

    /** The files of a compartment that are there. */
    public static List<Path> files(Path folder, Compartment compartment) {
        return slots(folder, compartment).stream().filter(Files::exists).toList();
    }

    private static List<Path> slots(Path folder, Compartment compartment) {
        return List.of(slot(folder, compartment, 0), slot(folder, compartment, 1));
    }

    private static Path slot(Path folder, Compartment compartment, long generation) {
        return folder.resolve(compartment.file() + "." + generation % 2);
    }

    @Override
    public void close() {
        master.close();
    }
}
