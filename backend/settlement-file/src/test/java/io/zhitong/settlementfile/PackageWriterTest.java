package io.zhitong.settlementfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The sample file in the resources was put together with {@code openssl dgst -sm3}, not with this module. */
class PackageWriterTest {
    private static final SettlementRecord FIRST = new SettlementRecord(
            "00000000440301010001",
            7,
            "000000000043",
            "00004403000100000043",
            12,
            6,
            1800,
            8200,
            "20261121101530",
            "A1B2C3D4",
            1,
            TacState.V);
    private static final SettlementRecord SECOND = new SettlementRecord(
            "00000000440301010002",
            0,
            "000000000043",
            "00004403000100000043",
            14,
            6,
            2500,
            0,
            "20261121101612",
            "00FF10EE",
            1,
            TacState.V);

    @Test
    void writes_the_sample_file_byte_for_byte() {
        byte[] written = PackageWriter.write(Samples.NAME, "SHOP0001", "0123456789ABCDEF", List.of(FIRST, SECOND));
        assertArrayEquals(Samples.literalFile(), written);
    }

    @Test
    void reads_the_sample_file_back_field_for_field() {
        ParsedPackage parsed = PackageParser.parse(Samples.literalFile());
        assertEquals(List.of(), parsed.findings());
        assertEquals(List.of(FIRST, SECOND), parsed.records());
        assertEquals(
                Optional.of(new PackageHeader(Samples.NAME, "SHOP0001", 2, 4300, "0123456789ABCDEF")), parsed.header());
    }

    @Test
    void day_without_purchases_is_a_whole_file_of_two_lines() {
        byte[] written = PackageWriter.write(Samples.NAME, "SHOP0001", "0123456789ABCDEF", List.of());
        ParsedPackage parsed = PackageParser.parse(written);
        assertTrue(parsed.consistent());
        assertEquals(0, parsed.records().size());
        assertEquals(
                2,
                new String(written, java.nio.charset.StandardCharsets.US_ASCII)
                        .lines()
                        .count());
    }

    @Test
    void names_are_written_and_read() {
        assertEquals("TX_44030001_20261121_0001_01", Samples.NAME.toString());
        assertEquals(Optional.of(Samples.NAME), PackageName.parse("TX_44030001_20261121_0001_01"));
        assertEquals("TX_44030001_20261121_0001_02", Samples.NAME.nextVersion().toString());
    }

    @Test
    void what_is_no_name_is_not_read_as_one() {
        for (String text : List.of(
                "",
                "TX_44030001_20261121_0001_01.sig",
                "XX_44030001_20261121_0001_01",
                "TX_44030001_20261131_0001_01",
                "TX_44030001_20261121_0000_01",
                "TX_shop_20261121_0001_01",
                "../TX_44030001_20261121_0001_01")) {
            assertEquals(Optional.empty(), PackageName.parse(text), text);
        }
    }

    @Test
    void record_out_of_range_cannot_be_made() {
        assertThrows(IllegalArgumentException.class, () -> Samples.record(0, 0));
        assertThrows(IllegalArgumentException.class, () -> Samples.record(0, 1L << 32));
        LocalDate day = LocalDate.of(2026, 11, 21);
        assertThrows(IllegalArgumentException.class, () -> new PackageName(FileType.TX, "a|b", day, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new PackageName(FileType.TX, "A", day, 1, 100));
    }
}
