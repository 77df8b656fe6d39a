package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.chip.NvmGeometry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file system filled to its limits: table, memory, quotas, names, depth, records. */
class FileLimitsTest {
    private final Bench card = Bench.blank();

    private static String directory(int fid, int size, String name) {
        return String.format("80E0%04X%02X38%04XF0F001FFFF", fid, 8 + name.length() / 2, size) + name;
    }

    private static String binary(int fid, int size) {
        return String.format("80E0%04X0728%04XF0F0FF00", fid, size);
    }

    @Test
    void table_holds_95_files_beside_the_mf_and_the_96th_is_refused_without_a_trace() {
        for (int i = 1; i <= 95; i++) {
            card.ok(binary(0x1000 + i, 4));
        }
        String full = card.dump();
        card.expect(binary(0x2000, 4), "6A84");
        card.expect(directory(0xDF01, 64, "4142434445"), "6A84");
        assertEquals(full, card.dump());
        card.ok("800E0000");
        card.ok(binary(0x2000, 4));
    }

    @Test
    void memory_is_given_out_to_the_last_byte() {
        // 32768 bytes, half and the journal aside; what is left is found by halving
        int size = 1 << 14;
        int given = 0;
        int fid = 0x1000;
        while (size > 0) {
            String answer = card.send(binary(++fid, size));
            if (answer.equals("9000")) {
                given += size;
            } else {
                assertEquals("6A84", answer);
                size /= 2;
            }
        }
        card.expect(binary(0x3001, 1), "6A84");
        card.ok("800E0000");
        card.ok(binary(0x3002, given));
        card.expect(binary(0x3001, 1), "6A84");
        assertTrue(given > 16_000, "given " + given);
    }

    @Test
    void gaps_are_used_again_first_fit_and_new_files_are_zero() {
        for (int i = 0; i < 3; i++) {
            card.ok(directory(0xDF01 + i, 0x100, "414243444" + (1 + i)));
            card.ok(String.format("00A4000002DF%02X", 1 + i));
            card.ok(binary(0x0015, 0x60));
            card.ok("00D69500 60" + "A5".repeat(0x60));
            card.ok("00A40000");
        }
        card.ok("00A4000002DF02");
        card.ok("800E0000");
        card.ok(binary(0x0016, 0x60));
        card.expect("00B0960060", "00".repeat(0x60) + "9000");
        card.ok("00D69600 60" + "5A".repeat(0x60));
        for (String neighbour : new String[] {"DF01", "DF03"}) {
            card.ok("00A4000002" + neighbour);
            card.expect("00B0950060", "A5".repeat(0x60) + "9000");
        }
    }

    @ParameterizedTest(name = "DF of {0} bytes takes a file of {1}: {2}")
    @CsvSource({"17, 0, 9000", "17, 1, 6A84", "18, 1, 9000", "18, 2, 6A84", "100, 83, 9000", "100, 84, 6A84"})
    void quota_of_an_application_counts_its_name_and_its_files(int size, int file, String sw) {
        card.ok(directory(0xDF01, size, "4142434445"));
        card.ok("00A40400054142434445");
        if (file > 0) {
            card.expect(binary(0x15, file), sw);
        }
        card.expect(binary(0x16, 5000), "6A84");
    }

    @Test
    void size_of_an_application_counts_against_the_one_above_it_at_once() {
        card.ok(directory(0xDF01, 200, "4142434445"));
        card.ok("00A40400054142434445");
        card.ok(directory(0xDF11, 100, "4142434446"));
        card.expect(directory(0xDF12, 84, "4142434447"), "6A84");
        card.expect(directory(0xDF12, 16, "4142434447"), "6A84");
        card.ok(directory(0xDF12, 83, "4142434447"));
        card.expect(binary(0x15, 1), "6A84");
    }

    @Test
    void directories_nest_until_the_quota_ends_and_are_found_by_name_from_anywhere() {
        int size = 4000;
        int depth = 0;
        List<String> names = new ArrayList<>();
        while (size >= 17) {
            String name = String.format("4445505448%02X", depth);
            card.ok(directory(0xDF00 + depth, size, name));
            card.ok("00A4040006" + name);
            names.add(name);
            size -= 17;
            depth++;
            if (depth > 60) {
                break;
            }
        }
        assertTrue(depth > 50, "depth " + depth);
        for (String name : names) {
            card.ok("00A4040006" + name);
        }
        card.ok("00A40000");
        card.ok("800E0000");
        for (String name : names) {
            card.expect("00A4040006" + name, "6A82");
        }
        card.ok(binary(0x15, 4000));
    }

