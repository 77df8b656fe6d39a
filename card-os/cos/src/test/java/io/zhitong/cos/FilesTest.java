package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Frames of the file commands; status words as docs/card.md says. */
class FilesTest {
    private static final String DF = "80E0DF01 0D 38 0200 F0 F0 01 FF FF 4142434445";
    private final Bench card = Bench.blank();

    @Test
    void mf_is_selected_by_identifier_by_name_and_by_nothing() {
        String fci = "6F15 840E 315041592E5359532E4444463031 A503 880101 9000";
        card.expect("00A4000002 3F00", fci);
        card.expect("00A4000000", fci);
        card.expect("00A40000", fci);
        card.expect("00A404000E 315041592E5359532E4444463031", fci);
        card.expect("00A404000E 315041592E5359532E444446303100", fci);
    }

    @Test
    void unknown_files_answer_6A82_and_wrong_forms_their_own_words() {
        card.expect("00A4000002 1234", "6A82");
        card.expect("00A4040005 4142434445", "6A82");
        card.expect("00A4040004 41424344", "6700");
        card.expect("00A4000001 3F", "6700");
        card.expect("00A4020002 3F00", "6A86");
        card.expect("00A4000002 3F00 05", "6C17");
        card.expect("00B0950000", "6A82");
        card.expect("00B0000000", "6986");
        card.expect("00B2014400", "6A82");
    }

    @Test
    void malformed_apdus_answer_6700_and_unknown_ones_6D00_6E00() {
        card.expect("", "6700");
        card.expect("00", "6700");
        card.expect("00A400", "6700");
        card.expect("00A40000023F", "6700");
        card.expect("00A40000023F000000", "6700");
        card.expect("00A40000000002", "6700");
        card.expect("0012000000", "6D00");
        card.expect("80A4000000", "6E00");
        card.expect("12A4000000", "6E00");
        card.expect("00D60000 F0" + "00".repeat(0xF0), "6700");
        card.expect("00B09500F0", "6700");
    }

    @Test
    void binary_file_is_written_and_read_by_sfi_and_by_offset() {
        card.ok("80E00015 07 28 0010 F0 F0 FF 00");
        card.ok("00D69502 03 A1A2A3");
        card.expect("00B0950000", "0000A1A2A3" + "00".repeat(11) + "9000");
        card.expect("00B0950203", "A1A2A39000");
        card.ok("00A4000002 0015");
        card.expect("00B0000202", "A1A29000");
        card.expect("00B0001000", "6B00");
        card.expect("00B0000E03", "6C02");
        card.expect("00D6950F 02 0000", "6B00");
        card.expect("00D69500", "6700");
        card.expect("00B0B50000", "6A86");
        card.expect("00B2010400", "6981");
    }

    @Test
    void fixed_records_are_appended_read_and_replaced() {
        card.ok("80E00016 07 2A 0203 F0 F0 FF 00");
        card.expect("00B201B400", "6A83");
        card.ok("00E200B0 03 010203");
        card.ok("00E200B0 03 040506");
        card.expect("00E200B0 03 070809", "6A84");
        card.ok("00DC01B4 03 A1A2A3");
        card.expect("00B201B400", "A1A2A39000");
        card.expect("00B202B403", "0405069000");
        card.expect("00B202B402", "6C03");
        card.expect("00DC01B4 02 A1A2", "6700");
        card.expect("00B201B000", "6A86");
    }

    @Test
    void variable_records_keep_their_lengths() {
        card.ok("80E00017 07 2C 0010 F0 F0 FF 00");
        card.ok("00E200B8 03 010203");
        card.ok("00E200B8 01 AA");
        card.expect("00B202BC00", "AA9000");
        card.ok("00DC02BC 01 BB");
        card.expect("00B202BC00", "BB9000");
        card.expect("00DC02BC 02 BBBB", "6700");
        card.expect("00E200B8 0F" + "00".repeat(15), "6A84");
        card.expect("00B203BC00", "6A83");
    }

    @Test
    void applications_do_not_see_each_others_files() {
        card.ok(DF);
        card.ok("80E0DF02 0D 38 0200 F0 F0 01 FF FF 4142434446");
        card.ok("00A4040005 4142434445");
        card.ok("80E00015 07 28 0010 F0 F0 FF 00");
        card.expect("00B0950000", "00".repeat(16) + "9000");
        card.ok("00A4040005 4142434446");
        card.expect("00B0950000", "6A82");
        card.expect("00A4000002 0015", "6A82");
        card.ok("00A4000002 DF01");
        card.ok("00A4000002 0015");
    }

