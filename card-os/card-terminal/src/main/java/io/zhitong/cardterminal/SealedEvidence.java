package io.zhitong.cardterminal;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.AccessTranscript;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.Arrays;

/**
 * What a door keeps of a sealed transaction (封闭认证证据), so that anyone with the issuer's public key can check it later:
 * version 01 ‖ len(F)2‖F ‖ len(RR)1‖RR ‖ H 5 ‖ len(data)1‖data ‖ E 33 ‖ certificate 121 ‖ sig 64. Our profile, docs/card.md.
 */
public record SealedEvidence(
        AccessTranscript transcript, byte[] ephemeral, AccessCertificate certificate, byte[] signature) {
    private static final int EPHEMERAL = 33;
    private static final int SIGNATURE = 64;
    private static final int HEADER = 5;

    public SealedEvidence {
        if (ephemeral.length != EPHEMERAL || signature.length != SIGNATURE) {
            throw new MalformedInput("expected an ephemeral of 33 and a signature of 64 bytes");
        }
        ephemeral = ephemeral.clone();
        signature = signature.clone();
    }

    /** @throws MalformedInput if the bytes are no evidence */
    public static SealedEvidence parse(byte[] encoded) {
        var in = new ByteReader(encoded);
        if (in.u8() != 1) {
            throw new MalformedInput("expected evidence of version 01");
        }
        byte[] fci = in.sized();
        byte[] distance = in.bytes(in.u8());
        byte[] header = in.bytes(HEADER);
        byte[] data = in.bytes(in.u8());
        var evidence = new SealedEvidence(
                transcript(fci, distance, header, data),
                in.bytes(EPHEMERAL),
                AccessCertificate.parse(in.bytes(AccessCertificate.LENGTH)),
                in.bytes(SIGNATURE));
        in.end();
        return evidence;
    }

    private static AccessTranscript transcript(byte[] fci, byte[] distance, byte[] header, byte[] data) {
        try {
            return new AccessTranscript(fci, distance, header, data);
        } catch (IllegalArgumentException e) {
            throw new MalformedInput("expected the transcript of a sealed transaction");
        }
    }

    /** The bytes kept. */
    public byte[] encode() {
        return new ByteWriter()
                .u8(1)
                .sized(transcript.fci())
                .u8(transcript.distance().length)
                .bytes(transcript.distance())
                .bytes(transcript.header())
                .u8(transcript.data().length)
                .bytes(transcript.data())
                .bytes(ephemeral)
                .bytes(certificate.encode())
                .bytes(signature)
                .toByteArray();
    }

    /** Whether the issuer's certificate and the card's signature over exactly this transcript hold. */
    public boolean holds(Sm2PublicKey issuer) {
        return certificate.role() == AccessCertificate.CARD && certificate.signedBy(issuer) && cardSigned();
    }

    boolean cardSigned() {
        byte[] th = transcript.sealedHash(ephemeral);
        byte[] message = AccessTranscript.cardMessage(th, certificate.encode());
        return Sm2.verify(certificate.publicKey(), message, signature);
    }

    @Override
    public byte[] ephemeral() {
        return ephemeral.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedEvidence that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }
}
