package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;

/**
 * Asks for the certificate of a key pair that a card made (卡片证书请求). The card proves that the point is its own by the MAC
 * over it under its control key; without that proof nothing is signed, so whoever relays cannot swap the key. On the wire:
 * control ‖ iv 16 ‖ point 64 ‖ mac 4 ‖ role 1 ‖ subject 8 ‖ from 4 ‖ to 4 ‖ number 2.
 *
 * @param control the control key of the card's application, card level
 * @param iv the card's 16-byte challenge under which it answered
 * @param point x ‖ y
 * @param mac left 4 of SM4-CBC-MAC over the point, padded 80 00…
 * @param role 01 card, F0 reader
 * @param subject credential number or point id, 8 bytes
 * @param from first day, BCD yyyymmdd
 * @param to last day, BCD yyyymmdd, not before {@code from}
 * @param number certificate number of the subject, 0–65535, rising
 */
public record CardCertificateRequest(
        KeyRef control,
        byte[] iv,
        byte[] point,
        byte[] mac,
        int role,
        byte[] subject,
        byte[] from,
        byte[] to,
        int number) {
    public CardCertificateRequest {
        iv = Checks.length("challenge", iv, 16);
        point = Checks.length("point", point, 64);
        mac = Checks.length("card's MAC", mac, 4);
        subject = Checks.length("subject", subject, 8);
        from = BcdDate.check("first day", from);
        to = BcdDate.check("last day", to);
        Checks.range("certificate number", number, 0, 0xFFFF);
        if (role != 0x01 && role != 0xF0) {
            throw Checks.malformed("certificate role: expected 01 or F0");
        }
        if (Arrays.compareUnsigned(from, to) > 0) {
            throw Checks.malformed("validity: expected a last day not before the first");
        }
    }

    void encode(ByteWriter out) {
        control.encode(out);
        out.bytes(iv)
                .bytes(point)
                .bytes(mac)
                .u8(role)
                .bytes(subject)
                .bytes(from)
                .bytes(to)
                .u16(number);
    }

    static CardCertificateRequest decode(ByteReader in) {
        return new CardCertificateRequest(
                KeyRef.decode(in),
                in.bytes(16),
                in.bytes(64),
                in.bytes(4),
                in.u8(),
                in.bytes(8),
                in.bytes(4),
                in.bytes(4),
                in.u16());
    }
}
