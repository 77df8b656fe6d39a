package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.chip.Nvm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The outer form of every command, docs/card.md "Commands": class, parameters, Lc and Le, each wrong by itself. A card
 * that refuses keeps every byte it had.
 */
class CommandFormTest {
    private static final Nvm PURSE = purse();
    private static final Nvm SAM = SamTest.personalise().card().nvm();
    private static final Nvm ACCESS = Accesses.personalise("").card().nvm();

    private static Nvm purse() {
        Bench bench = Purses.personalise(Bench.blank());
        Purses.load(bench, 5000);
        bench.ok("80E0001A 07 2A 0304 F0 F0 FF 00");
        bench.ok("00E200D0 04 01020304");
        bench.ok("80D4 0100 08 3A F0 EF 01 33 123456");
        bench.ok("80D4 0101 15 30 F0 F0 01 04" + Purses.DPK);
        return bench.card().nvm();
    }

    @ParameterizedTest(name = "{0}: {1} answers {2}")
    @CsvSource(delimiter = '|', textBlock = """
            SELECT               | 80A4040009A00000000386980701   | 6E00
            SELECT               | 04A4040009A00000000386980701   | 6E00
            SELECT               | 00A4010009A00000000386980701   | 6A86
            SELECT               | 00A4040209A00000000386980701   | 6A86
            SELECT               | 00A4040011A000000003869807010000000000000000 | 6700
            SELECT               | 00A40400                       | 6700
            SELECT               | 00A4000003DF0101               | 6700
            SELECT               | 00A40000020015 10              | 6700
            SELECT               | 00A4040009A00000000386980701 2F | 6C30
            READ BINARY          | 80B0950000                     | 6E00
            READ BINARY          | 84B0950000                     | 6E00
            READ BINARY          | 00B095000101                   | 6700
            READ BINARY          | 00B0800000                     | 6A86
            READ BINARY          | 00B0D50000                     | 6A86
            READ BINARY          | 00B09D0000                     | 6A82
            READ BINARY          | 00B0951E00                     | 6B00
            READ BINARY          | 00B095FF00                     | 6B00
            READ BINARY          | 00B095001F                     | 6C1E
            READ BINARY          | 00B0951D02                     | 6C01
            READ BINARY          | 00B09A0000                     | 6981
            READ BINARY          | 00B0810000                     | 6981
            READ BINARY          | 04B0950000                     | 6700
            READ BINARY          | 04B095000400000000             | 6985
            UPDATE BINARY        | 80D6950001AA                   | 6E00
            UPDATE BINARY        | 00D6950000                     | 6700
            UPDATE BINARY        | 00D6950001AA01                 | 6700
            UPDATE BINARY        | 00D6E00001AA                   | 6A86
            UPDATE BINARY        | 00D6951E01AA                   | 6B00
            UPDATE BINARY        | 00D6951D02AAAA                 | 6B00
            UPDATE BINARY        | 00D69A0001AA                   | 6981
            UPDATE BINARY        | 00D6820001AA                   | 6981
            UPDATE BINARY        | 04D6950005AA00000000           | 6985
            READ RECORD          | 80B201D404                     | 6E00
            READ RECORD          | 00B201D004                     | 6A86
            READ RECORD          | 00B201D504                     | 6A86
            READ RECORD          | 00B200D404                     | 6A83
            READ RECORD          | 00B202D404                     | 6A83
            READ RECORD          | 00B201D405                     | 6C04
            READ RECORD          | 00B201D401AA                   | 6700
            READ RECORD          | 00B201AC00                     | 6981
            READ RECORD          | 04B201D40400000000             | 6985
            UPDATE RECORD        | 84DC01D40401020304             | 6E00
            UPDATE CAPP CACHE    | 80DC01D40401020304             | 6A86
            UPDATE CAPP CACHE    | 80DC01D00401020304             | 6901
            UPDATE OVERDRAW      | 0058000000                     | 6E00
            UPDATE OVERDRAW      | 805801000E 0000012026112112000000000000    | 6A86
            UPDATE OVERDRAW      | 805800010E 0000012026112112000000000000    | 6A86
            UPDATE OVERDRAW      | 805800000D 00000120261121120000000000      | 6700
            UPDATE OVERDRAW      | 805800000E 0000012026112112000000000000 05 | 6C04
            UPDATE OVERDRAW      | 805800000E 0000012026112112000000000000    | 6901
            INIT OVERDRAFT       | 805004020701440300000001       | 6A86
            INIT OVERDRAFT       | 805004010B0100000000440300000001 | 6700
            INIT OVERDRAFT       | 80500401070144030000000112     | 6C13
            INIT OVERDRAFT       | 805004010701440300000001       | 6982
            UPDATE RECORD        | 00DC01D0 04 01020304           | 6A86
            UPDATE RECORD        | 00DC02D4 04 01020304           | 6A83
            UPDATE RECORD        | 00DC01D4 05 0102030405         | 6700
            UPDATE RECORD        | 00DC01D400                     | 6700
            UPDATE RECORD        | 00DC01C4 17 0000000000000000000000000000000000000000000000 | 6982
            APPEND RECORD        | 80E200D0 04 01020304           | 6E00
            APPEND RECORD        | 00E201D0 04 01020304           | 6A86
            APPEND RECORD        | 00E200D1 04 01020304           | 6A86
            APPEND RECORD        | 00E200D0 03 010203             | 6700
            APPEND RECORD        | 00E200D000                     | 6700
            APPEND RECORD        | 00E200A8 04 01020304           | 6981
            APPEND RECORD        | 00E200C0 17 0000000000000000000000000000000000000000000000 | 6982
            GET CHALLENGE        | 8084000008                     | 6E00
            GET CHALLENGE        | 0084010008                     | 6A86
            GET CHALLENGE        | 0084000108                     | 6A86
            GET CHALLENGE        | 0084000001AA08                 | 6700
            GET CHALLENGE        | 00840000                       | 6700
            GET CHALLENGE        | 0084000007                     | 6700
            GET CHALLENGE        | 0084000011                     | 6700
            EXTERNAL AUTH        | 8082000008 0000000000000000    | 6E00
            EXTERNAL AUTH        | 0082010008 0000000000000000    | 6A86
            EXTERNAL AUTH        | 0082000007 00000000000000      | 6700
            EXTERNAL AUTH        | 0082000009 000000000000000000  | 6700
            EXTERNAL AUTH        | 0082000008 0000000000000000 08 | 6700
            EXTERNAL AUTH        | 0082000108 0000000000000000    | 6A88
            EXTERNAL AUTH        | 0082000008 0000000000000000    | 6984
            INTERNAL AUTH        | 8088000110 00000000000000000000000000000000 | 6E00
            INTERNAL AUTH        | 0088030110 00000000000000000000000000000000 | 6A86
            INTERNAL AUTH        | 0088000200                     | 6700
            INTERNAL AUTH        | 0088000110 00000000000000000000000000000000 08 | 6C10
            INTERNAL AUTH        | 0088000108 0000000000000000    | 6700
            INTERNAL AUTH        | 0088000210 00000000000000000000000000000000 | 6A88
            INTERNAL AUTH        | 0088010110 00000000000000000000000000000000 | 6A88
            VERIFY               | 8020000003123456               | 6E00
            VERIFY               | 0020010003123456               | 6A86
            VERIFY               | 002000000112                   | 6700
            VERIFY               | 002000000712345678901234       | 6700
            VERIFY               | 0020000003123456 01            | 6700
            VERIFY               | 0020000103123456               | 6A88
            CHANGE PIN           | 005E010006123456FF5678         | 6E00
            CHANGE PIN           | 805E020006123456FF5678         | 6A86
            RELOAD PIN           | 805E0000040000000000           | 6700
            RELOAD PIN           | 805E000006123400000000         | 6A88
            UNBLOCK PIN          | 8024000014 0000000000000000000000000000000000000000 | 6E00
            UNBLOCK PIN          | 8424010014 0000000000000000000000000000000000000000 | 6A86
            UNBLOCK PIN          | 8424000013 00000000000000000000000000000000000000   | 6700
            UNBLOCK PIN          | 8424000014 0000000000000000000000000000000000000000 | 6A88
            UNBLOCK PIN          | 8424000014 0000000000000000000000000000000000000000 04 | 6700
            RELOAD PIN           | 805E00000400000000             | 6700
            PROVE                | 805A000603000000               | 6700
            APPLICATION BLOCK    | 001E0000040000000000           | 6E00
            APPLICATION UNBLOCK  | 801800000400000000             | 6E00
            CARD BLOCK           | 801600000400000000             | 6E00
            CREATE FILE          | 00E0001B0728000AF0F0FF00       | 6E00
            CREATE FILE          | 84E0001B0728000AF0F0FF00       | 6E00
            CREATE FILE          | 80E0001B0828000AF0F0FF0000     | 6700
            CREATE FILE          | 80E0001B00                     | 6700
            CREATE FILE          | 80E0001B0728000AF0F0FF00 05    | 6700
            CREATE FILE          | 80E000150728000AF0F0FF00       | 6A80
            CREATE FILE          | 80E0001B0728F000F0F0FF00       | 6A84
            ERASE DF             | 000E000000                     | 6E00
            ERASE DF             | 800E010000                     | 6A86
            ERASE DF             | 800E000100                     | 6A86
            ERASE DF             | 800E000001AA                   | 6700
            ERASE DF             | 800E000004                     | 6700
            WRITE KEY            | 00D40102153EF0F001043e0102030405060708090a0b0c0d0e0f    | 6E00
            WRITE KEY            | 80D40102143EF0F001043e0102030405060708090a0b0c0d0e      | 6700
            WRITE KEY            | 80D40102053EF0F00104                                    | 6700
            WRITE KEY            | 80D40102153EF0F001053e0102030405060708090a0b0c0d0e0f    | 6A80
            WRITE KEY            | 80D4010215020000010400000000000000000000000000000000    | 6A80
            WRITE KEY            | 80D40202153EF0F001043e0102030405060708090a0b0c0d0e0f    | 6A86
            WRITE KEY            | 80D43E02153EF0F001043e0102030405060708090a0b0c0d0e0f    | 6A88
            WRITE KEY            | 84D401022400000000000000000000000000000000000000000000000000000000000000000000000000 | 6984
            WRITE KEY            | 80D40102153EF0F001043e0102030405060708090a0b0c0d0e0f 01 | 6700
            WRITE KEY            | 80D4010307 3AF0EF013312                                 | 6700
            WRITE KEY            | 80D4010306 3AF0EF013312        | 6700
            WRITE KEY            | 80D401030C 3AF0EF013312345678901234 | 6700
            WRITE KEY            | 80D4010308 3AF0EF0100123456    | 6A80
            GET BALANCE          | 005C000204                     | 6E00
            GET BALANCE          | 845C000204                     | 6E00
            GET BALANCE          | 805C010204                     | 6A86
            GET BALANCE          | 805C000004                     | 6A86
            GET BALANCE          | 805C000304                     | 6A86
            GET BALANCE          | 805C000201AA04                 | 6700
            GET BALANCE          | 805C000205                     | 6C04
            GET BALANCE          | 805C000104                     | 6982
            INITIALIZE           | 005000020B010000006444030000000110 | 6E00
            INITIALIZE           | 805004020B010000006444030000000110 | 6A86
            INITIALIZE           | 805000030B010000006444030000000110 | 6A86
            INITIALIZE           | 805002020B01000000644403000000010F | 6A86
            INITIALIZE           | 805003010B01000000644403000000010F | 6A86
            INITIALIZE           | 805005020B010000006444030000000110 | 6A86
            INITIALIZE           | 805000020A010000006444030000000010 | 6700
            INITIALIZE           | 805000020C01000000644403000000010110 | 6700
            INITIALIZE           | 8050000210                     | 6700
            INITIALIZE           | 805000020B01000000644403000000010F | 6C10
            INITIALIZE           | 805001020B010000006444030000000110 | 6C0F
            INITIALIZE           | 805001020B02000000644403000000010F | 9403
            INITIALIZE           | 805001020B01000013894403000000010F | 9401
            INITIALIZE           | 805000010B010000006444030000000110 | 6982
            INITIALIZE           | 805001010B01000000644403000000010F | 6982
            INITIALIZE           | 805002010B01000000644403000000010F | 6982
            INITIALIZE           | 805005010B010000006444030000000110 | 6982
            CREDIT FOR LOAD      | 005200000B202611211200000000000004 | 6E00
            CREDIT FOR LOAD      | 805201000B202611211200000000000004 | 6A86
            CREDIT FOR LOAD      | 805200010B202611211200000000000004 | 6A86
            CREDIT FOR LOAD      | 805200000A2026112112000000000004   | 6700
            CREDIT FOR LOAD      | 805200000B202611211200000000000008 | 6C04
            CREDIT FOR LOAD      | 805200000B202611211200000000000004 | 6901
            DEBIT                | 005401000F00000001202611211200000000000008 | 6E00
            DEBIT                | 805402000F00000001202611211200000000000008 | 6A86
            DEBIT                | 805401010F00000001202611211200000000000008 | 6A86
            DEBIT                | 805401000E000000012026112112000000000008   | 6700
            DEBIT                | 805401000F00000001202611211200000000000004 | 6C08
            DEBIT                | 805401000F00000001202611211200000000000008 | 6901
            DEBIT FOR UNLOAD     | 805403000F00000001202611211200000000000004 | 6700
            DEBIT FOR UNLOAD     | 805403000B202611211200000000000008 | 6C04
            DEBIT FOR UNLOAD     | 805403000B202611211200000000000004 | 6901
            TRANSACTION PROVE    | 005A000602000008               | 6E00
            TRANSACTION PROVE    | 805A010602000008               | 6A86
            TRANSACTION PROVE    | 805A000002000008               | 6A86
            TRANSACTION PROVE    | 805A000A02000008               | 6A86
            TRANSACTION PROVE    | 805A009102000008               | 6A86
            TRANSACTION PROVE    | 805A0006010008                 | 6700
            TRANSACTION PROVE    | 805A000608                     | 6700
            TRANSACTION PROVE    | 805A000602000004               | 6C08
            TRANSACTION PROVE    | 805A000602000008               | 9406
            TRANSACTION PROVE    | 805A000202000108               | 9406
            AUTHENTICATE         | 008A010100                     | 6E00
            AUTHENTICATE         | 808A020100                     | 6A86
            EXCHANGE DISTANCE    | 808B000004A1B2C3D408           | 6985
            GENERATE KEY PAIR    | 84F600000400000000             | 6985
            OF A PSAM            | 8070000004                     | 6D00
            OF A PSAM            | 807200000400000000             | 6D00
            OF A PSAM            | 80FA000010                     | 6D00
            """)
    void purse_application_refuses_wrong_forms_and_keeps_every_byte(String command, String frame, String sw) {
        refuses(PURSE, Purses.SELECT, frame, sw);
    }

