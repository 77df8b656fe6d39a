package io.zhitong.keyvault.ceremony;

import io.zhitong.keyvault.quorum.Share;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a ceremony holds in memory only (仪式中的秘密) and loses with the process. Not thread-safe. */
final class CeremonySecrets implements AutoCloseable {
    private final SortedMap<Integer, SecretBytes> components = new TreeMap<>();
    private final Map<Integer, Share> handedIn = new TreeMap<>();
    private Optional<CeremonySecret> combined = Optional.empty();
    private Optional<SecretBytes> proof = Optional.empty();

    /** Keeps a copy of a component. */
    void reveal(int custodian, SecretBytes component) {
        SecretBytes old = components.put(custodian, SecretBytes.takeOver(component.export(SecretAccess.TOKEN)));
        if (old != null) {
            old.close();
        }
    }

    boolean revealed(int custodian) {
        return combined.isPresent() || components.containsKey(custodian);
    }

    SortedMap<Integer, SecretBytes> components() {
        return components;
    }

    /** Keeps what the components made and lets them go. */
    void combine(CeremonySecret secret) {
        combined = Optional.of(secret);
        wipeComponents();
    }

    Optional<CeremonySecret> combined() {
        return combined;
    }

    /** Everything but the shares handed in: all are confirmed. */
    void forgetComponents() {
        wipeComponents();
        combined.ifPresent(CeremonySecret::close);
        combined = Optional.empty();
    }

    void handIn(Share share) {
        Share old = handedIn.put(share.x(), share);
        if (old != null) {
            old.close();
        }
    }

    List<Share> handedIn() {
        return new ArrayList<>(handedIn.values());
    }

    /** Keeps the master that the shares gave, until the ceremony is closed. */
    void prove(SecretBytes master) {
        proof = Optional.of(master);
        handedIn.values().forEach(Share::close);
        handedIn.clear();
    }

    /** Takes the master out. */
    Optional<SecretBytes> takeProof() {
        Optional<SecretBytes> taken = proof;
        proof = Optional.empty();
        return taken;
    }

    private void wipeComponents() {
        components.values().forEach(SecretBytes::close);
        components.clear();
    }

    @Override
    public void close() {
        forgetComponents();
        handedIn.values().forEach(Share::close);
        handedIn.clear();
        takeProof().ifPresent(SecretBytes::close);
    }
}
