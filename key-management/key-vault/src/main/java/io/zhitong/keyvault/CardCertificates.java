package io.zhitong.keyvault;

import io.zhitong.keyapi.CardCertificateRequest;
import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.ReaderCertificateRequest;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Puts certificates of cards and readers together and signs them (卡片与读卡器证书): 121 bytes as docs/card.md lays them out. The issuer key signs
 * nothing else, because this class alone holds it.
 */
final class CardCertificates {
    private static final int CARD_ROLE = 0x01;
    private static final int READER_ROLE = 0xF0;
    private static final int ISSUER_ID = 4;
    private static final int CARD_MAC = 4;

    private final CryptoModule module;
    private final ModuleKey issuer;

    CardCertificates(CryptoModule module, ModuleKey issuer) {
        this.module = module;
        this.issuer = issuer;
    }

    byte[] issuerPoint() {
        return module.publicKey(issuer);
    }

    /** Refuses whatever is not a card of the access application under its own number. */
    static void check(CardCertificateRequest request) {
        KeyRef control = request.control();
        boolean own = control.usage() == KeyUsage.ACCESS_CONTROL
                && control.cardLevel()
                && Arrays.equals(control.factors().get(control.factors().size() - 1), request.subject());
        if (!own || request.role() != CARD_ROLE) {
            throw new KeyServiceException(
                    KeyRefusal.NOT_ALLOWED,
                    "a certificate is for a card, under the access control key of its own number");
        }
    }

    /**
     * The certificate, once the card's MAC over its point verified.
     *
     * @param control the card's control key
     */
    byte[] certify(CardCertificateRequest request, DerivedKey control) {
        byte[] mac = Arrays.copyOf(module.mac(control, request.iv(), request.point()), CARD_MAC);
        if (!MessageDigest.isEqual(mac, request.mac())) {
            throw new KeyServiceException(
                    KeyRefusal.CARD_PROOF_WRONG, "the card's MAC over its point does not verify: make the pair again");
        }
        return signed(body(
                CARD_ROLE,
                request.subject(),
                request.from(),
                request.to(),
                request.number(),
                compressed(request.point())));
    }

    /** The certificate of a reader, once its own signature over the request verified. */
    byte[] certify(ReaderCertificateRequest r) {
        byte[] compressed = compressed(r.point());
        byte[] asked = ReaderCertificateRequest.proofMessage(r.point(), r.subject(), r.from(), r.to(), r.number());
        if (!module.verify(r.point(), asked, r.proof())) {
            throw new KeyServiceException(
                    KeyRefusal.CARD_PROOF_WRONG, "the reader's signature does not verify: sign with the certified key");
        }
        return signed(body(READER_ROLE, r.subject(), r.from(), r.to(), r.number(), compressed));
    }

    private byte[] signed(byte[] body) {
        byte[] message = new ByteWriter().ascii("ZTC1").bytes(body).toByteArray();
        return new ByteWriter().bytes(body).bytes(module.sign(issuer, message)).toByteArray();
    }

    private byte[] body(int role, byte[] subject, byte[] from, byte[] to, int number, byte[] compressed) {
        return new ByteWriter()
                .u8(1)
                .u8(role)
                .bytes(Arrays.copyOf(Sm3.hash(issuerPoint()), ISSUER_ID))
                .bytes(subject)
                .bytes(from)
                .bytes(to)
                .u16(number)
                .bytes(compressed)
                .toByteArray();
    }

    private static byte[] compressed(byte[] point) {
        try {
            return Sm2PublicKey.decode(point).compressed();
        } catch (MalformedInput e) {
            throw new KeyServiceException(KeyRefusal.MALFORMED, "expected a point on the SM2 curve", e);
        }
    }
}