    @Test
    void names_and_identifiers_are_unique() {
        card.ok(DF);
        card.expect(DF, "6A80");
        card.expect("80E0DF03 0D 38 0200 F0 F0 01 FF FF 4142434445", "6A80");
        card.ok("80E00015 07 28 0010 F0 F0 FF 00");
        card.expect("80E00015 07 28 0010 F0 F0 FF 00", "6A80");
        card.expect("80E03F00 07 28 0010 F0 F0 FF 00", "6A80");
    }

    @Test
    void impossible_files_are_refused() {
        card.expect("80E00015 07 29 0010 F0 F0 FF 00", "6A80");
        card.expect("80E00015 07 28 0000 F0 F0 FF 00", "6A80");
        card.expect("80E00015 06 28 0010 F0 F0 FF", "6700");
        card.expect("80E00015 07 28 7FFF F0 F0 FF 00", "6A84");
        card.expect("80E00003 07 2F 0208 F0 00 FF 18", "6A80");
        card.expect("80E00001 07 3F 0100 01 F0 FF FF", "6A80");
        card.expect("80E0DF01 0B 38 0200 F0 F0 01 FF FF 414243", "6700");
        card.expect("80E0DF01 0D 38 7FFF F0 F0 01 FF FF 4142434445", "6A84");
    }

    @Test
    void application_may_not_use_more_than_its_size_and_erased_memory_is_free_again() {
        card.ok("80E0DF01 0D 38 0040 F0 F0 01 FF FF 4142434445");
        card.ok("00A4040005 4142434445");
        card.expect("80E00015 07 28 0030 F0 F0 FF 00", "6A84");
        for (int i = 0; i < 700; i++) {
            card.ok("80E00015 07 28 002F F0 F0 FF 00");
            card.ok("800E0000");
        }
        card.expect("00B0950000", "6A82");
    }

    @Test
    void key_file_must_be_the_first_of_its_directory_and_cannot_be_selected() {
        card.ok("80E00015 07 28 0010 F0 F0 FF 00");
        card.expect("80E00000 07 3F 0100 01 F0 FF FF", "6985");
        card.ok(DF);
        card.ok("00A4040005 4142434445");
        card.ok("80E00000 07 3F 0100 01 F0 FF FF");
        card.expect("00A4000002 0000", "6A82");
    }

    @Test
    void access_conditions_never_and_status_are_kept() {
        card.ok("80E00015 07 28 0010 EF F0 FF 00");
        card.ok("80E00016 07 28 0010 F0 EF FF 00");
        card.ok("80E00017 07 28 0010 01 01 FF 00");
        card.expect("00B0950000", "6982");
        card.expect("00D69600 01 00", "6982");
        card.expect("00B0970000", "6982");
        card.expect("00D69700 01 00", "6982");
    }

    @Test
    void purse_application_answers_its_public_data() {
        Purses.personalise(card);
        assertEquals("6F2E8409A00000000386980701A5219F0C1E" + Purses.PUBLIC_DATA, card.ok(Purses.SELECT));
    }

    @Test
    void profile_and_identity_survive_on_the_memory() {
        Bench community = Bench.of(io.zhitong.cos.state.CardProfile.COMMUNITY, Bench.seeded(2));
        Bench again = Bench.on(community.card().nvm().copy(), Bench.seeded(3));
        assertEquals("community", again.card().profile().name());
        again.expect("00B0850808", "4403010112345678 9000");
        again.expect("80E0DF01 0D 38 0200 F0 F0 01 FF FF 4142434445", "6982");
        again.expect("00D68508 01 00", "6982");
    }

    @Test
    void psam_commands_are_a_psams_only() {
        card.expect("801A3B0108 0000000000000000", "6D00");
        Bench sam = Bench.of(io.zhitong.cos.state.CardProfile.PSAM, Bench.seeded(2));
        sam.expect("805C000204", "6D00");
    }

    @Test
    void worn_out_memory_answers_6581_and_keeps_what_it_had() {
        Bench tired = Bench.blank(new io.zhitong.cos.chip.NvmGeometry(32768, 64, 60));
        tired.ok("80E00015 07 28 0010 F0 F0 FF 00");
        String answer = "9000";
        for (int i = 0; i < 3000 && answer.equals("9000"); i++) {
            answer = tired.send(String.format("00D6950001%02X", i & 0xFF));
        }
        assertEquals("6581", answer);
    }
}
