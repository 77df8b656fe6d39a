package io.zhitong.keyvault.ceremony;

import io.zhitong.keyapi.Ceremonies;
import io.zhitong.keyapi.CeremonyCommitment;
import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.CeremonyStatus;
import io.zhitong.keyapi.CeremonyStep;
import io.zhitong.keyapi.DealtShare;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.custodian.CustodianEntry;
import io.zhitong.keyvault.custodian.CustodyNotes;
import io.zhitong.keyvault.custodian.PinCost;
import io.zhitong.keyvault.custodian.PinVerifier;
import io.zhitong.keyvault.quorum.Quorum;
import io.zhitong.keyvault.quorum.QuorumId;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.keyvault.store.KeptSection;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The ceremony inside the vault (密钥仪式): each step is one kept generation, state and transcript together; secrets live in
 * memory only. Thread-safe.
 */
public final class VaultCeremonies implements Ceremonies, AutoCloseable {
    private static final int CONTRIBUTION = 32;

    /** What the ceremony needs of the vault around it. */
    public record Surroundings(
            KeptSection kept,
            MasterBirth birth,
            CeremonySigner signer,
            CustodyNotes notes,
            Consumer<List<CustodianEntry>> install,
            Clock clock,
            RandomSource random,
            PinCost cost) {}

    private final Surroundings vault;
    private final CeremonySecrets secrets = new CeremonySecrets();
    private final CeremonyBook book;

    public VaultCeremonies(Surroundings vault) {
        this.vault = vault;
        this.book = new CeremonyBook(vault.kept(), vault.notes(), vault.clock());
    }

    @Override
    public synchronized CeremonyStatus status() {
        String fingerprint = Transcript.fingerprint(vault.signer().publicKey());
        return book.state()
                .map(now -> new CeremonyStatus(
                        now.step(),
                        now.id(),
                        Optional.of(now.settings()),
                        secrets.combined().isPresent(),
                        fingerprint,
                        now.custodians().stream().map(this::shown).toList()))
                .orElseGet(() -> new CeremonyStatus(
                        CeremonyStep.NONE,
                        new byte[CeremonyStatus.ID],
                        Optional.empty(),
                        false,
                        fingerprint,
                        List.of()));
    }

    private CeremonyStatus.Participant shown(CeremonyCustodian each) {
        return new CeremonyStatus.Participant(
                each.number(),
                each.entry().name(),
                each.committed(),
                secrets.revealed(each.number()),
                each.dealt(),
                each.confirmed(),
                each.entry().locked());
    }

    @Override
    public synchronized CeremonyStatus start(CeremonySettings settings) {
        if (book.state().filter(now -> now.step().running()).isPresent()) {
            throw CeremonyBook.wrongStep("a ceremony runs: go on with it or give it up");
        }
        if (vault.birth().born()) {
            throw CeremonyBook.wrongStep("this vault has its masters: a ceremony makes those of a new one");
        }
        vault.birth().discard();
        byte[] id = vault.random().bytes(CeremonyStatus.ID);
        byte[] contribution = vault.random().bytes(CONTRIBUTION);
        CeremonyState started = new CeremonyState(
                CeremonyStep.NAMING, id, settings, contribution, new byte[0], List.of(), Transcript.empty());
        byte[] bound = Sm3.hash("ZTCV".getBytes(StandardCharsets.US_ASCII), id, contribution);
        book.keep(
                started,
                "vault",
                TranscriptKind.STARTED,
                "id=" + Hex.of(id),
                "vault=" + settings.name(),
                "needed=" + settings.needed(),
                "dealt=" + settings.dealt(),
                "rehearsal=" + (settings.rehearsal() ? "yes" : "no"),
                "roots=" + (settings.roots() ? "yes" : "no"),
                "contribution=" + Hex.of(bound),
                "key=" + Hex.of(vault.signer().publicKey()));
        return status();
    }

    @Override
    public synchronized CeremonyStatus join(String name, SecretBytes pin) {
        CeremonyState now = book.at(CeremonyStep.NAMING);
        boolean taken = now.custodians().stream()
                .anyMatch(each -> plain(each.entry().name()).equals(plain(name)));
        if (taken) {
            throw new KeyServiceException(KeyRefusal.SAME_CUSTODIAN, "a custodian of that name has joined");
        }
        int number = now.custodians().size() + 1;
        CustodianEntry entry = new CustodianEntry(number, name, 0, PinVerifier.of(pin, vault.cost(), vault.random()));
        List<CeremonyCustodian> all = new ArrayList<>(now.custodians());
        all.add(CeremonyCustodian.named(entry));
        CeremonyState joined = now.with(all);
        boolean complete = number == now.settings().dealt();
        book.keep(
                complete ? joined.at(CeremonyStep.COMMITTING) : joined,
                CeremonyBook.who(number),
                TranscriptKind.JOINED,
                "custodian=" + number,
                "name=" + name);
        return status();
    }

