package io.zhitong.cos;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.smcrypto.Hex;
import java.util.Locale;

/** A purse application for tests, and the host's and terminal's side of it in its simplest form. */
final class Purses {
    static final String SELECT = "00A4040009A00000000386980701";
    static final String DLK = "3f0102030405060708090a0b0c0d0e0f";
    static final String DPK = "3e0102030405060708090a0b0c0d0e0f";
    static final String DTK = "340102030405060708090a0b0c0d0e0f";
    static final String DULK = "3d0102030405060708090a0b0c0d0e0f";
    static final String DUK = "3c0102030405060708090a0b0c0d0e0f";
    static final String DPUK = "370102030405060708090a0b0c0d0e0f";
    static final String DRPK = "380102030405060708090a0b0c0d0e0f";
    static final String CONTROL = "390102030405060708090a0b0c0d0e0f";
    static final String DAMK = "360102030405060708090a0b0c0d0e0f";
    static final String PUBLIC_DATA =
            "4403000000000000" + "01" + "01" + "00004403010112345678" + "20260101" + "20361231" + "0101";
    static final String TERMINAL = "440300000001";
    static final CardTime TIME = new CardTime(Hex.parse("20261121120000"));

    private Purses() {}

    /** A blank card with MF and purse application: deposit, purse, log, public data; all keys SM4. */
    static Bench personalise(Bench bench) {
        return personalise(bench, DLK, DPK, DTK);
    }

    static Bench personalise(Bench bench, String load, String purchase, String tac) {
        bench.ok("80E0 0000 07 3F 0080 01 F0 FF FF");
        bench.ok("80E0 3F01 11 38 0800 F0 F0 95 FF FF A00000000386980701");
        bench.ok(SELECT);
        bench.ok("80E0 0000 07 3F 0180 95 F0 FF FF");
        bench.ok("80D4 0100 15 39 F0 F0 0F 33" + CONTROL);
        bench.ok("80D4 0100 15 36 F0 F0 FF 33" + DAMK);
        bench.ok("80D4 0100 15 34 F0 F0 01 04" + tac);
        bench.ok("80D4 0101 15 3C F0 F0 01 04" + DUK);
        bench.ok("80D4 0101 15 3D F0 F0 01 04" + DULK);
        bench.ok("80D4 0101 15 3E F0 F0 01 04" + purchase);
        bench.ok("80D4 0101 15 3F F0 F0 01 04" + load);
        bench.ok("80E0 0015 07 28 001E F0 F0 FF 00");
        bench.ok("00D6 9500 1E" + PUBLIC_DATA);
        bench.ok("80E0 0018 07 2E 0A17 F0 EF FF 00");
        bench.ok("80E0 0001 07 2F 0208 F0 00 FF 18");
        bench.ok("80E0 0002 07 2F 0208 F0 00 FF 18");
        return bench;
    }

    static String hex8(long value) {
        return String.format("%08X", value);
    }

    /** Balance of the purse in fen. */
    static long balance(Bench bench) {
        return Long.parseLong(bench.ok("805C000204"), 16);
    }

    /** INIT FOR LOAD of the purse. */
    static String initLoad(long amount) {
        return "805000020B01" + hex8(amount) + TERMINAL + "10";
    }

    /** CREDIT FOR LOAD that answers that INIT. */
    static String credit(long amount, String initAnswer) {
        byte[] random = part(initAnswer, 8, 4);
        int sequence = Integer.parseInt(initAnswer.substring(8, 12), 16);
        byte[] session = CardAlgorithm.SM4.sessionKey(Hex.parse(DLK), PurseCryptograms.onlineSeed(random, sequence));
        byte[] mac2 = CardAlgorithm.SM4.mac4(
                session, PurseCryptograms.hostMac(amount, TransactionType.EP_LOAD, Hex.parse(TERMINAL), TIME));
        return "805200000B" + TIME + Hex.of(mac2) + "04";
    }

    /** INIT FOR PURCHASE from the purse. */
    static String initPurchase(long amount) {
        return "805001020B01" + hex8(amount) + TERMINAL + "0F";
    }

    /** DEBIT FOR PURCHASE that answers that INIT. */
    static String debit(long amount, long terminalSeq, String initAnswer) {
        byte[] random = part(initAnswer, 11, 4);
        int sequence = Integer.parseInt(initAnswer.substring(8, 12), 16);
        byte[] session = CardAlgorithm.SM4.sessionKey(
                Hex.parse(DPK), PurseCryptograms.offlineSeed(random, sequence, terminalSeq));
        byte[] mac1 = CardAlgorithm.SM4.mac4(
                session, PurseCryptograms.hostMac(amount, TransactionType.EP_PURCHASE, Hex.parse(TERMINAL), TIME));
        return "805401000F" + hex8(terminalSeq) + TIME + Hex.of(mac1) + "08";
    }

    static void load(Bench bench, long amount) {
        bench.ok(credit(amount, bench.ok(initLoad(amount))));
    }

    static String purchase(Bench bench, long amount, long terminalSeq) {
        return bench.ok(debit(amount, terminalSeq, bench.ok(initPurchase(amount))));
    }

    private static byte[] part(String hex, int offset, int length) {
        return Hex.parse(hex.substring(2 * offset, 2 * (offset + length)).toLowerCase(Locale.ROOT));
    }
}
