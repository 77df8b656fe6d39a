package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.RevocationReason;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyvault.audit.AuditChain;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bit of one file is changed, anywhere: it is refused by name, the other file opens, and nothing is lost. */
class EveryBitTest {
    /** Every bit from 1000 rounds on, else some of every file. */
    private static final boolean ALL = Integer.getInteger("zhitong.rounds", 1) >= 1000;

    private static final int SOME = 211;
    private static final RandomSource RANDOM = RandomSource.secure();

    @TempDir
    Path folder;

    @BeforeEach
    void lived() {
        try (OpenVault vault = OpenVault.make(folder)) {
            vault.service().revoke(BigInteger.TEN, RevocationReason.LOST);
            vault.vault().masters().change(now -> now);
            vault.vault().newToken();
        }
    }

    @Test
    void of_the_operational_compartment() throws IOException {
        for (String file : List.of("op.0", "op.1")) {
            eachBit(file, () -> described(new VaultFolder(folder).read(RANDOM)));
        }
    }

    @Test
    void of_the_master_compartment() throws IOException {
        for (String file : List.of("store.0", "store.1")) {
            eachBit(file, () -> described(new VaultFolder(folder).readMasters(List.of(), RANDOM)));
        }
    }

    /** What opened, as one hash, and what was refused. */
    private static String described(VaultStore.Opened opened) {
        try (VaultStore store = opened.store()) {
            VaultContent content = opened.content();
            StringBuilder all = new StringBuilder();
            content.masters()
                    .forEach(each ->
                            all.append(each.usage()).append(Hex.of(each.key().export(SecretAccess.TOKEN))));
            content.signers()
                    .forEach((key, scalar) -> all.append(key).append(Hex.of(scalar.export(SecretAccess.TOKEN))));
            all.append(content.revocations()).append(content.tokens().size()).append(content.auditNumber());
            all.append(store.generation());
            byte[] text = all.toString().getBytes(StandardCharsets.UTF_8);
            return opened.refused() + " " + Hex.of(Sm3.hash(text));
        } finally {
            opened.content().close();
        }
    }

    private void eachBit(String name, Supplier<String> open) throws IOException {
        Path file = folder.resolve(name);
        byte[] intact = Files.readAllBytes(file);
        String expected = open.get().replace("[]", "[" + name + " is not intact]");
        for (int bit = 0; bit < intact.length * 8; bit += ALL ? 1 : SOME) {
            Files.write(file, changed(intact, bit));
            assertEquals(expected, open.get(), name + " bit " + bit);
        }
        Files.write(file, intact);
    }

    private static byte[] changed(byte[] intact, int bit) {
        byte[] changed = intact.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return changed;
    }

    @Test
    void of_the_machines_share() throws IOException {
        Path file = folder.resolve("machine.share");
        String intact = Files.readString(file);
        for (int bit = 0; bit < intact.length() * 8; bit += ALL ? 1 : 5) {
            String changed =
                    new String(changed(intact.getBytes(StandardCharsets.US_ASCII), bit), StandardCharsets.ISO_8859_1);
            Files.write(file, changed.getBytes(StandardCharsets.ISO_8859_1));
            MachineShare.Found found = MachineShare.read(folder);
            found.master().close();
            // The same digit in the other case, and another blank at the end, are no change.
            boolean same = changed.strip().equalsIgnoreCase(intact.strip());
            assertEquals(same ? List.of() : List.of("machine.share is not intact"), found.refused(), "bit " + bit);
        }
    }

    @Test
    void of_the_audit() throws IOException {
        Sm2PublicKey key;
        try (OpenVault vault = OpenVault.open(folder)) {
            key = Sm2PublicKey.decode(vault.service().publicKey(SigningKey.AUDIT));
        }
        Path file = folder.resolve("audit.log");
        byte[] intact = Files.readAllBytes(file);
        AuditPosition end = AuditChain.verify(file, AuditPosition.start(), key).end();
        int refused = 0;
        for (int bit = 0; bit < intact.length * 8; bit += ALL ? 1 : SOME) {
            Files.write(file, changed(intact, bit));
            try {
                AuditChain.verify(file, end, key);
                throw new AssertionError("bit " + bit + " changes nothing");
            } catch (VaultException e) {
                assertEquals(VaultFault.AUDIT_BROKEN, e.fault(), "bit " + bit);
                refused++;
            }
        }
        assertTrue(refused > 50);
    }

    @Test
    void vault_with_damage_in_every_pair_of_files_opens_and_tells_all_of_it_in_its_audit() throws IOException {
        for (String name : List.of("op.1", "store.0", "machine.share")) {
            Path file = folder.resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        }
        try (OpenVault vault = OpenVault.open(folder)) {
            assertTrue(vault.vault().revoked(BigInteger.TEN));
        }
        String audit = Files.readString(folder.resolve("audit.log"), StandardCharsets.ISO_8859_1);
        for (String name : List.of("op.1", "store.0", "machine.share")) {
            assertTrue(audit.contains(name + " is not intact"), name);
        }
        assertEquals(95, Files.size(folder.resolve("machine.share")));
    }
}
