package io.zhitong.settlementfile;

import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Writes the bytes of a settlement file (清算文件); format in {@code docs/settlement.md}. */
public final class PackageWriter {
    private final StringBuilder text = new StringBuilder();
    private String link = CheckChain.START;

    private PackageWriter() {}

    /**
     * @param keyId as in {@link PackageHeader}
     * @param records in the order they shall stand; it is the sender's posting order
     * @return the exact bytes to be signed: UTF-8, every line ended by LF
     * @throws IllegalArgumentException more than {@link PackageHeader#MAX_RECORDS} records
     */
    public static byte[] write(PackageName name, String receiver, String keyId, List<SettlementRecord> records) {
        long amount = records.stream().mapToLong(SettlementRecord::amountFen).sum();
        PackageHeader header = new PackageHeader(name, receiver, records.size(), amount, keyId);
        PackageWriter writer = new PackageWriter();
        writer.header(header);
        for (int i = 0; i < records.size(); i++) {
            writer.record(i + 1, records.get(i));
        }
        return writer.trailer(header);
    }

    private void header(PackageHeader h) {
        line(
                LineKind.HEADER.tag(),
                "1",
                h.name().type().name(),
                h.name().sender(),
                h.receiver(),
                h.name().dayText(),
                h.name().sequenceText(),
                h.name().versionText(),
                String.valueOf(h.count()),
                String.valueOf(h.amountFen()),
                h.keyId());
    }

    private void record(int number, SettlementRecord r) {
        line(
                LineKind.RECORD.tag(),
                String.valueOf(number),
                r.cardSerial(),
                String.valueOf(r.cardCounter()),
                r.terminal(),
                r.psam(),
                String.valueOf(r.terminalSequence()),
                hexByte(r.type()),
                String.valueOf(r.amountFen()),
                String.valueOf(r.balanceFen()),
                r.time(),
                r.tac(),
                hexByte(r.keyVersion()),
                r.tacState().name());
    }

    private byte[] trailer(PackageHeader h) {
        String sm3 = CheckChain.hex(Sm3.hash(text.toString().getBytes(StandardCharsets.UTF_8)));
        line(LineKind.TRAILER.tag(), String.valueOf(h.count()), String.valueOf(h.amountFen()), sm3);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void line(String... fields) {
        String content = String.join("|", fields) + "|";
        link = CheckChain.next(link, content);
        text.append(content).append(link).append('\n');
    }

    private static String hexByte(int value) {
        return String.format(Locale.ROOT, "%02X", value);
    }
}
