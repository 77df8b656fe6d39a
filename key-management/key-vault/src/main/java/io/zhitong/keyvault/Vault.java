package io.zhitong.keyvault;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.TokenEnrolment;
import io.zhitong.keyapi.VaultState;
import io.zhitong.keyapi.VaultStatus;
import io.zhitong.keyvault.audit.AuditKind;
import io.zhitong.keyvault.audit.AuditLog;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;

/**
 * An open vault (密钥库): its content, module, audit and machine authorities, and a {@link KeyService} for each caller.
 * Closing writes a last checkpoint and destroys the keys. Thread-safe.
 */
public final class Vault implements AutoCloseable {
    private static final String SELF = "vault";

    private final VaultStore store;
    private final CryptoModule module;
    private final AuditLog audit;
    private final MasterKeys masters;
    private final Map<SigningKey, ModuleKey> signers = new EnumMap<>(SigningKey.class);
    private final Machines machines;
    private volatile VaultContent content;

    /**
     * Opens the audit and loads the keys.
     *
     * @param opened the store, which this vault closes
     * @param auditFile the audit chain
     * @param module where keys are used, which this vault closes
     */
    public Vault(VaultStore.Opened opened, Path auditFile, CryptoModule module, Clock clock) {
        this.store = opened.store();
        this.content = opened.content();
        this.module = module;
        content.signers().forEach((key, scalar) -> signers.put(key, module.loadSm2(copy(scalar))));
        this.audit = AuditLog.open(
                auditFile,
                new AuditPosition(content.auditNumber(), content.auditHash()),
                clock,
                message -> module.sign(signer(SigningKey.AUDIT), message));
        this.masters = new MasterKeys(module, content.masters());
        this.machines = new Machines(new Keeper(), clock, module::random);
        note(AuditKind.OPENED, SELF, "generation " + store.generation());
        opened.refused().forEach(damage -> note(AuditKind.DAMAGE, SELF, damage));
        if (!opened.refused().isEmpty()) {
            machines.afterDamage(audit.revokedSince());
        }
        audit.checkpoint();
    }

    /** The service for one caller, whose role was checked; every call is audited under that name. */
    public KeyService serviceFor(MachineName caller) {
        return new VaultKeyService(this, caller);
    }

    /** The way in for a backend that has no certificate yet. */
    public TokenEnrolment tokenEnrolment() {
        return (token, enrolment) -> {
            var issued = machines.enrolByToken(token, enrolment);
            note(
                    AuditKind.MACHINE_ENROLLED,
                    SELF,
                    enrolment.name() + " by token, serial " + issued.serial().toString(16));
            return issued;
        };
    }

    /** Whether a token waits for a backend. */
    public boolean tokenOpen() {
        return machines.tokenOpen();
    }

    /** Makes a new enrolment token; unspent ones are over. */
    public String newToken() {
        String token = machines.newToken();
        note(AuditKind.TOKEN_MADE, SELF, "for a backend");
        return token;
    }

    public X509Certificate authority(MachineProfile profile) {
        return machines.authority(profile);
    }

    public boolean revoked(BigInteger serial) {
        return machines.revoked(serial);
    }

    public VaultStatus status() {
        AuditPosition at = audit.position();
        return new VaultStatus(
                VaultState.OPEN, store.demoQuorum(), store.generation(), at.number(), at.hash(), module.attest());
    }

    CryptoModule module() {
        return module;
    }

    MasterKeys masters() {
        return masters;
    }

    Machines machines() {
        return machines;
    }

    ModuleKey signer(SigningKey key) {
        ModuleKey signer = signers.get(key);
        if (signer == null) {
            throw new IllegalStateException("the store holds no key for " + key);
        }
        return signer;
    }

    CardCertificates cardCertificates() {
        return new CardCertificates(module, signer(SigningKey.CARD_ISSUER));
    }

    AuditLog audit() {
        return audit;
    }

    private void note(AuditKind kind, String who, String detail) {
        byte[] root = HashChain.next(HashChain.start(), detail.getBytes(StandardCharsets.UTF_8));
        audit.append(kind, who, 1, root, detail);
    }

    VaultContent content() {
        return content;
    }

    private synchronized void keep(VaultContent changed) {
        AuditPosition at = audit.position();
        VaultContent now = changed.withAudit(at.number(), at.hash());
        store.save(now);
        content = now;
    }

    private final class Keeper implements Machines.Keeper {
        @Override
        public VaultContent content() {
            return content;
        }

        @Override
        public void keep(VaultContent changed) {
            Vault.this.keep(changed);
        }
    }

    /** The module wipes what it is given; the store's copy must live on for the next generation. */
    private static SecretBytes copy(SecretBytes secret) {
        return SecretBytes.takeOver(secret.export(SecretAccess.TOKEN));
    }

    @Override
    public synchronized void close() {
        note(AuditKind.CLOSED, SELF, "clean stop");
        audit.checkpoint();
        audit.close();
        module.close();
        content.signers().values().forEach(SecretBytes::close);
        content.authorities().forEach(authority -> authority.key().close());
        store.close();
    }
}
