package io.zhitong.keyvault.audit;

import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.AuditKind;
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
    private final List<Place> places = new ArrayList<>();
    private AuditPosition at;
    private long length;
    private long records;
    private int checkpoints;
    private Optional<AuditCheckpoint> newest = Optional.empty();
    private long newestTime;
    private long leapt;
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
        byte[] record = Arrays.copyOf(recordAndHash, recordAndHash.length - HASH);
        byte[] hash = HashChain.next(at.hash(), record);
        if (!Arrays.equals(hash, 0, HASH, recordAndHash, record.length, recordAndHash.length)) {
            throw broken("record " + (at.number() + 1) + " was changed, or one before it is missing");
        }
        AuditEntry entry = decoded(at.number() + 1, record);
        checkSignature(entry);
        boolean setBack = entry.kind() == AuditKind.CLOCK_BACK.code();
        newestTime = setBack ? entry.time() : Math.max(newestTime, entry.time());
        at = new AuditPosition(entry.number(), hash);
        leapt = entry.kind() == AuditKind.LEAPED.code() ? entry.number() : leapt;
        length += 2L + recordAndHash.length;
        records++;
        if (records % STEP == 0) {
            places.add(new Place(entry.number(), length));
        }
        return entry;
    }

    private static AuditEntry decoded(long number, byte[] record) {
        try {
            AuditEntry entry = AuditEntry.decode(record);
            boolean leap = entry.kind() == AuditKind.LEAPED.code() && entry.number() > number;
            if (entry.number() != number && !leap) {
                throw broken("expected record " + number);
            }
            return entry;
        } catch (MalformedInput e) {
            throw broken("record " + number + " has another layout");
        }
    }

    private void checkSignature(AuditEntry entry) {
        if (entry.kind() != AuditKind.CHECKPOINT.code()) {
            return;
        }
        if (auditKey.isPresent()) {
            byte[] signed = AuditCheckpoint.signed(entry.number(), at.hash());
            if (!Sm2.verify(auditKey.get(), signed, entry.signature())) {
                throw broken("the signature of checkpoint " + entry.number() + " does not verify");
            }
            checkpoints++;
            signedTo = at.number();
        }
        newest = AuditEntry.mayBeSigned(entry)
                ? Optional.of(new AuditCheckpoint(entry.number(), at.hash(), entry.signature()))
                : newest;
    }

    /** The newest checkpoint read; its signature was verified if there was a key. */
    Optional<AuditCheckpoint> newest() {
        return newest;
    }

    /** The newest time of a record since the clock was last seen to go back, Unix milliseconds. */
    long newestTime() {
        return newestTime;
    }

    /** Number of the newest record that left numbers out, 0 when there is none. */
    long leapt() {
        return leapt;
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

    /**
     * Where a record ends (页标).
     *
     * @param number of the record
     * @param end counted from the first byte read
     */
    record Place(long number, long end) {}

    /** Where the 256th record ends, the 512th, and so on. */
    List<Place> places() {
        return List.copyOf(places);
    }

    static VaultException broken(String message) {
        return new VaultException(VaultFault.AUDIT_BROKEN, message);
    }
}
