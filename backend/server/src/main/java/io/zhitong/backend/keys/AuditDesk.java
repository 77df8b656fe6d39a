package io.zhitong.backend.keys;

import io.zhitong.backend.vault.KeptCheckpoints;
import io.zhitong.backend.vault.KeptCheckpoints.Kept;
import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.AuditMark;
import io.zhitong.keyapi.AuditPage;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultEvidence;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The vault's audit chain at the console (密钥审计): pages, a check of our own, an export. */
@Component
public class AuditDesk {
    /** Records of a page. */
    public static final int PAGE = 50;

    /** Most records that one check reads. */
    public static final int MOST_CHECKED = 100_000;

    /**
     * Some records, the newest first.
     *
     * @param newest record there is
     * @param first number that was asked for
     */
    public record Page(AuditMark newest, long first, List<AuditLine> lines) {
        public Page {
            lines = List.copyOf(lines);
        }

        /** Where the page of newer records begins, when there are any. */
        public Optional<Long> newer() {
            return first + PAGE <= newest.number() ? Optional.of(first + PAGE) : Optional.empty();
        }

        /** Where the page of older records begins. */
        public Optional<Long> older() {
            return first > 1 ? Optional.of(Math.max(1, first - PAGE)) : Optional.empty();
        }
    }

    /**
     * What holds.
     *
     * @param from first record checked
     * @param newest last one
     * @param checkpoints whose signatures verified
     * @param witnesses of them, that are the same as what this program kept when they were told
     * @param coveredTo last record below a verified checkpoint; behind it there is the chain only
     */
    public record Verified(long from, AuditMark newest, int checkpoints, int witnesses, long coveredTo) {}

    private final KeyAdministration vault;
    private final KeyService keys;
    private final KeptCheckpoints kept;

    AuditDesk(KeyAdministration vault, KeyService keys, KeptCheckpoints kept) {
        this.vault = vault;
        this.keys = keys;
        this.kept = kept;
    }

    /**
     * Records from that number on, or the newest ones.
     *
     * @throws KeyServiceException when the vault does not answer
     * @throws BrokenAuditException when what it answers does not hold together
     */
    public Page page(Optional<Long> from) {
        long newest = newest(vault.evidence());
        long first = Math.max(1, Math.min(from.orElse(newest - PAGE + 1), newest));
        AuditPage page = vault.evidence().audit(first, PAGE);
        List<AuditLine> lines = new ArrayList<>();
        new AuditReading(page).read(page).forEach(link -> lines.add(link.line()));
        Collections.reverse(lines);
        return new Page(page.newest(), first, lines);
    }

    /** The checkpoints that this program keeps, the newest first, so many at most. */
    public List<Kept> witnesses(int most) {
        return kept.newest(most);
    }

    /**
     * Reads the chain to its end and checks it: hashes, numbers, signatures, and against every checkpoint that was told to us.
     *
     * @throws KeyServiceException when the vault does not answer
     * @throws BrokenAuditException at the first record that does not hold
     */
    public Verified verify() {
        VaultEvidence evidence = vault.evidence();
        Sm2PublicKey auditKey = Sm2PublicKey.decode(keys.publicKey(SigningKey.AUDIT));
        long kept = witnesses(1).stream()
                .mapToLong(each -> each.checkpoint().number())
                .sum();
        long newest = newest(evidence);
        if (kept > newest) {
            throw new BrokenAuditException(newest + 1, BrokenAuditException.Reason.MISSING);
        }
        long from = Math.max(1, newest - MOST_CHECKED + 1);
        AuditCheck check = new AuditCheck(auditKey, known(from, newest));
        AuditMark end = walk(evidence, from, newest, (page, links) -> links.forEach(check::accept));
        check.requireAllMet();
        return new Verified(from, end, check.checkpoints(), check.witnesses(), check.coveredTo());
    }

    private Map<Long, AuditCheckpoint> known(long from, long to) {
        Map<Long, AuditCheckpoint> known = new HashMap<>();
        kept.between(from, to).forEach(each -> known.put(each.number(), each));
        return known;
    }

    /**
     * Has the vault sign its chain, where it may, and writes all of it as an export ({@code docs/keys.md}).
     *
     * @return the newest record written
     */
    public AuditMark export(OutputStream out) throws IOException {
        VaultEvidence evidence = vault.evidence();
        long newest = signed(evidence);
        AuditPage first = evidence.audit(1, 1);
        out.write(new ByteWriter()
                .ascii("ZTAX")
                .u8(1)
                .u64(first.before().number())
                .bytes(first.before().hash())
                .toByteArray());
        List<IOException> failed = new ArrayList<>();
        AuditMark end = walk(evidence, 1, newest, (page, links) -> {
            try {
                out.write(page.records());
            } catch (IOException e) {
                failed.add(e);
            }
        });
        if (!failed.isEmpty()) {
            throw failed.get(0);
        }
        return end;
    }

    /** A restored vault, which may not sign yet, is read as it is. */
    private static long signed(VaultEvidence evidence) {
        try {
            return evidence.checkpoint().number();
        } catch (KeyServiceException e) {
            if (e.reason() == KeyRefusal.RESTORED) {
                return newest(evidence);
            }
            throw e;
        }
    }

    private static long newest(VaultEvidence evidence) {
        return evidence.audit(1, 1).newest().number();
    }

    private interface EachPage {
        void accept(AuditPage page, List<AuditReading.Link> links);
    }

    /** Pages from one record to another, each checked to follow the one before. */
    private static AuditMark walk(VaultEvidence evidence, long from, long to, EachPage each) {
        AuditPage page = evidence.audit(from, most(from, to));
        AuditReading reading = new AuditReading(page);
        while (true) {
            List<AuditReading.Link> links = reading.read(page);
            if (links.isEmpty()) {
                throw new BrokenAuditException(reading.number() + 1, BrokenAuditException.Reason.MISSING);
            }
            each.accept(page, links);
            if (reading.number() >= to) {
                return new AuditMark(
                        reading.number(), links.get(links.size() - 1).hash());
            }
            AuditPage next = evidence.audit(reading.number() + 1, most(reading.number() + 1, to));
            if (!Arrays.equals(next.before().hash(), links.get(links.size() - 1).hash())) {
                throw new BrokenAuditException(reading.number() + 1, BrokenAuditException.Reason.CHAIN);
            }
            page = next;
        }
    }

    private static int most(long from, long to) {
        return Math.toIntExact(Math.min(AuditPage.MOST, to - from + 1));
    }
}