    @ParameterizedTest(name = "{0}: {1} answers {2}")
    @CsvSource(delimiter = '|', textBlock = """
            INIT SAM      | 007000001C0102030400010000006406202611211200000104440301011234567808   | 6E00
            INIT SAM      | 807001001C0102030400010000006406202611211200000104440301011234567808   | 6A86
            INIT SAM      | 807000011C0102030400010000006406202611211200000104440301011234567808   | 6A86
            INIT SAM      | 8070000014010203040001000000640620261121120000010408                   | 6700
            INIT SAM      | 807000001B01020304000100000064062026112112000001044403010112345608     | 6700
            INIT SAM      | 807000001C0102030400010000006406202611211200000104440301011234567809   | 6C08
            INIT SAM      | 807000001C0102030400010000006400202611211200000104440301011234567808   | 6A80
            INIT SAM      | 807000001C0102030400010000006406202611211200000204440301011234567808   | 9403
            INIT SAM      | 807000001C0102030400010000006406202611211200000100440301011234567808   | 9403
            INIT SAM      | 807000001C0102030400010000006406202611211200000105440301011234567808   | 6A80
            CREDIT SAM    | 007200000400000000             | 6E00
            CREDIT SAM    | 807200010400000000             | 6A86
            CREDIT SAM    | 8072000003000000               | 6700
            CREDIT SAM    | 80720000040000000004           | 6700
            CREDIT SAM    | 807200000400000000             | 6901
            DELIVER KEY   | 001A3B01084403010112345678     | 6E00
            DELIVER KEY   | 801A3B01084403010112345678 08  | 6700
            DELIVER KEY   | 801A3B0107440301011234567800   | 6700
            DELIVER KEY   | 801A3B0200                     | 6700
            DELIVER KEY   | 801A3B02084403010112345678     | 6A88
            DELIVER KEY   | 801A3F01084403010112345678     | 6985
            DELIVER KEY   | 801A3D01084403010112345678     | 6985
            DELIVER KEY   | 801A2301084403010112345678     | 6A86
            CIPHER        | 00FA000010 00000000000000000000000000000000 | 6E00
            CIPHER        | 80FA000110 00000000000000000000000000000000 | 6A86
            CIPHER        | 80FA010010 00000000000000000000000000000000 | 6A86
            CIPHER        | 80FA000000                     | 6700
            CIPHER        | 80FA000010 00000000000000000000000000000000 | 6901
            OF A RESIDENT | 805C000204                     | 6D00
            OF A RESIDENT | 805000020B010000006444030000000110 | 6D00
            OF A RESIDENT | 808A010100                     | 6D00
            """)
    void sam_refuses_wrong_forms_and_keeps_every_byte(String command, String frame, String sw) {
        refuses(SAM, "00A4000002DF02", frame, sw);
    }

