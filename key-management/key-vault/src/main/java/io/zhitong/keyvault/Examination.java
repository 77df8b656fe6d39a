package io.zhitong.keyvault;

import io.zhitong.cliapi.ProgramVersion;
import io.zhitong.keyapi.AuditMark;
import io.zhitong.keyapi.AuditPage;
import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultEvidence;
import io.zhitong.keyapi.VaultPortrait;
import io.zhitong.keyvault.audit.AuditPiece;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.machinetls.MachineProfile;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** What {@link VaultEvidence} tells of an open or sealed vault, but for the pack. Thread-safe. */
final class Examination {
    /** Of the kind every key of ours is drawn with. */
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Vault vault;
    private final Clock clock;

    Examination(Vault vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    AuditPage audit(long from, int most) {
        AuditPosition newest = vault.audit().position();
        if (from < 1 || from > newest.number() + 1 || most < 1 || most > AuditPage.MOST) {
            throw new KeyServiceException(
                    KeyRefusal.MALFORMED, "expected records 1 to " + (newest.number() + 1) + ", at most 1000");
        }
        AuditPiece piece = vault.audit().read(from, most);
        return new AuditPage(mark(newest), mark(piece.before()), piece.records());
    }

    AuditMark checkpoint() {
        vault.requireKnown();
        return mark(vault.audit().checkpoint());
    }

    static AuditMark mark(AuditPosition at) {
        return new AuditMark(at.number(), at.hash());
    }

    VaultPortrait portrait() {
        Optional<List<KeyListing>> masters = masters();
        return new VaultPortrait(
                clock.millis(),
                vault.status(),
                masters.isPresent(),
                masters.orElse(List.of()),
                signers(),
                Arrays.stream(MachineProfile.values())
                        .map(vault::authority)
                        .map(Examination::der)
                        .toList(),
                vault.machines().revocations(),
                facts());
    }

    private Optional<List<KeyListing>> masters() {
        try {
            return Optional.of(vault.masters().use(open -> open.masters().list()));
        } catch (KeyServiceException e) {
            return Optional.empty();
        }
    }

    /** Those of the master compartment are known once it was opened. */
    private List<VaultPortrait.Signer> signers() {
        List<VaultPortrait.Signer> known = new ArrayList<>();
        for (SigningKey key : SigningKey.values()) {
            try {
                known.add(new VaultPortrait.Signer(key, vault.publicKey(key)));
            } catch (KeyServiceException e) {
                if (e.reason() != KeyRefusal.UNKNOWN_KEY) {
                    throw e;
                }
            }
        }
        return known;
    }

    private List<VaultPortrait.Fact> facts() {
        Runtime.Version java = Runtime.version();
        CryptoModule masters = vault.masters().isOpen() ? vault.masters().use(OpenMasters::module) : vault.module();
        return List.of(
                new VaultPortrait.Fact("module.home", masters.getClass().getSimpleName()),
                new VaultPortrait.Fact("module.algorithms", algorithms(masters)),
                new VaultPortrait.Fact(
                        "module.operational", vault.module().getClass().getSimpleName()),
                new VaultPortrait.Fact("software.version", ProgramVersion.number()),
                new VaultPortrait.Fact("java.version", java + " " + System.getProperty("java.vm.name", "")),
                new VaultPortrait.Fact(
                        "os", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "")),
                new VaultPortrait.Fact("bouncycastle.version", new BouncyCastleProvider().getVersionStr()),
                new VaultPortrait.Fact("random", RANDOM.getAlgorithm()));
    }

    private static String algorithms(CryptoModule module) {
        return module.algorithms().stream().map(KeyAlgorithm::name).sorted().collect(Collectors.joining(" "));
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of ours has an encoding", e);
        }
    }
}
