package io.zhitong.settlementfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever was sold, the file says it; read here by a second, plain reader that knows only the published page. */
class RoundTripTest {
    private static final String KEY_ID = "0123456789ABCDEF";

    @Property(tries = 30)
    void any_records_come_back_as_they_were_and_add_up_for_a_plain_reader(
            @ForAll("sales") List<SettlementRecord> records) {
        byte[] file = PackageWriter.write(Samples.NAME, "SHOP0001", KEY_ID, records);
        ParsedPackage parsed = PackageParser.parse(file);
        assertTrue(parsed.consistent(), parsed.findings().toString());
        assertEquals(records, parsed.records());
        plainReader(new String(file, StandardCharsets.US_ASCII).split("\n"), records);
    }

    private static void plainReader(String[] lines, List<SettlementRecord> records) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 1; i < lines.length - 1; i++) {
            String[] f = lines[i].split("\\|");
            assertEquals("R", f[0]);
            assertEquals(String.valueOf(i), f[1]);
            assertEquals(records.get(i - 1).cardSerial(), f[2]);
            assertEquals(records.get(i - 1).terminalSequence(), Long.parseLong(f[6]));
            assertEquals(records.get(i - 1).tac(), f[11]);
            sum = sum.add(new BigInteger(f[8]));
        }
        String[] header = lines[0].split("\\|");
        String[] trailer = lines[lines.length - 1].split("\\|");
        for (String count : List.of(header[8], trailer[1])) {
            assertEquals(records.size(), Integer.parseInt(count));
        }
        for (String amount : List.of(header[9], trailer[2])) {
            assertEquals(sum, new BigInteger(amount));
        }
    }

    @Property(tries = 30)
    void two_records_exchanged_never_pass(@ForAll("sales") List<SettlementRecord> records, @ForAll long seed) {
        if (records.size() < 2) {
            return;
        }
        byte[] file = PackageWriter.write(Samples.NAME, "SHOP0001", KEY_ID, records);
        List<String> lines = new ArrayList<>(
                new String(file, StandardCharsets.US_ASCII).lines().toList());
        Random random = new Random(seed);
        int a = 1 + random.nextInt(records.size());
        int b = 1 + random.nextInt(records.size());
        java.util.Collections.swap(lines, a, b);
        byte[] swapped = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
        assertEquals(a == b, PackageParser.parse(swapped).consistent());
    }

    @Provide
    Arbitrary<List<SettlementRecord>> sales() {
        return record().list().ofMaxSize(12);
    }

    private static Arbitrary<SettlementRecord> record() {
        Arbitrary<Long> u32 = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
        Arbitrary<Integer> bytes = Arbitraries.integers().between(0, 0xFF);
        return Combinators.combine(
                        hex(20), Arbitraries.integers().between(0, 0xFFFF), hex(12), u32, bytes, u32, u32, hex(8))
                .as((card, counter, terminal, sequence, type, amount, balance, tac) -> new SettlementRecord(
                        card,
                        counter,
                        terminal,
                        "00004403000100000043",
                        sequence,
                        type,
                        Math.max(1, amount),
                        balance,
                        "20261121101530",
                        tac,
                        type,
                        counter % 2 == 0 ? TacState.V : TacState.U));
    }

    private static Arbitrary<String> hex(int length) {
        return Arbitraries.strings().withChars("0123456789ABCDEF").ofLength(length);
    }
}
