package io.zhitong.cos.access;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.AccessTranscript;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.FileControlInformation;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * Files of the access application (门禁应用文件), our profile, docs/card.md: 0011 credential8‖from4‖to4 · 0012 the card
 * issuer's point x‖y 64 · 0013 the highest "from" seen in a good reader certificate, 4 · 0014 to 0017 the certificates,
 * 121 bytes each, of key pairs 0 to 3. The private scalars are records of the key file with a type of the card's own.
 */
final class AccessApplication {
    /** Type byte of a private scalar in the key file. */
    static final int SCALAR = 0x20;

    /** Key pairs an application may have. */
    static final int KEY_PAIRS = 4;

    private static final int CREDENTIAL = 0x0011;
    private static final int ISSUER = 0x0012;
    private static final int NEWEST_READER = 0x0013;
    private static final int CERTIFICATE = 0x0014;
    private static final int DATE = 4;

    private final CardContext card;
    private final int methods;

    private AccessApplication(CardContext card, int methods) {
        this.card = card;
        this.methods = methods;
    }

    /** The current DF; 6985 if it is no access application. */
    static AccessApplication current(CardContext card) {
        int methods = FileControlInformation.accessMethods(card.session().df(), card);
        CommandRefused.unless(methods != 0, StatusWord.CONDITIONS_NOT_MET);
        return new AccessApplication(card, methods);
    }

    /** 6985 unless the application offers the method. */
    void require(AccessMethod method) {
        CommandRefused.unless((methods & method.bit()) != 0, StatusWord.CONDITIONS_NOT_MET);
    }

    /** credential8‖from4‖to4. */
    byte[] credential() {
        return file(CREDENTIAL, 16).read(0, 16);
    }

    /** The certificate of a key pair, if it is there and belongs to that key. */
    Optional<byte[]> certificate(int keyRef, Sm2PublicKey key) {
        return card.files()
                .child(card.session().df(), CERTIFICATE + keyRef)
                .filter(f -> f.kind() == FileKind.BINARY && f.size() >= AccessCertificate.LENGTH)
                .map(f -> f.read(0, AccessCertificate.LENGTH))
                .filter(c -> isFor(c, key));
    }

    /** The private key of a key pair, to be closed. */
    Optional<Sm2PrivateKey> privateKey(int keyRef) {
        return card.keys().flatMap(keys -> keys.find(SCALAR, keyRef)).map(AccessApplication::toKey);
    }

    /** Checks a reader's certificate against the issuer, the point and the newest seen; 6982 if it does not hold. */
    Sm2PublicKey trustedReader(byte[] certificate, byte[] point8) {
        try {
            AccessCertificate reader = AccessCertificate.parse(certificate);
            Sm2PublicKey issuer = Sm2PublicKey.decode(file(ISSUER, 64).read(0, 64));
            CardFile newest = file(NEWEST_READER, DATE);
            boolean good = reader.role() == AccessCertificate.READER
                    && Arrays.equals(reader.subject(), point8)
                    && Arrays.equals(reader.issuerHint(), AccessCertificate.hint(issuer))
                    && Arrays.compareUnsigned(reader.to(), newest.read(0, DATE)) >= 0
                    && reader.signedBy(issuer);
            CommandRefused.unless(good, StatusWord.SECURITY_NOT_SATISFIED);
            Sm2PublicKey key = reader.publicKey();
            if (Arrays.compareUnsigned(reader.from(), newest.read(0, DATE)) > 0) {
                newest.write(0, reader.from());
            }
            return key;
        } catch (MalformedInput e) {
            throw new CommandRefused(StatusWord.SECURITY_NOT_SATISFIED);
        }
    }

    /** What both sides see of this command. */
    AccessTranscript transcript(CommandApdu apdu) {
        return AccessTranscript.of(
                card.session().fci(), card.session().distance().exchange(), apdu);
    }

    private CardFile file(int fid, int atLeast) {
        return card.files()
                .child(card.session().df(), fid)
                .filter(f -> f.kind() == FileKind.BINARY && f.size() >= atLeast)
                .orElseThrow(() -> new CommandRefused(StatusWord.KEY_NOT_FOUND));
    }

    private static boolean isFor(byte[] certificate, Sm2PublicKey key) {
        return Arrays.equals(Arrays.copyOfRange(certificate, 24, AccessCertificate.BODY), key.compressed());
    }

    private static Sm2PrivateKey toKey(StoredKey stored) {
        byte[] scalar = stored.value();
        try {
            return Sm2PrivateKey.of(scalar);
        } finally {
            Arrays.fill(scalar, (byte) 0);
        }
    }
}
