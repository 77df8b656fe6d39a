package io.zhitong.keyvault;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.DoorState;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultDoor;
import io.zhitong.keyapi.VaultStatus;
import io.zhitong.keyvault.quorum.Quorum;
import io.zhitong.keyvault.quorum.QuorumId;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects custodians' shares in memory until they open the masters (收集分量). All are forgotten {@value VaultDoor#MINUTES}
 * minutes after the first, when the clock was moved back behind it, and after {@value VaultDoor#MOST_WRONG} refused ones.
 * Thread-safe.
 */
final class Unsealing implements AutoCloseable {
    private static final Duration KEEP = Duration.ofMinutes(VaultDoor.MINUTES);

    private final Vault vault;
    private final Clock clock;
    private final List<Share> shares = new ArrayList<>();
    private Instant first = Instant.MAX;
    private int wrong;

    Unsealing(Vault vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    synchronized DoorState state() {
        forgetOld();
        VaultStatus status = vault.status();
        int needed = vault.quorum().map(QuorumId::needed).orElse(0);
        int dealt = vault.quorum().map(QuorumId::dealt).orElse(0);
        List<Integer> given = shares.stream().map(Share::x).toList();
        int left = shares.isEmpty()
                ? 0
                : (int) Duration.between(clock.instant(), first.plus(KEEP)).toSeconds();
        return new DoorState(status.state(), status.demoQuorum(), needed, dealt, given, left);
    }

    /**
     * One more share; the last one needed opens the masters.
     *
     * @param who gives it, for the audit: a machine's role and name
     * @param text 94 hex digits
     */
    synchronized DoorState give(String who, SecretBytes text) {
        forgetOld();
        try {
            Share share = parsed(text);
            try {
                check(share);
            } catch (KeyServiceException e) {
                share.close();
                throw e;
            }
            take(who, share);
        } catch (KeyServiceException e) {
            refused(who, e);
            throw e;
        }
        return state();
    }

    private static Share parsed(SecretBytes text) {
        byte[] bytes = text.export(SecretAccess.TOKEN);
        try {
            return Share.parse(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (VaultException e) {
            throw new KeyServiceException(KeyRefusal.BAD_SHARE, "read or type it again", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private void check(Share share) {
        if (!vault.masters().made() || vault.masters().isOpen()) {
            throw new KeyServiceException(KeyRefusal.NOT_ALLOWED, "expected a sealed vault with master keys");
        }
        boolean ours = vault.quorum().map(quorum -> quorum.has(share)).orElse(true)
                && shares.stream().limit(1).allMatch(other -> QuorumId.of(other).has(share));
        if (!ours) {
            throw new KeyServiceException(KeyRefusal.OTHER_SHARES, "expected a share dealt with this vault's masters");
        }
        if (shares.stream().anyMatch(other -> other.x() == share.x())) {
            throw new KeyServiceException(KeyRefusal.SHARE_REPEATED, "expected a share of another custodian");
        }
    }

    private void take(String who, Share share) {
        if (shares.isEmpty()) {
            first = clock.instant();
        }
        shares.add(share);
        vault.audited(AuditKind.SHARE_GIVEN, who, "share " + share.x() + " of " + share.dealt());
        if (shares.size() == share.needed()) {
            open();
        }
    }

    private void open() {
        try {
            vault.unseal(Quorum.join(shares));
        } catch (VaultException e) {
            KeyRefusal reason =
                    e.fault() == VaultFault.WRONG_QUORUM ? KeyRefusal.WRONG_QUORUM : KeyRefusal.STORE_FAILED;
            throw new KeyServiceException(reason, e.fault().english(), e);
        } finally {
            forget();
        }
    }

    private void refused(String who, KeyServiceException e) {
        vault.audited(AuditKind.REFUSED, who, "share: " + e.reason().english());
        wrong++;
        if (wrong >= VaultDoor.MOST_WRONG) {
            forget();
        }
    }

    /** Also called from time to time, so that nothing waits in memory for the next custodian. */
    synchronized void forgetOld() {
        Instant now = clock.instant();
        if (!shares.isEmpty() && (now.isBefore(first) || now.isAfter(first.plus(KEEP)))) {
            forget();
        }
    }

    synchronized void forget() {
        shares.forEach(Share::close);
        shares.clear();
        wrong = 0;
        first = Instant.MAX;
    }

    @Override
    public void close() {
        forget();
    }
}
