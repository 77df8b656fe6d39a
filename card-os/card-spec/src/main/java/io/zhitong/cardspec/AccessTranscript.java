package io.zhitong.cardspec;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm3;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;

/**
 * What both sides of an access transaction saw (访问交易上下文), and the formulas over it, docs/card.md "Access application".
 *
 * @param fci the FCI last answered to SELECT, without status word
 * @param distance rd4‖rc4‖min2‖max2 of the last distance exchange since SELECT, or empty
 * @param header CLA INS P1 P2 Lc of the command
 * @param data the command's data
 */
public record AccessTranscript(byte[] fci, byte[] distance, byte[] header, byte[] data) {
    public AccessTranscript {
        if (fci.length > 256 || distance.length != 0 && distance.length != 12 || header.length != 5) {
            throw new IllegalArgumentException("expected an FCI up to 256, distance of 0 or 12, header of 5 bytes");
        }
    }

    /** From the command itself. */
    public static AccessTranscript of(byte[] fci, byte[] distance, CommandApdu command) {
        return new AccessTranscript(fci, distance, command.headerWithLc(), command.data());
    }

    /** th = SM3('ZTS1' ‖ len(F)2‖F ‖ len(RR)1‖RR ‖ H ‖ data ‖ E), E the card's compressed ephemeral, 33 bytes. */
    public byte[] sealedHash(byte[] cardEphemeral33) {
        return Sm3.hash(bound("ZTS1"), cardEphemeral33);
    }

    /** MAC8 of the fast answer: left 8 of SM4-CMAC(K, 'ZTF1' ‖ … ‖ answer without MAC). */
    public byte[] fastMac(byte[] cardKey, byte[] answerWithoutMac) {
        return Arrays.copyOf(Sm4.cmac(cardKey, fastMessage(answerWithoutMac)), 8);
    }

    /** What the fast MAC covers: 'ZTF1' ‖ len(F)2‖F ‖ len(RR)1‖RR ‖ H ‖ data ‖ answer without MAC. */
    public byte[] fastMessage(byte[] answerWithoutMac) {
        return new ByteWriter().bytes(bound("ZTF1")).bytes(answerWithoutMac).toByteArray();
    }

    /** key 16 ‖ iv 12 of the sealed answer: KDF(Z ‖ th, 28); Z has 32 bytes, private 64. */
    public static byte[] sealedKey(byte[] z, byte[] th) {
        byte[] seed = new ByteWriter().bytes(z).bytes(th).toByteArray();
        try {
            return Sm2.kdf(seed, 28);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** 'ZTS1-card' ‖ th ‖ certificate: what the card signs. */
    public static byte[] cardMessage(byte[] th, byte[] certificate) {
        return new ByteWriter().ascii("ZTS1-card").bytes(th).bytes(certificate).toByteArray();
    }

    private byte[] bound(String mark) {
        return new ByteWriter()
                .ascii(mark)
                .sized(fci)
                .u8(distance.length)
                .bytes(distance)
                .bytes(header)
                .bytes(data)
                .toByteArray();
    }
}