    @Override
    public synchronized CeremonyStatus commit(int custodian, SecretBytes pin, byte[] salt, byte[] commitment) {
        CeremonyCustodian by = entered(custodian, pin, CeremonyStep.COMMITTING);
        if (salt.length != CeremonyCommitment.SALT || commitment.length != Sm3.LENGTH) {
            throw new KeyServiceException(KeyRefusal.MALFORMED, "expected a salt of 16 and a commitment of 32 bytes");
        }
        if (by.committed()) {
            throw CeremonyBook.wrongStep("this custodian has committed already, which is for good");
        }
        CeremonyState now = book.running().with(by.committedTo(salt, commitment));
        boolean complete = now.custodians().stream().allMatch(CeremonyCustodian::committed);
        book.keep(
                complete ? now.at(CeremonyStep.REVEALING) : now,
                CeremonyBook.who(custodian),
                TranscriptKind.COMMITTED,
                "custodian=" + custodian,
                "salt=" + Hex.of(salt),
                "commitment=" + Hex.of(commitment));
        return status();
    }

    @Override
    public synchronized CeremonyStatus reveal(int custodian, SecretBytes pin, SecretBytes component) {
        CeremonyState now = book.at(CeremonyStep.REVEALING, CeremonyStep.DEALING, CeremonyStep.CONFIRMING);
        CeremonyCustodian by = book.authenticated(custodian, pin);
        boolean again = now.step() != CeremonyStep.REVEALING;
        boolean all = secrets.components().size() == now.settings().dealt();
        if (secrets.revealed(custodian) && !all) {
            throw CeremonyBook.wrongStep("this component lies in the vault already");
        }
        if (!by.fits(now.id(), component)) {
            throw refused(custodian, KeyRefusal.COMMITMENT_DIFFERS, "type it as it was committed to");
        }
        secrets.reveal(custodian, component);
        book.keep(
                book.running(),
                CeremonyBook.who(custodian),
                TranscriptKind.REVEALED,
                "custodian=" + custodian,
                "again=" + (again ? "yes" : "no"));
        if (secrets.components().size() == now.settings().dealt()) {
            combine(again);
        }
        return status();
    }

    private void combine(boolean again) {
        CeremonyState now = book.running();
        CeremonySecret secret =
                CeremonySecret.combine(now.id(), now.settings(), now.contribution(), secrets.components());
        List<Share> shares = secret.shares();
        byte[] setId = shares.get(0).setId();
        shares.forEach(Share::close);
        List<KeyListing> keys = made(secret, now.settings());
        secrets.combine(secret);
        if (!again) {
            CeremonyState made = now.withSet(setId)
                    .at(CeremonyStep.DEALING)
                    .with(keys(book.record(now.transcript(), TranscriptKind.MADE, "set=" + Hex.of(setId)), keys));
            book.note("vault", TranscriptKind.MADE);
            book.save(made);
        }
    }

    private List<KeyListing> made(CeremonySecret secret, CeremonySettings settings) {
        try (SecretBytes master = secret.master()) {
            return vault.birth().make(master, settings);
        }
    }

    private Transcript keys(Transcript so, List<KeyListing> keys) {
        Transcript all = so;
        for (KeyListing key : keys) {
            all = book.record(
                    all,
                    TranscriptKind.KEY,
                    "usage=" + key.usage(),
                    "version=" + key.version(),
                    "kcv=" + Hex.of(key.kcv()));
        }
        return all;
    }

    @Override
    public synchronized DealtShare deal(int custodian, SecretBytes pin) {
        CeremonyCustodian by = entered(custodian, pin, CeremonyStep.DEALING, CeremonyStep.CONFIRMING);
        if (by.confirmed()) {
            throw CeremonyBook.wrongStep("this custodian has confirmed his share: it is not shown any more");
        }
        CeremonySecret secret = secrets.combined()
                .orElseThrow(() ->
                        CeremonyBook.wrongStep("the vault was started again: every custodian reveals again first"));
        List<Share> shares = secret.shares();
        try {
            Share share = shares.get(custodian - 1);
            byte[] text = share.export(SecretAccess.TOKEN).getBytes(StandardCharsets.US_ASCII);
            boolean again = by.dealt();
            CeremonyState now = book.running().with(by.dealt(check(text)));
            boolean complete = now.custodians().stream().allMatch(CeremonyCustodian::dealt);
            book.keep(
                    complete ? now.at(CeremonyStep.CONFIRMING) : now,
                    CeremonyBook.who(custodian),
                    TranscriptKind.DEALT,
                    "custodian=" + custodian,
                    "kcv=" + Hex.of(share.kcv()),
                    "again=" + (again ? "yes" : "no"));
            return new DealtShare(SecretBytes.takeOver(text), share.kcv());
        } finally {
            shares.forEach(Share::close);
        }
    }

