package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyvault.store.StoredAuthority;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.machinetls.MachineAuthority;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Makes the first content of a vault's compartments (建库): version 1 of the root master of every usage, one SM2 key for each
 * signing purpose, one machine authority for each profile. All are drawn independently.
 */
final class VaultBirth {
    private static final int KEY = 16;
    private static final int FIRST_VERSION = 1;
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(20 * 365);
    private static final Duration SLACK = Duration.ofDays(2);

    private final RandomSource random;
    private final Instant now;

    VaultBirth(RandomSource random, Clock clock) {
        this.random = random;
        this.now = clock.instant();
    }

    /** What a vault has before any ceremony. */
    VaultContent operational() {
        return content(List.of(), signers(Vault::operational), authorities());
    }

    /** The first masters: a root of every usage, all drawn here. */
    VaultContent masterContent() {
        return masterContent(masters());
    }

    /** Settlement and issuer keys beside masters that were made elsewhere. */
    VaultContent masterContent(List<StoredMaster> masters) {
        return content(masters, signers(key -> !Vault.operational(key)), List.of());
    }

    private static VaultContent content(
            List<StoredMaster> masters, Map<SigningKey, SecretBytes> signers, List<StoredAuthority> authorities) {
        return new VaultContent(masters, signers, authorities, List.of(), List.of(), Map.of(), 0, HashChain.start());
    }

    private List<StoredMaster> masters() {
        List<StoredMaster> masters = new ArrayList<>();
        for (KeyUsage usage : KeyUsage.values()) {
            SecretBytes key = SecretBytes.takeOver(random.bytes(KEY));
            KeyRef root = KeyRef.of(usage, FIRST_VERSION);
            long second = now.getEpochSecond();
            masters.add(StoredMaster.begin(root, KeyState.ACTIVE, KeyTerms.own(second), second, key));
        }
        return masters;
    }

    private Map<SigningKey, SecretBytes> signers(Predicate<SigningKey> wanted) {
        Map<SigningKey, SecretBytes> signers = new EnumMap<>(SigningKey.class);
        for (SigningKey key : SigningKey.values()) {
            if (wanted.test(key)) {
                try (Sm2PrivateKey made = Sm2PrivateKey.generate(random)) {
                    signers.put(key, SecretBytes.takeOver(made.export(SecretAccess.TOKEN)));
                }
            }
        }
        return signers;
    }

    private List<StoredAuthority> authorities() {
        List<StoredAuthority> authorities = new ArrayList<>();
        for (MachineProfile profile : MachineProfile.values()) {
            authorities.add(authority(profile));
        }
        return authorities;
    }

    private StoredAuthority authority(MachineProfile profile) {
        KeyPair pair = MachineKeys.generate(profile);
        MachineAuthority made = MachineAuthority.create(
                profile, pair, "Zhitong machines " + profile, now.minus(SLACK), now.plus(AUTHORITY_LIFE));
        try {
            return new StoredAuthority(
                    profile,
                    SecretBytes.takeOver(pair.getPrivate().getEncoded()),
                    made.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate just made always encodes", e);
        }
    }
}
