package io.zhitong.backend.persons;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings residents from a file of another system (住户导入), again and again: the same file changes nothing, a changed line changes what
 * it says. Good lines are done together or not at all; refused ones are reported and change nothing. A trial does the same and
 * keeps nothing. Thread-safe.
 */
@Service
public class ResidentImport {
    public static final int MOST_BYTES = 1 << 20;
    public static final int LONGEST_SOURCE = 40;

    private final ImportParts parts;
    private final DeviceLists lists;
    private final AuditLog audit;
    private final TransactionTemplate transactions;

    ResidentImport(ImportParts parts, DeviceLists lists, AuditLog audit, TransactionTemplate transactions) {
        this.parts = parts;
        this.lists = lists;
        this.audit = audit;
        this.transactions = transactions;
    }

    /**
     * Refuses SOURCE, VAULT_AWAY, CHANGED_MEANWHILE when another import of the source runs, and what is no file of residents.
     *
     * @param source the other system's name, 1 to {@value #LONGEST_SOURCE} characters; its numbers are its own
     */
    public ImportReport run(ConsoleUser user, String source, byte[] file, boolean trial) {
        boolean named = !source.isEmpty()
                && source.length() <= LONGEST_SOURCE
                && source.chars().noneMatch(Character::isISOControl);
        PersonsRefusedException.unless(named, PersonsRefusal.SOURCE);
        PersonsRefusedException.unless(file.length > 0, PersonsRefusal.FILE_MISSING);
        PersonsRefusedException.unless(file.length <= MOST_BYTES, PersonsRefusal.FILE_LARGE);
        List<ImportRow> rows = ImportRow.read(file);
        try {
            return PersonDesk.orRefusal(() -> transactions.execute(status -> {
                ImportReport report = new ImportRun(parts, user, source, trial).of(rows);
                if (trial) {
                    status.setRollbackOnly();
                } else {
                    noted(user, source, file, report);
                }
                return report;
            }));
        } catch (DuplicateKeyException e) {
            throw new PersonsRefusedException(PersonsRefusal.CHANGED_MEANWHILE, e);
        }
    }

    private void noted(ConsoleUser user, String source, byte[] file, ImportReport report) {
        CommunityId community = user.community();
        lists.changed(community);
        audit.record(
                community, user.actor(), "resident.import", source, "file " + Hex.of(Sm3.hash(file)), report.text());
    }
}
