package io.zhitong.virtualcard.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import io.zhitong.virtualcard.CardFileStore;
import io.zhitong.virtualcard.ToldCommand;
import io.zhitong.virtualcard.script.LineRandom;
import io.zhitong.virtualcard.script.ScriptRun;
import io.zhitong.virtualcard.script.VirtualCards;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zt card new} and {@code zt card dump} on a card with a purse, every kind of key, and a log. */
class DumpCommandTest {
    private static final String KEY = "5EC2E7C0DE5EC2E7C0DE5EC2E7C0DE";
    private static final String PIN = "918273";
    private static final String BATCH = "BA7C4BA7C4BA7C4BA7C4BA7C4BA7C4BA";

    private static final String PURSE = """
            80E0000007 3F010001F0FFFF > 9000
            80E03F0111 380800F0F095FFFF A00000000386980701 > 9000
            00A4040009 A00000000386980701 > *9000
            80E0000007 3F020095F0FFFF > 9000
            80D4010015 39F0F00F33 %1$s39 > 9000
            80D4010015 34F0F00104 %1$s34 > 9000
            80D4010115 3EF0F00100 %1$s3E > 9000
            80D4010115 3FF0F00104 %1$s3F > 9000
            80D4010008 3AF0EF0133 %2$s > 9000
            0020000002 0000 > 63C2
            0020000003 %2$s > 9000
            80E0001507 28001EF0F0FF00 > 9000
            80E0001807 2E0A17F0EFFF00 > 9000
            80E0000207 2F0208F000FF18 > 9000
            !random A1A2A3A4
            80500002 0B 01 00002710 44030000000110 > *9000
            """.formatted(KEY, PIN);

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void makeCard() {
        file = directory.resolve("a.card");
        assertEquals(
                new ToldCommand(0, "blank 0102030405060708 0811ff22" + System.lineSeparator(), ""),
                ToldCommand.run(new NewCommand(), file, "--chip-id", "0102030405060708", "--uid", "0811FF22"));
    }

    private void tell(String script) throws IOException {
        LineRandom random = new LineRandom();
        new ScriptRun(VirtualCards.of(CardFileStore.open(file), random), (line, answer) -> {})
                .run(new BufferedReader(new StringReader(script)));
    }

    private ToldCommand dump() {
        return ToldCommand.run(new DumpCommand(), file);
    }

    @Test
    void dump_shows_files_keys_with_check_values_tries_and_balance() throws IOException {
        tell(PURSE);
        String out = dump().out();
        assertTrue(out.startsWith("card 卡 blank, chip 芯片 0102030405060708, UID 0811ff22"), out);
        assertTrue(out.contains("3F00 DF 目录 1PAY.SYS.DDF01 "), out);
        assertTrue(out.contains("  3F01 DF 目录 a00000000386980701 size 2048"), out);
        assertTrue(out.contains("3A/00 PIN 口令, reaches status 1, use F0 change EF, tries 剩余次数 3 of 3"), out);
        // printf %032d 0 | xxd -r -p | openssl enc -sm4-ecb -nopad -K 5EC2E7C0DE5EC2E7C0DE5EC2E7C0DE34 | xxd -p
        assertTrue(out.contains("34/00 TAC TAC 密钥, version 1, SM4, KCV 407234"), out);
        // the same with openssl enc -des-ede-ecb, 8 bytes, key …3E
        assertTrue(out.contains("3E/01 purchase 消费密钥, version 1, TRIPLE_DES, KCV 3479FE"), out);
        assertTrue(out.contains("0002 purse 钱包 "), out);
        assertTrue(out.contains("balance 余额 0.00, online 联机 0, offline 脱机 0, overdraft 透支 0 fen, log 18"), out);
    }

    /** MAC1 by openssl enc -sm4-ecb from the formulas of docs/card.md. */
    @Test
    void dump_shows_a_grey_lock() throws IOException {
        tell(PURSE + "80D4010215 3EF0F00104 " + KEY + "3E > 9000\n");
        assertFalse(dump().out().contains("灰锁"));
        tell("""
                00A4040009 A00000000386980701 > *9000
                !random C1C2C3C4
                E07A080207 02 440300000001 0F > 00000000000000000001 04 C1C2C3C4 9000
                E07C080013 0000000B F1F2F3F4 20261121120000 E65D699E 08 > *9000
                """);
        String line = "grey lock 灰锁 locked 已锁, type 92, terminal 440300000001, number 序号 0";
        assertTrue(dump().out().contains(line), dump().out());
    }

