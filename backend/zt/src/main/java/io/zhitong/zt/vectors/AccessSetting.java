package io.zhitong.zt.vectors;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardterminal.Fci;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.Arrays;

/**
 * What the cases of a file of access vectors share (门禁向量的公共部分): the FCI, the pairs of issuer, card, reader, door and
 * card ephemeral, and both certificates. Reading it checks that they belong together.
 */
record AccessSetting(
        byte[] fci,
        Sm2PrivateKey doorEphemeral,
        Sm2PrivateKey cardEphemeral,
        Sm2PrivateKey reader,
        Sm2PublicKey issuer,
        Sm2PublicKey card,
        AccessCertificate cardCertificate,
        AccessCertificate readerCertificate) {

    static AccessSetting read(Fields root) {
        Fields scalars = root.object("scalars");
        Fields points = root.object("points");
        Sm2PublicKey issuer = pair(scalars, points, "issuer", "issuer").publicKey();
        Sm2PublicKey card = pair(scalars, points, "card", "card").publicKey();
        var setting = new AccessSetting(
                fci(root),
                pair(scalars, points, "doorEphemeral", "door"),
                Sm2PrivateKey.of(scalars.hex("cardEphemeral", 32)),
                pair(scalars, points, "reader", "reader"),
                issuer,
                card,
                certificate(root, "cardCertificate", AccessCertificate.CARD, issuer, card),
                certificate(
                        root,
                        "readerCertificate",
                        AccessCertificate.READER,
                        issuer,
                        Sm2PublicKey.decode(points.hex("reader", 64))));
        root.expect("ZA_card", Sm2.za(card));
        scalars.end();
        points.end();
        return setting;
    }

    private static byte[] fci(Fields root) {
        byte[] fci = root.hex("fci");
        byte[] name = Fci.parse(fci).name();
        root.expect("select", Hex.parse("00a40400" + Hex.of(new byte[] {(byte) name.length}) + Hex.of(name) + "00"));
        return fci;
    }

    private static Sm2PrivateKey pair(Fields scalars, Fields points, String scalar, String point) {
        Sm2PrivateKey key = Sm2PrivateKey.of(scalars.hex(scalar, 32));
        points.expect(point, key.publicKey().xy());
        return key;
    }

    private static AccessCertificate certificate(
            Fields root, String name, int role, Sm2PublicKey issuer, Sm2PublicKey subjectKey) {
        AccessCertificate certificate = AccessCertificate.parse(root.hex(name, AccessCertificate.LENGTH));
        boolean fits = certificate.role() == role
                && Arrays.equals(certificate.issuerHint(), AccessCertificate.hint(issuer))
                && Arrays.equals(certificate.publicKey().xy(), subjectKey.xy())
                && certificate.signedBy(issuer);
        if (!fits) {
            throw new BadVector(name + " is not the issuer's certificate of role " + Hex.of(new byte[] {(byte) role})
                    + " over the point given");
        }
        return certificate;
    }
}
