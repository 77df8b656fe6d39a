package io.zhitong.cos.state;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.smcrypto.Hex;
import java.util.List;
import java.util.Optional;

/**
 * A kind of card as data (卡型): what a chip of that kind is born with and how it answers where cards differ.
 *
 * @param id number kept on the card, 1..255
 * @param name as {@code --profile} names it
 * @param algorithm of keys that carry no algorithm byte
 * @param birth what the MF holds at the start
 * @param sam whether the PSAM commands are there
 * @param memory size, unit and endurance
 * @param room bytes for files, at most
 * @param purseRoom bytes that a purse takes of its DF's size
 * @param ats answer to select, hex; the card's UID follows where its length byte counts four more
 * @param switches where cards differ
 * @param accessMethods methods byte of DF60 where the application's own file says nothing; 0 if the card knows no access
 *     application
 * @param answerTime nominal time of an access answer, 0.1 ms
 */
public record CardProfile(
        int id,
        String name,
        CardAlgorithm algorithm,
        Birth birth,
        boolean sam,
        NvmGeometry memory,
        int room,
        int purseRoom,
        String ats,
        Switches switches,
        int accessMethods,
        int answerTime) {
    /** One answer to select for all our cards: FSC 256, up to 848 kbit/s, frame waiting 309 ms, historical 'ZT' 01. */
    private static final String OUR_ATS = "0878 77A0 02 5A5401".replace(" ", "");

    /** FSC 256, 106 kbit/s only, frame waiting 309 ms, historical bytes of that maker, then the UID. */
    private static final String FMCOS_ATS = "1078 80A0 02 2090 00000000 00".replace(" ", "");

    private static final NvmGeometry CHIP = new NvmGeometry(32768, 4, 500_000);

    /** What lies in the MF of a new card. */
    public enum Birth {
        /** Nothing. */
        EMPTY,
        /** A key file with the transport key 39/00 and the readable file 0005. */
        TRANSPORT
    }

    /** An empty MF. */
    public static final CardProfile BLANK = ours(1, "blank", Birth.EMPTY, false);

    /** A resident's card as it leaves the factory. */
    public static final CardProfile COMMUNITY = ours(2, "community", Birth.TRANSPORT, false);

    /** A PSAM as it leaves the factory. */
    public static final CardProfile PSAM = ours(3, "psam", Birth.TRANSPORT, true);

    /** A card as bought, FMCOS 2.0: 3DES, 8 KB, no key file in its MF. */
    public static final CardProfile FM1208 = new CardProfile(
            4, "fm1208", CardAlgorithm.TRIPLE_DES, Birth.EMPTY, false, CHIP, 8192, 24, FMCOS_ATS, Switches.FMCOS, 0, 0);

    /** A PSAM as bought: 3DES, its terminal sequence rises at CREDIT. */
    public static final CardProfile PSAM_FMCOS = new CardProfile(
            5,
            "psam-fmcos",
            CardAlgorithm.TRIPLE_DES,
            Birth.EMPTY,
            true,
            CHIP,
            8192,
            24,
            FMCOS_ATS,
            Switches.FMCOS,
            0,
            0);

    public CardProfile {
        if (id < 1 || id > 255 || Hex.parse(ats).length < 2) {
            throw new IllegalArgumentException("expected a profile number 1..255 and an ATS");
        }
    }

    private static CardProfile ours(int id, String name, Birth birth, boolean sam) {
        return new CardProfile(
                id,
                name,
                CardAlgorithm.SM4,
                birth,
                sam,
                CHIP,
                CHIP.size(),
                PurseFile.EXTENT,
                OUR_ATS,
                Switches.NATIVE,
                0x0F,
                3000);
    }

    /** All profiles that ship. */
    public static List<CardProfile> all() {
        return List.of(BLANK, COMMUNITY, PSAM, FM1208, PSAM_FMCOS);
    }

    /** Whether the chip has that habit. */
    public boolean has(Habit habit) {
        return switches.has(habit);
    }

    /** Answer to select of the chip with that UID. */
    public byte[] ats(byte[] uid4) {
        byte[] fixed = Hex.parse(ats);
        return fixed[0] == fixed.length + uid4.length ? Hex.parse(ats + Hex.of(uid4)) : fixed;
    }

    /** A profile by its name. */
    public static Optional<CardProfile> named(String name) {
        return all().stream().filter(p -> p.name.equals(name)).findFirst();
    }

    /** The profile a card was born with. */
    public static Optional<CardProfile> numbered(int id) {
        return all().stream().filter(p -> p.id == id).findFirst();
    }

    /** The same on a memory of another shape. */
    public CardProfile withMemory(NvmGeometry shape) {
        return new CardProfile(
                id, name, algorithm, birth, sam, shape, room, purseRoom, ats, switches, accessMethods, answerTime);
    }
}
