package io.zhitong.keyapi;

import io.zhitong.smcrypto.SecretBytes;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What others may ask the vault (密钥服务). Keys are named by {@link KeyRef}; no key of the vault ever crosses this
 * interface but wrapped for one card. Batches have 1 to {@value #MOST_ITEMS} items and are all or nothing: one refused item refuses the batch
 * (a MAC that does not verify is an answer, not a refusal).
 *
 * <p>Implementations are thread-safe. Every method throws {@link KeyServiceException} with the reason of a refusal.
 */
public interface KeyService extends AutoCloseable {
    /** Most items of a batch. */
    int MOST_ITEMS = 10_000;

    /** State, audit position and module; answered by a sealed vault too. */
    VaultStatus status();

    /** The masters held, without anything secret. */
    List<KeyListing> keys();

    /** Fresh random bytes, 1–4096. */
    byte[] random(int length);

    /** Derives and wraps in one operation; answers the data field of WRITE KEY for each request, in order. */
    List<byte[]> wrap(List<WrapRequest> requests);

    /** Command MACs, in order. */
    List<byte[]> mac(List<MacRequest> requests);

    /** Whether each MAC or TAC is right, in order. */
    List<Boolean> verifyMacs(List<VerifyRequest> requests);

    /**
     * Verifies the card's MAC1 and, if it is right, answers MAC2; both under the session key {@code SM4(K, seed ‖ ~seed)}.
     *
     * @param key card level: load, unload or overdraft
     * @param sessionSeed 8 bytes
     * @param data what MAC1 covers
     * @param mac MAC1, 4 bytes
     * @param dataToMac what MAC2 covers
     * @return MAC2, 4 bytes; empty when MAC1 is wrong
     */
    Optional<byte[]> verifyThenMac(KeyRef key, byte[] sessionSeed, byte[] data, byte[] mac, byte[] dataToMac);

    /**
     * The cryptogram of EXTERNAL AUTHENTICATE.
     *
     * @param key card level, a usage that allows {@link KeyOperation#AUTHENTICATE}
     * @param challenge 8 bytes → 8 (SM4(K, challenge ‖ 0⁸), halves added), or 16 bytes → 16 (SM4(K, challenge)). Keys that
     *     wrap take 8 only: a whole block would be an encryption on request.
     */
    byte[] authenticate(KeyRef key, byte[] challenge);

    /**
     * Wraps data keys (数据密钥封装), under which the caller encrypts personal data; answers {@value DataUnwrapRequest#WRAPPED} bytes for
     * each, in order. Needs {@link KeyUsage#PERSONAL_DATA}; refused with {@link KeyRefusal#REHEARSAL} by a vault that rehearses.
     */
    List<byte[]> wrapDataKeys(List<DataWrapRequest> requests);

    /**
     * Opens wrapped data keys, in order; the caller closes them. Refused as a whole with {@link KeyRefusal#BAD_DATA_KEY} when one was
     * changed, or wrapped under another key or with another context.
     */
    List<SecretBytes> unwrapDataKeys(List<DataUnwrapRequest> requests);

    /** Keyed hashes of values, 32 bytes each, in order; their key never leaves the vault. */
    List<byte[]> hashData(List<DataHashRequest> requests);

    /**
     * The 121-byte certificate of a key pair that a card made, signed by {@link SigningKey#CARD_ISSUER}; refused with
     * {@link KeyRefusal#CARD_PROOF_WRONG} when the card's MAC over the point does not verify.
     */
    byte[] certifyCard(CardCertificateRequest request);

    /**
     * The 121-byte certificate of a reader's key pair for one point, signed by {@link SigningKey#CARD_ISSUER}; refused with
     * {@link KeyRefusal#CARD_PROOF_WRONG} when the reader's own signature does not verify.
     */
    byte[] certifyReader(ReaderCertificateRequest request);

    /**
     * SM2 signature r ‖ s (64 bytes, identity 1234567812345678) over a message of 1 byte to 2 MiB, by one of the keys that
     * {@linkplain SigningKey#signsOnRequest() sign on request}.
     */
    byte[] sign(SigningKey key, byte[] message);

    /** Public point x ‖ y, 64 bytes. */
    byte[] publicKey(SigningKey key);

    /**
     * Certifies a device (controller, POS, gate, station) on the caller's word, or renews the caller's own certificate.
     * Refused: {@link KeyRefusal#CALLER_NOT_ALLOWED} for other roles and names.
     */
    MachineCertificate enrolMachine(MachineEnrolment enrolment);

    /** Revokes a machine certificate; revoking it again changes nothing. Answers the list after it. */
    List<Revocation> revoke(BigInteger serial, RevocationReason reason);

    /** The revoked machine certificates. */
    List<Revocation> revocations();

    /** Ends the connection; the vault goes on. */
    @Override
    void close();
}
