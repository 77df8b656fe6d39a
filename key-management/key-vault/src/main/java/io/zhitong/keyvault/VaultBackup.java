package io.zhitong.keyvault;

import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyvault.audit.AuditChain;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.keyvault.quorum.Quorum;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.keyvault.store.Compartment;
import io.zhitong.keyvault.store.SafeFiles;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A vault in one file (密钥库备份): 'ZTB1' ‖ the two compartments as they lie on disk ‖ the audit's whole records, each length 8 ‖
 * bytes ‖ SM3 over all before 32. Nothing in it is in clear but the audit; only the quorum opens it, the operational compartment
 * by a secret that lies in the master compartment.
 */
final class VaultBackup {
    private static final String MAGIC = "ZTB1";
    private static final int HASH = 32;
    private static final long MOST = 1L << 31;

    private VaultBackup() {}

    /**
     * Reads a folder, of a running vault too.
     *
     * @return the number of the newest audit record in it
     */
    static AuditPosition make(Path folder, Path to, RandomSource random) {
        if (!VaultStore.exists(folder, Compartment.MASTERS)) {
            throw new VaultException(
                    VaultFault.NO_STORE, "expected master keys: without them no quorum opens a backup");
        }
        // The compartments first: the audit, read later, goes through every place they remember.
        byte[] operational = VaultStore.newest(folder, Compartment.OPERATIONAL);
        byte[] masters = VaultStore.newest(folder, Compartment.MASTERS);
        VaultStore.Opened opened = new VaultFolder(folder).read(random);
        opened.store().close();
        try {
            VaultContent content = opened.content();
            Path file = new VaultFolder(folder).audit();
            AuditChain.Checked audit = AuditChain.verify(
                    file, new AuditPosition(content.auditNumber(), content.auditHash()), auditKey(content));
            byte[] records = Arrays.copyOf(SafeFiles.readAll(file), Math.toIntExact(audit.length()));
            byte[] body = new ByteWriter()
                    .ascii(MAGIC)
                    .u64(operational.length)
                    .bytes(operational)
                    .u64(masters.length)
                    .bytes(masters)
                    .u64(records.length)
                    .bytes(records)
                    .toByteArray();
            SafeFiles.write(
                    to, new ByteWriter().bytes(body).bytes(Sm3.hash(body)).toByteArray());
            return audit.end();
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot read the audit of " + folder, e);
        } finally {
            opened.content().close();
        }
    }

    /** A vault in a new folder, that waits for the newest number anybody knows. */
    static AuditPosition restore(Path from, Path folder, List<Share> shares, RandomSource random) {
        return make(parts(SafeFiles.readAll(from)), folder, shares, Vault.SAME_EPOCH, random);
    }

    /** A vault of what a standby has, in the next epoch: whoever comes from it to the old vault fences that one. */
    static AuditPosition promote(Path standby, Path folder, List<Share> shares, RandomSource random) {
        List<byte[]> parts = List.of(
                VaultStore.newest(standby, Compartment.OPERATIONAL),
                VaultStore.newest(standby, Compartment.MASTERS),
                SafeFiles.readAll(new VaultFolder(standby).audit()));
        return make(parts, folder, shares, Vault.NEXT_EPOCH, random);
    }

    private static AuditPosition make(
            List<byte[]> parts, Path folder, List<Share> shares, byte epoch, RandomSource random) {
        Path absolute = folder.toAbsolutePath();
        // Whole or not at all: half of it would be a vault that does not know that it has to wait.
        Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
        if (Files.exists(part)) {
            throw new VaultException(VaultFault.STORE_EXISTS, "expected nothing there, delete it: " + part);
        }
        AuditPosition end = restoreInto(part, parts, shares, epoch, random);
        try {
            Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE);
            return end;
        } catch (IOException e) {
            throw new VaultException(VaultFault.STORE_EXISTS, "expected a new or empty folder: " + folder, e);
        }
    }

    private static AuditPosition restoreInto(
            Path folder, List<byte[]> parts, List<Share> shares, byte epoch, RandomSource random) {
        SafeFiles.write(folder.resolve("store.0"), parts.get(1));
        VaultStore.Opened masters = VaultStore.open(folder, Compartment.MASTERS, Quorum.join(shares), random);
        try (VaultStore store = masters.store()) {
            SecretBytes machine = SecretBytes.takeOver(masters.content()
                    .note(Vault.MACHINE)
                    .orElseThrow(
                            () -> new VaultException(VaultFault.STORE_REFUSED, "its masters open no compartment")));
            SafeFiles.write(new VaultFolder(folder).audit(), parts.get(2));
            store.save(masters.content(), store.generation() + Vault.LEAP);
            return restoreOperational(folder, parts.get(0), machine, epoch, random);
        } finally {
            masters.content().close();
        }
    }

    private static AuditPosition restoreOperational(
            Path folder, byte[] operational, SecretBytes machine, byte epoch, RandomSource random) {
        MachineShare.write(folder, machine, random);
        SafeFiles.write(folder.resolve("op.0"), operational);
        VaultStore.Opened opened = VaultStore.open(folder, Compartment.OPERATIONAL, machine, random);
        try (VaultStore store = opened.store()) {
            VaultContent content = opened.content();
            store.save(
                    content.withTokens(List.of()).withNote(Vault.RESTORED, new byte[] {epoch}),
                    store.generation() + Vault.LEAP);
            Path audit = new VaultFolder(folder).audit();
            AuditPosition known = new AuditPosition(content.auditNumber(), content.auditHash());
            return AuditChain.verify(audit, known, auditKey(content)).end();
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot read the audit in " + folder, e);
        } finally {
            opened.content().close();
        }
    }

    private static List<byte[]> parts(byte[] all) {
        try {
            byte[] body = Arrays.copyOf(all, Math.max(0, all.length - HASH));
            if (!Arrays.equals(Sm3.hash(body), Arrays.copyOfRange(all, body.length, all.length))) {
                throw new MalformedInput("expected its own hash at its end");
            }
            ByteReader in = new ByteReader(body);
            in.magic(MAGIC);
            List<byte[]> parts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                long length = in.u64();
                if (length < 0 || length > MOST) {
                    throw new MalformedInput("expected a shorter part");
                }
                parts.add(in.bytes((int) length));
            }
            in.end();
            return parts;
        } catch (MalformedInput e) {
            throw new VaultException(VaultFault.STORE_REFUSED, "the backup is torn or none", e);
        }
    }

    /** Checks checkpoints of a chain without a vault that runs. */
    static Sm2PublicKey auditKey(VaultContent content) {
        byte[] scalar =
                Objects.requireNonNull(content.signers().get(SigningKey.AUDIT)).export(SecretAccess.TOKEN);
        try (Sm2PrivateKey key = Sm2PrivateKey.of(scalar)) {
            return key.publicKey();
        } finally {
            Arrays.fill(scalar, (byte) 0);
        }
    }
}
