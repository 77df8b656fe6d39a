package io.zhitong.keyvault;

import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.Testimony;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Those who know how far this vault had come (见证方). A backup cannot know that; they were told each newest checkpoint, and
 * what they tell back is signed by this vault itself. Their names are a note in the operational compartment. Thread-safe.
 */
final class Witnesses {
    private static final String NOTE = "witnesses";
    private static final int MOST = 64;

    private final Vault vault;
    private final Set<String> spoken = new HashSet<>();
    private long newest;

    Witnesses(Vault vault) {
        this.vault = vault;
    }

    /** One machine's word; see {@link io.zhitong.keyapi.VaultDoor#testify}. */
    synchronized Testimony testify(String who, Testimony known) {
        known.newest().ifPresent(this::checkSigned);
        if (known.newest().filter(this::ofLaterEpoch).isPresent() && !vault.superseded()) {
            vault.supersede(who);
        }
        if (vault.superseded()) {
            return new Testimony(Optional.empty());
        }
        if (!vault.restored()) {
            remember(who);
            if (known.newest()
                    .filter(checkpoint -> !vault.audit().covers(checkpoint))
                    .isPresent()) {
                vault.setBack(who);
            }
        }
        if (vault.restored()) {
            spoken.add(who);
            newest =
                    Math.max(newest, known.newest().map(AuditCheckpoint::number).orElse(0L));
            leapIfEnough();
        }
        return new Testimony(vault.restored() ? Optional.empty() : vault.audit().newestCheckpoint());
    }

    private boolean ofLaterEpoch(AuditCheckpoint checkpoint) {
        return checkpoint.number() / Vault.EPOCH > vault.audit().position().number() / Vault.EPOCH;
    }

    private void checkSigned(AuditCheckpoint checkpoint) {
        byte[] signed = AuditCheckpoint.signed(checkpoint.number(), checkpoint.hash());
        if (!Sm2.verify(Sm2PublicKey.decode(vault.publicKey(SigningKey.AUDIT)), signed, checkpoint.signature())) {
            throw new KeyServiceException(KeyRefusal.MALFORMED, "expected a checkpoint that this vault signed");
        }
    }

    private void remember(String who) {
        Set<String> names = names(vault.content());
        if (names.size() < MOST && names.add(who)) {
            vault.change(now -> now.withNote(NOTE, encoded(names)));
        }
    }

    private void leapIfEnough() {
        Set<String> remembered = names(vault.content());
        long heard = remembered.stream().filter(spoken::contains).count();
        if (remembered.isEmpty() || heard * 2 > remembered.size()) {
            leap(heard + " of " + remembered.size() + " witnesses");
        }
    }

    /** By the custodians, who opened the masters. */
    synchronized void answered(long number) {
        if (!vault.restored() || vault.superseded()) {
            throw new KeyServiceException(KeyRefusal.NOT_ALLOWED, "expected a restored vault");
        }
        vault.masters().requireOpen();
        long own = vault.audit().position().number();
        if (number < own || number / Vault.EPOCH > own / Vault.EPOCH) {
            throw new KeyServiceException(
                    KeyRefusal.MALFORMED, "expected a number not below the vault's own, and of its epoch");
        }
        newest = Math.max(newest, number);
        leap("the custodians");
    }

    private void leap(String by) {
        vault.leap(newest, by);
        spoken.clear();
        newest = 0;
    }

    private static Set<String> names(VaultContent content) {
        Set<String> names = new TreeSet<>();
        ByteReader in = new ByteReader(content.note(NOTE).orElse(new byte[0]));
        while (in.remaining() > 0) {
            names.add(in.text());
        }
        return names;
    }

    private static byte[] encoded(Set<String> names) {
        ByteWriter out = new ByteWriter();
        names.forEach(out::text);
        return out.toByteArray();
    }
}
