package io.zhitong.cos;

/** The terminal's and the host's side of a grey lock of the purse, every cryptogram by {@link Witness}. */
final class Greys {
    static final String INIT = "E07A08020701" + Purses.TERMINAL + "0F";
    static final String INIT_UNLOCK = "E07A09020701" + Purses.TERMINAL + "12";
    static final String PROOF = "E0CA00021E";
    static final String TERMINAL_SEQ = "0000BEEF";
    private static final String TERMINAL_RANDOM = "F1F2F3F4";

    private Greys() {}

    /** GREY LOCK that answers that INIT. */
    static String lock(String init, String type) {
        return "E07C080013" + TERMINAL_SEQ + TERMINAL_RANDOM + Purses.TIME
                + Witness.mac4(session(init), type + Purses.TERMINAL + Purses.TIME) + "08";
    }

    /** What the card answers to it, for a balance: GTAC4‖MAC2. */
    static String lockAnswer(String init, String type) {
        String balanceAndSequence = init.substring(0, 12);
        String gtac =
                Witness.mac4(Purses.DTK, balanceAndSequence + type + Purses.TERMINAL + TERMINAL_SEQ + Purses.TIME);
        return gtac + Witness.mac4(session(init), balanceAndSequence);
    }

    /** Session key of the lock: SM4(SM4(DPK, seed ‖ ~seed), terminal's random number ‖ 80 00…). */
    private static String session(String init) {
        String first = Witness.derive(Purses.DPK, init.substring(22, 30) + init.substring(8, 12) + "BEEF");
        return Witness.ecb(first, TERMINAL_RANDOM + "80" + "00".repeat(11));
    }

    /** DEBIT FOR UNLOCK of the purse that was locked with number {@code sequence}. */
    static String debit(long amount, int sequence) {
        String session = Witness.derive(Purses.DPK, String.format("%04X", sequence) + Purses.TERMINAL);
        return "E07E08021B" + Purses.hex8(amount) + String.format("%04X", sequence + 1) + Purses.TERMINAL + TERMINAL_SEQ
                + Purses.TIME + Witness.mac4(session, Purses.hex8(amount) + "94") + "04";
    }

    static String debitTac(long amount) {
        return Witness.mac4(Purses.DTK, Purses.hex8(amount) + "94" + Purses.TERMINAL + TERMINAL_SEQ + Purses.TIME);
    }

    /** GREY UNLOCK by the host that answers that INIT. */
    static String unlock(String init, long amount) {
        String mac2 = Witness.mac4(unlockSession(init), Purses.hex8(amount) + "96" + Purses.TERMINAL + Purses.TIME);
        return "E07E09000F" + Purses.hex8(amount) + Purses.TIME + mac2 + "04";
    }

    static String unlockSession(String init) {
        return Witness.derive(Purses.DLK, init.substring(20, 28) + init.substring(12, 16) + "8000");
    }

    /** Locks the purse. */
    static void lock(Bench card) {
        String init = card.ok(INIT);
        card.expect(lock(init, "92"), lockAnswer(init, "92") + "9000");
    }
}
