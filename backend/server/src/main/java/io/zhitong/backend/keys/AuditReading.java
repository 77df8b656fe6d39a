package io.zhitong.backend.keys;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.AuditPage;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.MalformedInput;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Goes through pages of the vault's audit chain and re-computes it, by none of the vault's own code (审计复算). Not thread-safe. */
final class AuditReading {
    private static final int HASH = 32;
    private static final int LONGEST = 2048;

    /**
     * A record that holds.
     *
     * @param before the chain's hash before it: what a checkpoint signs
     * @param hash the chain's hash at it
     */
    record Link(AuditLine line, byte[] before, byte[] hash) {}

    private long number;
    private byte[] hash;

    /** Begins at the place before the first record of a page. */
    AuditReading(AuditPage first) {
        number = first.before().number();
        hash = first.before().hash();
    }

    /** The number of the last record read. */
    long number() {
        return number;
    }

    /**
     * The records of the page that follows.
     *
     * @throws BrokenAuditException at the first record that does not hold
     */
    List<Link> read(AuditPage page) {
        ByteReader in = new ByteReader(page.records());
        List<Link> links = new ArrayList<>();
        try {
            while (in.remaining() > 0) {
                links.add(next(in.bytes(length(in.u16())), in.bytes(HASH)));
            }
        } catch (MalformedInput e) {
            throw new BrokenAuditException(number + 1, BrokenAuditException.Reason.LAYOUT, e);
        }
        return links;
    }

    private int length(int told) {
        if (told > LONGEST) {
            throw new BrokenAuditException(number + 1, BrokenAuditException.Reason.LAYOUT);
        }
        return told;
    }

    private Link next(byte[] record, byte[] told) {
        byte[] before = hash;
        byte[] after = HashChain.next(before, record);
        if (!MessageDigest.isEqual(after, told)) {
            throw new BrokenAuditException(number + 1, BrokenAuditException.Reason.CHAIN);
        }
        AuditLine line = AuditLine.decode(record);
        boolean leap = line.code() == AuditKind.LEAPED.code() && line.number() > number;
        if (line.number() != number + 1 && !leap) {
            throw new BrokenAuditException(number + 1, BrokenAuditException.Reason.NUMBER);
        }
        number = line.number();
        hash = after;
        return new Link(line, before, after);
    }
}