    @Override
    public synchronized CeremonyStatus confirm(int custodian, SecretBytes pin, SecretBytes text) {
        CeremonyCustodian by = entered(custodian, pin, CeremonyStep.CONFIRMING, CeremonyStep.PROVING);
        Share share = share(by, text);
        secrets.handIn(share);
        CeremonyState now = book.running().with(by.withConfirmation());
        boolean complete = now.custodians().stream().allMatch(CeremonyCustodian::confirmed);
        book.keep(
                complete ? now.at(CeremonyStep.PROVING).withoutContribution() : now,
                CeremonyBook.who(custodian),
                TranscriptKind.CONFIRMED,
                "custodian=" + custodian,
                "kcv=" + Hex.of(share.kcv()));
        if (complete) {
            secrets.forgetComponents();
            prove();
        }
        return status();
    }

    private Share share(CeremonyCustodian by, SecretBytes text) {
        byte[] typed = text.export(SecretAccess.TOKEN);
        try {
            Share share = Share.parse(new String(typed, StandardCharsets.US_ASCII));
            byte[] again = share.export(SecretAccess.TOKEN).getBytes(StandardCharsets.US_ASCII);
            boolean own = MessageDigest.isEqual(check(again), by.shareCheck());
            Arrays.fill(again, (byte) 0);
            if (own) {
                return share;
            }
            String why = !MessageDigest.isEqual(share.setId(), book.running().setId())
                    ? "it belongs to another set"
                    : share.x() != by.number() ? "it is another custodian's" : "it was written down wrong";
            share.close();
            throw refused(by.number(), KeyRefusal.BAD_SHARE, why);
        } catch (VaultException e) {
            throw refused(by.number(), KeyRefusal.BAD_SHARE, "it is torn or mistyped: its check digits do not fit");
        } finally {
            Arrays.fill(typed, (byte) 0);
        }
    }

    /** Opens the store with the shares handed in, once there are enough of them at once. */
    private void prove() {
        CeremonyState now = book.running();
        List<Share> shares = secrets.handedIn();
        if (shares.size() < now.settings().needed()) {
            return;
        }
        SecretBytes master = Quorum.join(shares);
        long generation = vault.birth().prove(master);
        String numbers = String.join(
                ",", shares.stream().map(each -> String.valueOf(each.x())).toList());
        secrets.prove(master);
        book.keep(
                now.at(CeremonyStep.PROVEN),
                "vault",
                TranscriptKind.PROVEN,
                "shares=" + numbers,
                "generation=" + generation);
    }

    @Override
    public synchronized CeremonyStatus close(int custodian, SecretBytes pin) {
        entered(custodian, pin, CeremonyStep.PROVEN);
        CeremonyState now = book.running();
        vault.install()
                .accept(now.custodians().stream().map(CeremonyCustodian::entry).toList());
        QuorumId quorum = new QuorumId(
                now.setId(), now.settings().needed(), now.settings().dealt());
        vault.birth().adopt(quorum, now.settings().rehearsal(), secrets.takeProof());
        secrets.close();
        book.end(now.at(CeremonyStep.CLOSED), custodian, TranscriptKind.CLOSED, vault.signer());
        return status();
    }

    @Override
    public synchronized CeremonyStatus abort(int custodian, SecretBytes pin) {
        CeremonyState now = book.running();
        boolean nobodyLeft =
                now.custodians().stream().allMatch(each -> each.entry().locked());
        if (custodian != 0 || !nobodyLeft) {
            book.authenticated(custodian, pin);
        }
        if (now.step() == CeremonyStep.PROVEN && !vault.birth().pending()) {
            throw CeremonyBook.wrongStep("its masters are the vault's by now: close it again");
        }
        secrets.close();
        book.end(
                book.running().at(CeremonyStep.ABORTED).withoutContribution(),
                custodian,
                TranscriptKind.ABORTED,
                vault.signer());
        vault.birth().discard();
        return status();
    }

    @Override
    public synchronized String transcript() {
        return book.state().map(now -> now.transcript().text()).orElse("");
    }

    private CeremonyCustodian entered(int custodian, SecretBytes pin, CeremonyStep... steps) {
        book.at(steps);
        return book.authenticated(custodian, pin);
    }

    private KeyServiceException refused(int custodian, KeyRefusal reason, String why) {
        return book.refused(custodian, new KeyServiceException(reason, why));
    }

    private static byte[] check(byte[] text) {
        return Sm3.hash(new ByteWriter().ascii("ZTCH").bytes(text).toByteArray());
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replaceAll("[^\\p{L}\\p{Nd}]", "")
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public synchronized void close() {
        secrets.close();
    }
}
