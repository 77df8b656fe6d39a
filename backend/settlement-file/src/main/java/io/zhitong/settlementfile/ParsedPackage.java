package io.zhitong.settlementfile;

import java.util.List;
import java.util.Optional;

/**
 * What could be read of a settlement file (解析结果).
 *
 * @param header empty where the first line cannot be read
 * @param records those that could be read; all of them where nothing was found
 * @param findings everything wrong with the lines, the cause first; at most {@value PackageParser#MAX_FINDINGS}
 */
public record ParsedPackage(Optional<PackageHeader> header, List<SettlementRecord> records, List<Finding> findings) {
    public ParsedPackage {
        records = List.copyOf(records);
        findings = List.copyOf(findings);
    }

    /** Whether the file is whole and consistent in itself; who wrote it only the signature tells. */
    public boolean consistent() {
        return findings.isEmpty();
    }

    /** Sum of the records' amounts in fen. */
    public long amountFen() {
        return records.stream().mapToLong(SettlementRecord::amountFen).sum();
    }
}
