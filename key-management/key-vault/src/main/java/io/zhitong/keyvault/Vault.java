package io.zhitong.keyvault;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.CustodyRegister;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.TokenEnrolment;
import io.zhitong.keyapi.VaultMark;
import io.zhitong.keyapi.VaultState;
import io.zhitong.keyapi.VaultStatus;
import io.zhitong.keyvault.audit.AuditLog;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.keyvault.custody.AuthCardBook;
import io.zhitong.keyvault.custody.CustodyBook;
import io.zhitong.keyvault.custody.CustodyDesk;
import io.zhitong.keyvault.custody.LeaseMac;
import io.zhitong.keyvault.quorum.QuorumId;
import io.zhitong.keyvault.store.Compartment;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vault (密钥库): the operational compartment, open as long as this lives, the master compartment behind its quorum, the
 * audit, the machine authorities, and a {@link KeyService} for each caller. Closing writes a last checkpoint and destroys
 * the keys. Thread-safe.
 */
public final class Vault implements AutoCloseable {
    private static final String SELF = "vault";

    /** Names of our own notes in the operational compartment. */
    private static final String QUORUM = "quorum";

    private static final String CUSTODY = "custody-register";
    static final String RESTORED = "restored";

    /** Of the master compartment: what opens the operational one, should this machine be lost. */
    static final String MACHINE = "machine";

    /** More than any vault appends between two checkpoints that others were told. */
    static final long LEAP = 1_000_000;

    /** A note while the masters are marked test keys. */
    static final String REHEARSAL = "rehearsal";

    /** What the note says: restored from a backup, or in the place of another vault. */
    static final byte SAME_EPOCH = 1;

    static final byte NEXT_EPOCH = 2;

    /** A vault that took over numbers its audit from the next multiple of this. */
    static final long EPOCH = 1L << 40;

    private static final String SUPERSEDED = "superseded";

    private static final Logger LOG = LoggerFactory.getLogger(Vault.class);

    private final VaultStore store;
    private final CryptoModule module;
    private final AuditLog audit;
    private final MasterCompartment masters;
    private final Map<SigningKey, ModuleKey> signers = new EnumMap<>(SigningKey.class);
    private final Machines machines;
    private final Unsealing unsealing;
    private final CustodyBook custody;
    private final AuthCardBook authenticationCards;
    private final Clock clock;
    private final Examination evidence;
    private final VaultPeople people;
    private final Witnesses witnesses;
    private final Replication replication;
    private final List<Runnable> whenOpened = new ArrayList<>();
    private volatile VaultContent content;

    /**
     * Opens the audit and loads the operational keys; the masters stay closed.
     *
     * @param opened the operational compartment, which this vault closes
     * @param folder where the audit and the master compartment lie
     * @param module for the operational keys, which closes with this
     * @param home where the masters live
     */
    Vault(
            VaultStore.Opened opened,
            VaultFolder folder,
            CryptoModule module,
            MasterHome home,
            RandomSource random,
            Clock clock) {
        this.store = opened.store();
        this.content = opened.content();
        this.module = module;
        content.signers().forEach((key, scalar) -> signers.put(key, module.loadSm2(OpenMasters.copy(scalar))));
        this.audit = AuditLog.open(
                folder.audit(),
                new AuditPosition(content.auditNumber(), content.auditHash()),
                clock,
                message -> module.sign(signer(SigningKey.AUDIT), message));
        this.replication = new Replication(folder.path(), audit, System::nanoTime);
        this.masters = new MasterCompartment(folder.path(), home, random, audit, clock);
        masters.onSaved(replication::awaitStandby);
        this.machines = new Machines(new Keeper(), clock, module::random);
        this.unsealing = new Unsealing(this, clock);
        this.clock = clock;
        this.people = new VaultPeople(this, folder, random, clock);
        this.authenticationCards =
                new AuthCardBook(new NoteSection(this, "authentication-cards"), people.pins(), this::audited, clock);
        this.custody = new CustodyBook(new NoteSection(this, CUSTODY), people.pins(), clock);
        whenOpened.add(people::resume);
        this.evidence = new Examination(this, clock);
        this.witnesses = new Witnesses(this);
        if (restored()) {
            audit.hold();
            return;
        }
        note(AuditKind.OPENED, Compartment.OPERATIONAL.english() + ", generation " + store.generation());
        opened.refused().forEach(damage -> note(AuditKind.DAMAGE, damage));
        if (!opened.refused().isEmpty()) {
            machines.afterDamage(audit.revokedSince());
        }
        audit.checkpoint();
    }

    /** The service for one caller, whose role was checked; every call is audited under that name. */
    public KeyService serviceFor(MachineName caller) {
        return new VaultKeyService(this, caller);
    }

    AuthCardBook authenticationCards() {
        return authenticationCards;
    }

