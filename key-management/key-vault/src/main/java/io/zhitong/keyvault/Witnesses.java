package io.zhitong.keyvault;

import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.DeviceWord;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.Revocation;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.Testimony;
import io.zhitong.keyapi.VaultDoor;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Those who know how far this vault had come (见证方). A backup cannot know that; they were told each newest checkpoint, and
 * what they tell back is signed by this vault itself. Their names are a note in the operational compartment. Thread-safe.
 */
final class Witnesses {
    private static final String NOTE = "witnesses";

    /** Remembered, of backends and of devices each: more need not be asked. */
    private static final int MOST = 64;

    private final Vault vault;
    private final Set<String> spoken = new HashSet<>();
    private long newest;

    Witnesses(Vault vault) {
        this.vault = vault;
    }

    /** One backend's word; see {@link io.zhitong.keyapi.VaultDoor#testify}. */
    synchronized Testimony testify(String who, Testimony known) {
        known.newest().ifPresent(this::checkSigned);
        heard(Set.of(who), known.newest());
        return new Testimony(vault.restored() ? Optional.empty() : vault.audit().newestCheckpoint());
    }

    /**
     * Words of devices; see {@link io.zhitong.keyapi.VaultDoor#passOn}. Of all of them the highest number counts; a word that
     * this vault did not sign is none, and keeps nobody else's back.
     */
    synchronized void passedOn(List<DeviceWord> passed) {
        if (passed.size() > VaultDoor.MOST_WORDS) {
            throw new KeyServiceException(KeyRefusal.MALFORMED, "expected at most " + VaultDoor.MOST_WORDS + " words");
        }
        List<DeviceWord> words =
                passed.stream().filter(word -> signed(word.newest())).toList();
        Set<String> speakers = words.stream()
                .map(DeviceWord::device)
                .filter(device -> device.role() != MachineRole.BACKEND)
                .map(MachineName::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        speakers.retainAll(certified());
        words.stream()
                .map(DeviceWord::newest)
                .max(Comparator.comparingLong(AuditCheckpoint::number))
                .ifPresent(highest -> heard(speakers, Optional.of(highest)));
    }

    private void heard(Set<String> speakers, Optional<AuditCheckpoint> known) {
        if (known.filter(this::ofLaterEpoch).isPresent() && !vault.superseded()) {
            vault.supersede(named(speakers));
        }
        if (vault.superseded()) {
            return;
        }
        if (!vault.restored()) {
            remember(speakers);
            if (known.filter(checkpoint -> !vault.audit().covers(checkpoint)).isPresent()) {
                vault.setBack(named(speakers));
            }
        }
        if (vault.restored()) {
            spoken.addAll(speakers);
            newest = Math.max(newest, known.map(AuditCheckpoint::number).orElse(0L));
            leapIfEnough();
        }
    }

    private static String named(Set<String> speakers) {
        return speakers.size() == 1 ? speakers.iterator().next() : speakers.size() + " devices";
    }

    /** Machines with a certificate that was not taken back; a device without one is no witness any more. */
    private Set<String> certified() {
        Set<BigInteger> revoked =
                vault.machines().revocations().stream().map(Revocation::serial).collect(Collectors.toSet());
        return vault.machines().issued().stream()
                .filter(given -> !revoked.contains(given.serial()))
                .map(given -> given.name().toString())
                .collect(Collectors.toSet());
    }

    private boolean ofLaterEpoch(AuditCheckpoint checkpoint) {
        return checkpoint.number() / Vault.EPOCH > vault.audit().position().number() / Vault.EPOCH;
    }

    private void checkSigned(AuditCheckpoint checkpoint) {
        if (!signed(checkpoint)) {
            throw new KeyServiceException(KeyRefusal.MALFORMED, "expected a checkpoint that this vault signed");
        }
    }

    private boolean signed(AuditCheckpoint checkpoint) {
        byte[] signed = AuditCheckpoint.signed(checkpoint.number(), checkpoint.hash());
        return Sm2.verify(Sm2PublicKey.decode(vault.publicKey(SigningKey.AUDIT)), signed, checkpoint.signature());
    }

    private void remember(Set<String> speakers) {
        if (names(vault.content()).containsAll(speakers)) {
            return;
        }
        Set<String> names = remembered();
        for (String who : speakers) {
            if (names.stream().filter(name -> isBackend(name) == isBackend(who)).count() < MOST) {
                names.add(who);
            }
        }
        if (!names(vault.content()).containsAll(names)) {
            vault.change(now -> now.withNote(NOTE, encoded(names)));
        }
    }

    private static boolean isBackend(String name) {
        return name.startsWith(MachineRole.BACKEND.label() + "/");
    }

    private Set<String> remembered() {
        Set<String> names = names(vault.content());
        Set<String> certified = certified();
        names.removeIf(name -> !isBackend(name) && !certified.contains(name));
        return names;
    }

    private void leapIfEnough() {
        Set<String> remembered = remembered();
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