    @ParameterizedTest(name = "{0}: {1} answers {2}")
    @CsvSource(delimiter = '|', textBlock = """
            AUTHENTICATE      | 808A0001                  | 6700
            AUTHENTICATE      | 808A0101                  | 6700
            AUTHENTICATE      | 808A01011D01000000002A0000000765000000010101010101010101010101010101 | 6700
            AUTHENTICATE      | 808A01011E02000000002A000000076500000001010101010101010101010101010101 | 6A80
            AUTHENTICATE      | 808A01011E01010000002A000000076500000001010101010101010101010101010101 | 6A80
            AUTHENTICATE      | 808A01021E01000000002A000000076500000001010101010101010101010101010101 | 6A88
            AUTHENTICATE      | 808A01011E01000000002A00000007650000000101010101010101010101010101010118 | 6C19
            EXCHANGE DISTANCE | 008B000004A1B2C3D408      | 6E00
            EXCHANGE DISTANCE | 808B010004A1B2C3D408      | 6A86
            EXCHANGE DISTANCE | 808B000104A1B2C3D408      | 6A86
            EXCHANGE DISTANCE | 808B000003A1B2C308        | 6700
            EXCHANGE DISTANCE | 808B000005A1B2C3D4E508    | 6700
            EXCHANGE DISTANCE | 808B000004A1B2C3D407      | 6C08
            GENERATE KEY PAIR | 04F600000400000000        | 6E00
            GENERATE KEY PAIR | 84F601000400000000        | 6A86
            GENERATE KEY PAIR | 84F600040400000000        | 6A86
            GENERATE KEY PAIR | 84F60000050000000000      | 6700
            GENERATE KEY PAIR | 84F60000040000000043      | 6C44
            GENERATE KEY PAIR | 84F600000400000000        | 6984
            """)
    void access_application_refuses_wrong_forms_and_keeps_every_byte(String command, String frame, String sw) {
        refuses(ACCESS, Accesses.SELECT, frame, sw);
    }

