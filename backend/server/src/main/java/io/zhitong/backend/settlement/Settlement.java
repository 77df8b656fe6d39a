package io.zhitong.backend.settlement;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.commerce.Merchant;
import io.zhitong.backend.commerce.Merchants;
import io.zhitong.backend.commerce.PurchaseQuery;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.Mode;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.backend.ledger.Ledger;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.settlementfile.FileType;
import io.zhitong.settlementfile.PackageHeader;
import io.zhitong.settlementfile.PackageName;
import io.zhitong.settlementfile.PackageWriter;
import io.zhitong.settlementfile.PublicKeyPem;
import io.zhitong.settlementfile.SettlementRecord;
import io.zhitong.settlementfile.SignedPackage;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Day close (日终): one signed file per merchant. A day that is over is closed in the ledger first, so that its file is final; a
 * day that is not may be settled too, and again: a later version replaces the earlier one. The same content is never
 * given out twice under two names.
 */
@Component
public class Settlement {
    private static final int MOST_VERSIONS = 99;

    private final Environment environment;
    private final Sources sources;
    private final PackageRows rows;
    private final VaultSigner signer;
    private final SettlementFiles files;
    private final AuditLog audit;

    Settlement(
            Environment environment,
            Sources sources,
            PackageRows rows,
            VaultSigner signer,
            SettlementFiles files,
            AuditLog audit) {
        this.environment = environment;
        this.sources = sources;
        this.rows = rows;
        this.signer = signer;
        this.files = files;
        this.audit = audit;
    }

    /** What a close needs of the program. */
    @Component
    record Environment(
            ZhitongSettings settings, DatabaseKind database, Clock clock, TransactionTemplate transactions) {}

    /** Where a close reads. */
    @Component
    record Sources(Ledger ledger, Merchants merchants, PurchaseQuery purchases, Estate estate) {}

    /**
     * Makes the day's files and answers the newest version of each. Again with nothing new answers the same files.
     *
     * @throws SettlementException with the reason; files that were made before it stay
     */
    public List<StoredPackage> close(CommunityId community, LocalDate day, Actor actor) {
        boolean over = requireAllowed(community, day);
        try {
            files.publicKey(signer.publicKey());
            List<StoredPackage> made = new ArrayList<>();
            for (Merchant merchant : sources.merchants().all(community)) {
                made.addAll(forReceiver(community, day, over, merchant.code(), actor));
            }
            if (over) {
                rows.settled(community, day, environment.clock().instant());
            }
            return made;
        } catch (KeyServiceException e) {
            throw new SettlementException(SettlementRefusal.VAULT_AWAY, e);
        }
    }

    private boolean requireAllowed(CommunityId community, LocalDate day) {
        if (environment.settings().mode() == Mode.PRODUCTION && environment.database() == DatabaseKind.H2) {
            throw new SettlementException(SettlementRefusal.NOT_DURABLE);
        }
        LocalDate today = sources.ledger().today(community);
        if (day.isAfter(today)) {
            throw new SettlementException(SettlementRefusal.DAY_IN_FUTURE);
        }
        if (day.getYear() < PackageName.FIRST_YEAR) {
            throw new SettlementException(SettlementRefusal.DAY_TOO_OLD);
        }
        boolean over = day.isBefore(today);
        if (over) {
            environment
                    .transactions()
                    .executeWithoutResult(s -> sources.ledger().closeDay(community, day));
        }
        return over;
    }

    private List<StoredPackage> forReceiver(
            CommunityId community, LocalDate day, boolean over, String receiver, Actor actor) {
        List<SettlementRecord> records = sources.purchases().posted(community, day, receiver).stream()
                .map(SettlementRecords::of)
                .toList();
        List<StoredPackage> made = new ArrayList<>();
        int part = 1;
        for (int from = 0; from == 0 || from < records.size(); from += PackageHeader.MAX_RECORDS) {
            int to = Math.min(records.size(), from + PackageHeader.MAX_RECORDS);
            Draft draft = new Draft(community, day, over, receiver, part++, records.subList(from, to));
            StoredPackage stored = newestOrMake(draft, actor);
            files.put(stored);
            made.add(stored);
        }
        return made;
    }

    private record Draft(
            CommunityId community,
            LocalDate day,
            boolean over,
            String receiver,
            int part,
            List<SettlementRecord> records) {}

    private StoredPackage newestOrMake(Draft draft, Actor actor) {
        Optional<StoredPackage> newest = rows.newest(draft.community(), draft.day(), draft.receiver(), draft.part());
        if (newest.isPresent() && same(newest.get(), draft)) {
            return newest.get();
        }
        PackageName name = newest.map(Settlement::following).orElseGet(() -> first(draft));
        SignedPackage file = SignedPackage.make(name, draft.receiver(), draft.records(), signer);
        long amount =
                draft.records().stream().mapToLong(SettlementRecord::amountFen).sum();
        PackageHeader header = new PackageHeader(
                name, draft.receiver(), draft.records().size(), amount, PublicKeyPem.keyId(signer.publicKey()));
        StoredPackage made = new StoredPackage(
                draft.community(),
                header,
                draft.part(),
                file,
                draft.over(),
                environment.clock().instant(),
                actor.name());
        return store(made, actor) ? made : newestOrMake(draft, actor);
    }

    private boolean store(StoredPackage made, Actor actor) {
        return Boolean.TRUE.equals(environment.transactions().execute(status -> {
            if (!rows.insert(made)) {
                return false;
            }
            audit.record(
                    made.community(),
                    actor,
                    "settlement.package",
                    made.name().toString(),
                    "",
                    made.header().count() + " records, " + made.header().amountFen() + " fen, SM3 "
                            + made.file().digest());
            return true;
        }));
    }

    /** A file made before the cut-off is made again once the day is over only if its content changed. */
    private static boolean same(StoredPackage newest, Draft draft) {
        byte[] again = PackageWriter.write(
                newest.name(), draft.receiver(), newest.header().keyId(), draft.records());
        return Arrays.equals(again, newest.file().content());
    }

    private static PackageName following(StoredPackage newest) {
        if (newest.name().version() == MOST_VERSIONS) {
            throw new SettlementException(SettlementRefusal.VERSIONS_USED_UP);
        }
        return newest.name().nextVersion();
    }

    private PackageName first(Draft draft) {
        int number = sources.estate().community(draft.community()).orElseThrow().number();
        int sequence = rows.nextSequence(draft.community(), draft.day());
        return new PackageName(FileType.TX, String.valueOf(number), draft.day(), sequence, 1);
    }
}