    /** The register of key cards, shares and SAMs for one caller. */
    CustodyRegister registerFor(MachineName caller) {
        LeaseMac mac = (key, iv, command) -> masters.use(open -> open.work().leaseMac(key, iv, command));
        return new CustodyDesk(custody, mac, this::audited, caller.toString(), clock);
    }

    /** The way in for a backend that has no certificate yet. */
    public TokenEnrolment tokenEnrolment() {
        return (token, enrolment) -> {
            requireKnown();
            var issued = machines.enrolByToken(token, enrolment);
            note(
                    AuditKind.MACHINE_ENROLLED,
                    enrolment.name() + " by token, serial " + issued.serial().toString(16));
            return issued;
        };
    }

    /** What it shows to who examines it. */
    Examination evidence() {
        return evidence;
    }

    /** Whether a token waits for a backend. */
    public boolean tokenOpen() {
        return machines.tokenOpen();
    }

    /** Makes a new enrolment token; unspent ones are over. */
    public String newToken() {
        String token = machines.newToken();
        note(AuditKind.TOKEN_MADE, "for a backend");
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
        return new VaultStatus(state(), mark(), store.generation(), at.number(), at.hash(), attest());
    }

    /** The module of the masters while they are open, else the operational one. */
    private String attest() {
        return masters.isOpen() ? masters.use(open -> open.module().attest()) : module.attest();
    }

    private VaultMark mark() {
        if (masters.demoQuorum()) {
            return VaultMark.DEMO_QUORUM;
        }
        return rehearsal() ? VaultMark.REHEARSAL : VaultMark.NONE;
    }

    private VaultState state() {
        if (restored()) {
            return VaultState.RESTORED;
        }
        if (masters.isOpen()) {
            return VaultState.OPEN;
        }
        return masters.made() ? VaultState.SEALED : VaultState.UNBORN;
    }

    /**
     * Makes the master compartment and opens it; takes over the master.
     *
     * @param quorum which shares open it
     * @param marked whether it is a marked test quorum
     * @param first masters and signing keys
     */
    void bear(SecretBytes master, QuorumId quorum, boolean marked, VaultContent first) {
        if (masters.made()) {
            throw new VaultException(VaultFault.STORE_EXISTS, "expected a vault without master keys");
        }
        change(now -> now.withNote(QUORUM, quorum.encode()));
        note(AuditKind.STORE_MADE, Compartment.MASTERS.english() + ", " + quorum);
        masters.make(master, marked, withMachine(first));
        opened();
    }

    /** A first content of masters as it is kept, for a store that is made aside. */
    VaultContent firstMasters(VaultContent first) {
        return masters.born(withMachine(first));
    }

    /** The masters open the other compartment after a loss of the machine's share. */
    private VaultContent withMachine(VaultContent first) {
        return first.withNote(MACHINE, store.exportMaster(SecretAccess.TOKEN));
    }

    /** Notes whose shares open the masters that a ceremony has made, and whether they are rehearsal keys. */
    void adopt(QuorumId quorum, boolean rehearsal) {
        change(now ->
                now.withNote(QUORUM, quorum.encode()).withNote(REHEARSAL, rehearsal ? new byte[] {1} : new byte[0]));
        note(AuditKind.STORE_MADE, Compartment.MASTERS.english() + ", " + quorum + (rehearsal ? ", rehearsal" : ""));
    }

    /** Whether the masters are marked test keys of a rehearsal. */
    boolean rehearsal() {
        return content.note(REHEARSAL).isPresent();
    }

    /** Custodians and ceremony. */
    VaultPeople people() {
        return people;
    }

    /** Opens the master compartment; takes over the master. */
    void unseal(SecretBytes master) {
        List<String> refused = masters.open(master);
        note(AuditKind.OPENED, Compartment.MASTERS.english() + ", generation " + masters.generation());
        refused.forEach(damage -> note(AuditKind.DAMAGE, damage));
        opened();
    }

    private void opened() {
        change(now -> PublicPoints.remember(now, masters.use(open -> PublicPoints.of(open.module(), open.signers()))));
        if (!restored()) {
            audit.checkpoint();
        }
        whenOpened.forEach(Runnable::run);
    }

    /** Closes the master compartment again; what is being answered is answered first. */
    void seal(String who) {
        if (masters.isOpen()) {
            masters.close();
            audited(AuditKind.SEALED, who, Compartment.MASTERS.english());
        }
    }

    /** Whether it waits to hear how far it had come: it then signs and issues nothing, and appends nothing to its audit. */
    boolean restored() {
        return content.note(RESTORED).isPresent();
    }

    /** @throws KeyServiceException {@link KeyRefusal#RESTORED} while it waits */
    void requireKnown() {
        if (superseded()) {
            throw new KeyServiceException(KeyRefusal.SUPERSEDED, "this vault signs and issues nothing any more");
        }
        if (restored()) {
            throw new KeyServiceException(KeyRefusal.RESTORED, "its witnesses or its custodians end the waiting");
        }
    }

