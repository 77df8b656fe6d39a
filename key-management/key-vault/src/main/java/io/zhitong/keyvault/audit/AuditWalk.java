package io.zhitong.keyvault.audit;

import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Goes through audit records one by one and re-computes the chain; stops at the first wrong one with
 * {@link VaultFault#AUDIT_BROKEN}, its number and why. Not thread-safe.
 */
public final class AuditWalk {
    /** Every so many records a place to begin reading at is remembered. */
    static final int STEP = 256;

    private static final int HASH = 32;

    /** Records are short; a longer one is no torn tail, which might be cut off, but a changed length. */
    private static final int LONGEST_RECORD = 2048;

    private final DataInputStream in;
    private final Optional<Sm2PublicKey> auditKey;
    private final List<Long> places = new ArrayList<>();
    private AuditPosition at;
    private long length;
    private int checkpoints;
    private long signedTo;
    private boolean torn;

    /**
     * Begins behind a place.
     *
     * @param in records as they lie in the vault's file
     * @param before the place before the first of them
     * @param auditKey verifies checkpoints; without it their signatures are not looked at
     */
    public AuditWalk(InputStream in, AuditPosition before, Optional<Sm2PublicKey> auditKey) {
        this.in = new DataInputStream(new BufferedInputStream(in));
        this.at = before;
        this.auditKey = auditKey;
    }

    /** The next whole record; empty at the end, or before a piece of one. */
    public Optional<AuditEntry> next() throws IOException {
        byte[] size = in.readNBytes(2);
        if (size.length < 2) {
            torn = size.length > 0;
            return Optional.empty();
        }
        int expected = (size[0] & 0xFF) << 8 | size[1] & 0xFF;
        if (expected > LONGEST_RECORD) {
            throw broken("record " + (at.number() + 1) + " announces " + expected + " bytes, none has so many");
        }
        byte[] rest = in.readNBytes(expected + HASH);
        if (rest.length < expected + HASH) {
            torn = true;
            return Optional.empty();
        }
        return Optional.of(accepted(rest));
    }

    private AuditEntry accepted(byte[] recordAndHash) {
        long number = at.number() + 1;
        byte[] record = Arrays.copyOf(recordAndHash, recordAndHash.length - HASH);
        byte[] hash = HashChain.next(at.hash(), record);
        if (!Arrays.equals(hash, 0, HASH, recordAndHash, record.length, recordAndHash.length)) {
            throw broken("record " + number + " was changed, or one before it is missing");
        }
        AuditEntry entry = decoded(number, record);
        checkSignature(entry);
        at = new AuditPosition(number, hash);
        length += 2L + recordAndHash.length;
        if (number % STEP == 0) {
            places.add(length);
        }
        return entry;
    }

    private static AuditEntry decoded(long number, byte[] record) {
        try {
            AuditEntry entry = AuditEntry.decode(record);
            if (entry.number() != number) {
                throw broken("expected record " + number);
            }
            return entry;
        } catch (MalformedInput e) {
            throw broken("record " + number + " has another layout");
        }
    }

    private void checkSignature(AuditEntry entry) {
        if (entry.kind() == AuditKind.CHECKPOINT.code() && auditKey.isPresent()) {
            byte[] signed = AuditEntry.checkpoint(entry.number(), at.hash());
            if (!Sm2.verify(auditKey.get(), signed, entry.signature())) {
                throw broken("the signature of checkpoint " + entry.number() + " does not verify");
            }
            checkpoints++;
            signedTo = entry.number() - 1;
        }
    }

    /** The newest record read. */
    public AuditPosition position() {
        return at;
    }

    /** Bytes of the whole records read. */
    public long length() {
        return length;
    }

    /** Checkpoints whose signatures were verified. */
    public int checkpoints() {
        return checkpoints;
    }

    /** The last record that a verified signature covers, 0 when none does. */
    public long signedTo() {
        return signedTo;
    }

    /** Whether a piece of a record stands at the end. */
    public boolean torn() {
        return torn;
    }

    /** Where record 257, 513, … begin, counted from the first byte read. */
    List<Long> places() {
        return List.copyOf(places);
    }

    static VaultException broken(String message) {
        return new VaultException(VaultFault.AUDIT_BROKEN, message);
    }
}