    @ParameterizedTest(name = "name of {0} bytes: {1}")
    @CsvSource({"4, 6700", "5, 9000", "16, 9000", "17, 6700"})
    void names_have_five_to_sixteen_bytes(int length, String sw) {
        String name = "4A".repeat(length);
        card.expect(directory(0xDF01, 200, name), sw);
        if (sw.equals("9000")) {
            card.ok(String.format("00A40400%02X", length) + name);
            card.expect(
                    String.format("00A40400%02X", Math.max(5, length - 1)) + "4B" + name.substring(4),
                    length == 5 ? "6700" : "6A82");
        }
    }

    @Test
    void name_is_matched_whole() {
        card.ok(directory(0xDF01, 200, "414243444546"));
        card.expect("00A4040005" + "4142434445", "6A82");
        card.expect("00A4040007" + "41424344454647", "6A82");
        card.ok("00A4040006" + "414243444546");
    }

    @Test
    void name_of_the_mf_belongs_to_the_mf() {
        card.expect(directory(0xDF01, 200, "315041592E5359532E4444463031"), "6A80");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 254, 255})
    void cyclic_file_keeps_the_newest_records_whatever_their_number(int count) {
        card.ok(String.format("80E0001A072E%02X02F0F0FF00", count));
        Deque<String> model = new ArrayDeque<>();
        for (int i = 0; i < count + 3; i++) {
            String record = String.format("%04X", i);
            card.ok("00E200D002" + record);
            model.addFirst(record);
            if (model.size() > count) {
                model.removeLast();
            }
        }
        int number = 0;
        for (String record : model) {
            card.expect(String.format("00B2%02XD400", ++number), record + "9000");
        }
        card.expect(String.format("00B2%02XD400", number + 1 & 0xFF), "6A83");
        card.ok(String.format("00DC%02XD402FFFF", number));
        card.expect(String.format("00B2%02XD400", number), "FFFF9000");
    }

    @Test
    void variable_file_agrees_with_a_list_of_records() {
        card.ok("80E0001A072C0200F0F0FF00");
        Random random = new Random(4);
        List<String> model = new ArrayList<>();
        int used = 0;
        for (int i = 0; i < 200; i++) {
            int length = 1 + random.nextInt(20);
            String record = String.format("%02X", random.nextInt(256)).repeat(length);
            if (random.nextInt(3) == 0 && !model.isEmpty()) {
                int n = random.nextInt(model.size());
                boolean same = model.get(n).length() == record.length();
                card.expect(String.format("00DC%02XD4%02X", n + 1, length) + record, same ? "9000" : "6700");
                model.set(n, same ? record : model.get(n));
            } else {
                boolean fits = used + 1 + length <= 0x200 && model.size() < 255;
                card.expect(String.format("00E200D0%02X", length) + record, fits ? "9000" : "6A84");
                used += fits ? 1 + length : 0;
                if (fits) {
                    model.add(record);
                }
            }
        }
        for (int n = 0; n < model.size(); n++) {
            card.expect(String.format("00B2%02XD400", n + 1), model.get(n) + "9000");
        }
        assertTrue(model.size() > 30);
    }

    @Test
    void binary_file_agrees_with_an_array_under_random_writes() {
        card.ok(binary(0x15, 0x1000));
        card.ok("00A40000020015");
        StringBuilder model = new StringBuilder("00".repeat(0x1000));
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            int offset = random.nextInt(0x1040);
            int length = 1 + random.nextInt(64);
            String data = String.format("%02X", random.nextInt(256)).repeat(length);
            boolean fits = offset + length <= 0x1000;
            card.expect(String.format("00D6%04X%02X", offset, length) + data, fits ? "9000" : "6B00");
            if (fits) {
                model.replace(2 * offset, 2 * (offset + length), data);
            }
        }
        for (int offset = 0; offset < 0x1000; offset += 0x80) {
            card.expect(String.format("00B0%04X80", offset), model.substring(2 * offset, 2 * offset + 0x100) + "9000");
        }
        card.expect("00B00FFF00", model.substring(2 * 0xFFF) + "9000");
        card.expect("00B0100000", "6B00");
        card.expect("00B07FFF00", "6B00");
    }

    @Test
    void read_of_everything_answers_at_most_239_bytes() {
        card.ok(binary(0x15, 0x200));
        assertEquals(2 * 239, card.ok("00B0950000").length());
        card.expect("00B09500EF", "00".repeat(0xEF) + "9000");
        card.expect("00B09500F0", "6700");
    }

    @ParameterizedTest(name = "create {0}: {1}")
    @CsvSource({
        "2A0000F0F0FF00, 6A80", "2A0500F0F0FF00, 6A80", "2A0005F0F0FF00, 6A80", "2E0100F0F0FF00, 6A80",
        "2C0000F0F0FF00, 6A80", "250010F0F0FF00, 6A80", "AF0208F000FF18, 6A80", "BF018001F0FFFF, 6A80",
        "B80100F0F001FFFF, 6A80", "000010F0F0FF00, 6A80", "2AFFFFF0F0FF00, 6A84"
    })
    void files_that_cannot_be_are_refused(String data, String sw) {
        String before = card.dump();
        card.expect(String.format("80E00019%02X", data.length() / 2) + data, sw);
        assertEquals(before, card.dump());
    }

    @Test
    void identifier_zero_is_the_key_files_and_3f00_the_mfs() {
        card.expect("80E000000728 0010F0F0FF00", "6A80");
        card.expect(directory(0, 100, "4142434445"), "6A80");
        card.expect(directory(0x3F00, 100, "4142434445"), "6A80");
        card.ok("80E00000073F010001F0FFFF");
        card.expect("80E00000073F010001F0FFFF", "6985");
    }

    @Test
    void application_of_the_mf_is_selected_by_identifier_from_inside_another_and_its_files_are_not() {
        card.ok(directory(0xDF01, 300, "4142434441"));
        card.ok(directory(0xDF02, 300, "4142434442"));
        card.ok(binary(0x0015, 4));
        card.ok("00A4000002DF01");
        card.ok(directory(0xDF11, 100, "4142434443"));
        card.ok("00A4000002DF11");
        card.expect("00A40000020015", "6A82");
        card.ok("00A4000002DF02");
        card.expect("00A4000002DF11", "6A82");
        card.ok("00A40400054142434443");
    }

    @Test
    void random_creations_and_erasures_agree_with_a_model_of_quotas() {
        Bench small = Bench.blank(new NvmGeometry(16384, 64, 1_000_000));
        TreeMap<Integer, Integer> model = new TreeMap<>();
        small.ok(directory(0xDF01, 600, "4142434445"));
        small.ok("00A4000002DF01");
        Random random = new Random(6);
        int refused = 0;
        for (int i = 0; i < 250; i++) {
            int fid = 1 + random.nextInt(30) + 0x0100;
            int size = 1 + random.nextInt(90);
            int used = 17 + model.values().stream().mapToInt(Integer::intValue).sum();
            String expected = model.containsKey(fid) ? "6A80" : used + size > 600 ? "6A84" : "9000";
            small.expect(binary(fid, size), expected);
            if (expected.equals("9000")) {
                model.put(fid, size);
                small.ok(String.format("00A4000002%04X", fid));
                small.ok(String.format("00D60000%02X", size)
                        + String.format("%02X", fid & 0xFF).repeat(size));
            } else {
                refused++;
            }
            if (random.nextInt(40) == 0) {
                small.ok("800E0000");
                model.clear();
            }
        }
        model.forEach((fid, size) -> {
            small.ok(String.format("00A4000002%04X", fid));
            small.expect("00B0000000", String.format("%02X", fid & 0xFF).repeat(size) + "9000");
        });
        assertTrue(refused > 20);
    }

    @Test
    void key_file_is_filled_to_its_last_byte() {
        // header 8 and 16 bytes of key: three keys need 72
        card.ok("80E00000073F004801F0FFFF");
        for (int id = 1; id <= 3; id++) {
            card.ok(String.format("80D401%02X153EF0F00104", id) + Purses.DPK);
        }
        String full = card.dump();
        card.expect("80D40104153EF0F00104" + Purses.DPK, "6A84");
        card.expect("80D40104083AF0EF0133123456", "6A84");
        assertEquals(full, card.dump());
        card.ok("80D43E03153EF0F00904" + Purses.DPK);
        card.expect("80D40101153EF0F00104" + Purses.DPK, "6985");
    }

    @Test
    void pin_is_replaced_by_one_of_another_length() {
        card.ok("80E00000073F004801F0FFFF");
        card.ok("80D40100083AF0F00133123456");
        card.ok("80D43A00073AF0F001331122");
        card.expect("0020000003123456", "63C2");
        card.ok("00200000021122");
    }
}