    private static void refuses(Nvm nvm, String select, String frame, String sw) {
        Bench bench = Bench.on(nvm.copy(), Bench.seeded(3));
        bench.ok(select);
        String before = bench.dump();
        bench.expect(frame, sw);
        assertEquals(before, bench.dump());
    }

    @ParameterizedTest(name = "INS {0} with {1} bytes of data")
    @CsvSource({
        "A4", "B0", "D6", "B2", "DC", "E2", "84", "82", "88", "20", "E0", "0E", "D4", "5C", "50", "52", "54", "5A",
        "8A", "8B", "F6"
    })
    void no_command_takes_more_than_239_bytes(String ins) {
        Bench bench = Bench.on(PURSE.copy(), Bench.seeded(3));
        bench.ok(Purses.SELECT);
        String before = bench.dump();
        int known = 0;
        for (String cla : new String[] {"00", "04", "80", "84"}) {
            for (int lc : new int[] {240, 255}) {
                String answer = bench.send(cla + ins + "0000" + Integer.toHexString(lc) + "00".repeat(lc));
                assertTrue(answer.equals("6700") || answer.equals("6E00"), answer);
                known += answer.equals("6700") ? 1 : 0;
            }
        }
        assertNotEquals(0, known);
        assertEquals(before, bench.dump());
    }
}
