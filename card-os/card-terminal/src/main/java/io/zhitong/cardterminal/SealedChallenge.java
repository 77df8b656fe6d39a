package io.zhitong.cardterminal;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.AccessTranscript;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm4;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * One challenge of a door to one card, used once (门禁挑战): the ephemeral pair and the nonce live from here to
 * {@link #close()}. The checks stand in the order of docs/card.md; the first that fails gives the reason.
 */
final class SealedChallenge implements AutoCloseable {
    static final int ANSWER = 234;
    private static final int EPHEMERAL = 33;
    private static final int KEY_REFERENCE = 0x00;
    private static final int ALL = 256;
    private static final int SEALED = 0;
    private static final int PRIVATE = 1;

    private final Door door;
    private final Instant now;
    private final Sm2PrivateKey ephemeral;
    private final byte[] nonce;
    private final Optional<ReaderIdentity> reader;

    /** @param reader who the door shows itself as in the private transaction; empty for the sealed one */
    SealedChallenge(Door door, Instant now, Sm2PrivateKey ephemeral, byte[] nonce16, Optional<ReaderIdentity> reader) {
        this.door = door;
        this.reader = reader;
        this.now = now;
        this.ephemeral = ephemeral;
        this.nonce = nonce16.clone();
    }

    /** 80 8A 00 keyRef: suite 01 ‖ variant ‖ point 8 ‖ door time 4 ‖ nonce 16 ‖ Q 64 [‖ reader certificate 121]. */
    CommandApdu command() {
        byte[] data = new ByteWriter()
                .u8(1)
                .u8(reader.isPresent() ? PRIVATE : SEALED)
                .bytes(door.point())
                .u32(now.getEpochSecond())
                .bytes(nonce)
                .bytes(ephemeral.publicKey().xy())
                .bytes(reader.map(r -> r.certificate().encode()).orElse(new byte[0]))
                .toByteArray();
        return new CommandApdu(0x80, 0x8A, 0x00, KEY_REFERENCE, data, ALL);
    }

    /** @throws AccessRefused at the first check that fails */
    AccessOutcome.Genuine judge(AccessTranscript transcript, byte[] answer, TrustedIssuers issuers) {
        require(answer.length == ANSWER, AccessFailure.LENGTH);
        byte[] cardEphemeral = Arrays.copyOf(answer, EPHEMERAL);
        Sm2PublicKey point = decode(cardEphemeral, AccessFailure.EPHEMERAL);
        byte[] content = open(transcript.sealedHash(cardEphemeral), point, answer);
        var in = new ByteReader(content);
        AccessCertificate certificate = certificate(in.bytes(AccessCertificate.LENGTH), issuers);
        var evidence = new SealedEvidence(transcript, cardEphemeral, certificate, in.rest());
        require(cardSigned(evidence), AccessFailure.SIGNATURE);
        return new AccessOutcome.Genuine(
                CredentialNumber.of(certificate.subject()), certificate.number(), 0, evidence.encode());
    }

    private byte[] open(byte[] th, Sm2PublicKey cardEphemeral, byte[] answer) {
        byte[] z = agreed(cardEphemeral);
        byte[] keyAndIv = AccessTranscript.sealedKey(z, th);
        byte[] key = Arrays.copyOf(keyAndIv, 16);
        try {
            byte[] iv = Arrays.copyOfRange(keyAndIv, 16, 28);
            return Sm4.gcmDecrypt(key, iv, th, Arrays.copyOfRange(answer, EPHEMERAL, ANSWER));
        } catch (MalformedInput e) {
            throw new AccessRefused(AccessFailure.TAG);
        } finally {
            Arrays.fill(z, (byte) 0);
            Arrays.fill(keyAndIv, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    /** x([q]E), for private followed by x([r]E) of the reader's own key. */
    private byte[] agreed(Sm2PublicKey cardEphemeral) {
        byte[] first = Sm2.ecdhX(ephemeral, cardEphemeral);
        if (reader.isEmpty()) {
            return first;
        }
        byte[] second = reader.get().agree(cardEphemeral);
        byte[] both = new ByteWriter().bytes(first).bytes(second).toByteArray();
        Arrays.fill(first, (byte) 0);
        Arrays.fill(second, (byte) 0);
        return both;
    }

    private AccessCertificate certificate(byte[] encoded, TrustedIssuers issuers) {
        AccessCertificate certificate;
        try {
            certificate = AccessCertificate.parse(encoded);
        } catch (MalformedInput e) {
            throw new AccessRefused(AccessFailure.CERTIFICATE_FORM);
        }
        require(certificate.role() == AccessCertificate.CARD, AccessFailure.CERTIFICATE_ROLE);
        Sm2PublicKey issuer = issuers.keys().stream()
                .filter(key -> Arrays.equals(AccessCertificate.hint(key), certificate.issuerHint()))
                .findFirst()
                .orElseThrow(() -> new AccessRefused(AccessFailure.ISSUER_UNKNOWN));
        require(certificate.signedBy(issuer), AccessFailure.CERTIFICATE_SIGNATURE);
        byte[] today = CardTime.date4(LocalDate.ofInstant(now, door.zone()));
        require(certificate.validOn(today), AccessFailure.DATES);
        return certificate;
    }

    private static boolean cardSigned(SealedEvidence evidence) {
        try {
            return evidence.cardSigned();
        } catch (MalformedInput e) {
            throw new AccessRefused(AccessFailure.CARD_POINT);
        }
    }

    private static Sm2PublicKey decode(byte[] point, AccessFailure otherwise) {
        try {
            return Sm2PublicKey.decode(point);
        } catch (MalformedInput e) {
            throw new AccessRefused(otherwise);
        }
    }

    private static void require(boolean good, AccessFailure otherwise) {
        if (!good) {
            throw new AccessRefused(otherwise);
        }
    }

    @Override
    public void close() {
        ephemeral.close();
        Arrays.fill(nonce, (byte) 0);
    }
}
