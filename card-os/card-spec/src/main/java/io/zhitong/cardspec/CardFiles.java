package io.zhitong.cardspec;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;

/** Names and identifiers of the files (文件标识) on our cards, docs/card.md "File system". */
public final class CardFiles {
    /** The MF. */
    public static final int MF = 0x3F00;

    /** The PSAM's application. */
    public static final int PSAM_DF = 0xDF02;

    /** Issuer and serial of the chip, in the MF. */
    public static final int CHIP = 0x0005;

    /** Public data of an application. */
    public static final int PUBLIC = 0x0015;

    /** Card holder; on a PSAM the terminal number. */
    public static final int HOLDER = 0x0016;

    /** On a PSAM: key index 1, issuer 8, receiver 8, first and last day 4 + 4. */
    public static final int SAM_APPLICATION = 0x0017;

    /** Transaction log of the purse. */
    public static final int LOG = 0x0018;

    /** On a PSAM: the next terminal sequence 4. */
    public static final int SAM_SEQUENCE = 0x0019;

    /** Lease of a PSAM's application: last date 4 ‖ highest terminal sequence 4. */
    public static final int SAM_LEASE = 0x001A;

    /** Highest date that a leased PSAM has seen, 4. */
    public static final int SAM_DATE_SEEN = 0x001B;

    private CardFiles() {}

    /** The city purse, A00000000386980701. */
    public static byte[] purseAid() {
        return Hex.parse("A00000000386980701");
    }

    /** A community's access application: F05A54414343 ‖ community number 8. */
    public static byte[] accessAid(byte[] community8) {
        if (community8.length != 8) {
            throw new IllegalArgumentException("expected a community number of 8 bytes");
        }
        return new ByteWriter()
                .bytes(Hex.parse("F05A54414343"))
                .bytes(community8)
                .toByteArray();
    }
}