    @Test
    void no_key_and_no_pin_stands_in_a_dump() throws IOException {
        tell(PURSE);
        assertTrue(leaks(Hex.of(Files.readAllBytes(file))), "the search finds them in the card file itself");
        assertTrue(leaks("keys\n  " + KEY.toLowerCase(Locale.ROOT).substring(2, 12)), "and a part of one in a text");
        assertFalse(leaks(dump().out()), "but not in the dump");
    }

    private static boolean leaks(String text) {
        String digits = text.toUpperCase(Locale.ROOT).replaceAll("\\s", "");
        return List.of("5EC2E7C0DE", "C2E7C0DE5E", PIN).stream().anyMatch(digits::contains);
    }

    @Test
    void transport_key_of_a_factory_card_is_not_shown() throws IOException {
        Path key = Files.writeString(directory.resolve("batch.key"), BATCH);
        file = directory.resolve("b.card");
        ToldCommand made = ToldCommand.run(
                new NewCommand(),
                file,
                "--profile",
                "community",
                "--transport-key",
                key,
                "--chip-id",
                "C1C2C3C4C5C6C7C8");
        assertEquals(0, made.code(), made.err());
        String out = dump().out();
        // SM4(batch, chip ‖ ~chip), and its check value
        String own = "a8f2c711b62f463f96d56b9420776f70";
        assertTrue(Hex.of(Files.readAllBytes(file)).contains(own), "the search finds it in the card file");
        assertFalse(out.toLowerCase(Locale.ROOT).contains(own.substring(0, 8)), out);
        assertTrue(out.contains("39/00 external authentication; 00 is the DF's control key"), out);
        assertTrue(out.contains("KCV 389617"), out);
        assertTrue(out.contains("0005 binary"), out);
        assertTrue(out.contains("0000000000000000c1c2c3c4c5c6c7c8"), out);
    }

    @Test
    void file_is_as_it_was_even_if_power_was_cut_inside_a_command() throws IOException {
        tell("80E0001507 28 0004 F0 F0 FF 00 > 9000\n!tear 8:random\n00D6950004 A1A2A3A4 > torn\n");
        byte[] before = Files.readAllBytes(file);
        ToldCommand told = dump();
        assertEquals(0, told.code(), told.err());
        assertTrue(told.out().contains("a1a2a3a4") || told.out().contains("00000000"), told.out());
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void records_are_shown_newest_first_and_wear_is_counted() throws IOException {
        tell("80E0001807 2E 02 03 F0 F0 FF 00 > 9000\n00E200C003 010101 > 9000\n00E200C003 020202 > 9000\n"
                + "00E200C003 030303 > 9000\n");
        String out = dump().out();
        assertTrue(out.contains("1: 030303") && out.contains("2: 020202"), out);
        assertFalse(out.contains("010101"), out);
        assertTrue(out.matches("(?s).*most worn unit 磨损 [1-9]\\d* of 500000 erasures.*"), out);
    }

    @Test
    void life_and_free_memory_are_shown() throws IOException {
        // 32768 without log 6144, chip block 64, table 96 · 24, name of the MF 17
        tell("80E0000507 28 0010 F0 F0 FF 00 > 9000\n80E0000607 28 0010 F0 F0 FF 00 > 9000\n");
        String out = dump().out();
        assertTrue(out.contains("life 生命周期 空白 blank, free 空闲 " + (32768 - 6144 - 64 - 2304 - 17 - 32) + " bytes"), out);
    }

    @Test
    void what_is_no_card_is_one_line_and_3() throws IOException {
        file = Files.writeString(directory.resolve("junk"), "x".repeat(200));
        assertEquals(3, dump().code());
        assertEquals(1, dump().err().lines().count());
        assertEquals("", dump().out());
        file = directory.resolve("absent");
        assertEquals(3, dump().code());
    }

    @Test
    void card_is_not_made_over_another_nor_with_half_a_number() throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertEquals(3, ToldCommand.run(new NewCommand(), file).code());
        assertArrayEquals(before, Files.readAllBytes(file));
        Path other = directory.resolve("c.card");
        for (List<String> wrong : List.of(
                List.of("--chip-id", "0102"),
                List.of("--uid", "01020304"),
                List.of("--uid", "08x"),
                List.of("--profile", "gold"))) {
            ToldCommand told = ToldCommand.run(new NewCommand(), other, wrong.get(0), wrong.get(1));
            assertEquals(2, told.code(), told.err());
            assertEquals(1, told.err().lines().count());
        }
        assertFalse(Files.exists(other));
    }
}