    /** Whether another vault took over from this one: it never works again. */
    boolean superseded() {
        return content.note(SUPERSEDED).isPresent();
    }

    /** A witness comes from the vault that took over. */
    void supersede(String who) {
        LOG.error("{} comes from a vault that took over from this one: it stops for good", who);
        change(now -> now.withNote(SUPERSEDED, new byte[] {1}).withNote(RESTORED, new byte[] {SAME_EPOCH}));
        audit.hold();
    }

    /** A witness knows more than this vault: somebody put back old files. */
    void setBack(String who) {
        LOG.error("{} knows of an audit record that is not here: the vault was set back and waits", who);
        change(now -> now.withNote(RESTORED, new byte[] {SAME_EPOCH}));
        audit.hold();
    }

    /** Goes on behind a number that may have been given before. */
    void leap(long newest, String by) {
        long before = audit.position().number();
        long known = Math.max(before, newest);
        boolean tookOver = content.note(RESTORED).orElse(new byte[1])[0] == NEXT_EPOCH;
        long next = tookOver ? (before / EPOCH + 1) * EPOCH : known + LEAP;
        audit.leap(next, "from " + before + " by the word of " + by);
        change(now -> now.withNote(RESTORED, new byte[0]));
        LOG.warn("audit numbers go on at {}, by the word of {}", next, by);
    }

    /** Which shares open the master compartment, if it was noted. */
    Optional<QuorumId> quorum() {
        return content.note(QUORUM).map(QuorumId::decode);
    }

    /** Called after each opening of the masters, in the opener's thread. */
    void onOpened(Runnable listener) {
        whenOpened.add(listener);
    }

    /** The operational module. */
    CryptoModule module() {
        return module;
    }

    Unsealing unsealing() {
        return unsealing;
    }

    Witnesses witnesses() {
        return witnesses;
    }

    MasterCompartment masters() {
        return masters;
    }

    Machines machines() {
        return machines;
    }

    /**
     * A signature by one of the keys; those of the master compartment need it open.
     *
     * @throws KeyServiceException {@link KeyRefusal#SEALED}
     */
    byte[] sign(SigningKey key, byte[] message) {
        return operational(key)
                ? module.sign(signer(key), message)
                : masters.use(open -> open.module().sign(open.signer(key), message));
    }

    /** The public point of a key, of a sealed compartment too. */
    byte[] publicKey(SigningKey key) {
        return operational(key)
                ? module.publicKey(signer(key))
                : PublicPoints.known(content, key)
                        .orElseThrow(() -> new KeyServiceException(
                                KeyRefusal.UNKNOWN_KEY, "no master keys are made yet: hold the ceremony"));
    }

    /** Whether the key lies in the operational compartment. */
    static boolean operational(SigningKey key) {
        return key == SigningKey.POLICY || key == SigningKey.COMMAND || key == SigningKey.AUDIT;
    }

    private ModuleKey signer(SigningKey key) {
        ModuleKey signer = signers.get(key);
        if (signer == null) {
            throw new IllegalStateException("the operational compartment holds no key for " + key);
        }
        return signer;
    }

    AuditLog audit() {
        return audit;
    }

    private void note(AuditKind kind, String detail) {
        audited(kind, SELF, detail);
    }

    /** One record of what somebody did; the detail is words of ours. */
    void audited(AuditKind kind, String who, String detail) {
        if (audit.held()) {
            LOG.info("not in the audit, the vault was restored: {} by {}: {}", kind.english(), who, detail);
            return;
        }
        byte[] root = HashChain.next(HashChain.start(), detail.getBytes(StandardCharsets.UTF_8));
        audit.append(kind, who, 1, root, detail);
    }

    /** The operational compartment's content. */
    VaultContent content() {
        return content;
    }

    /** Changes the operational compartment; when it returns the change survives a power cut. */
    synchronized void change(UnaryOperator<VaultContent> change) {
        AuditPosition at = audit.position();
        VaultContent now = change.apply(content).withAudit(at.number(), at.hash());
        store.save(now);
        content = now;
        replication.awaitStandby();
    }

    /** What a standby asks. */
    Replication replication() {
        return replication;
    }

    private final class Keeper implements Machines.Keeper {
        @Override
        public VaultContent content() {
            return content;
        }

        @Override
        public void keep(UnaryOperator<VaultContent> changed) {
            change(changed);
        }
    }

    @Override
    public void close() {
        replication.close();
        unsealing.close();
        masters.close();
        if (!restored()) {
            note(AuditKind.CLOSED, "clean stop");
            audit.checkpoint();
        }
        audit.close();
        module.close();
        content.close();
        store.close();
    }
}
