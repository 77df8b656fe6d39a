package io.zhitong.cos.state;

import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CardFile;
import java.util.Arrays;
import java.util.Optional;

/** What the card forgets at reset (会话状态): current files, security statuses, challenge, a begun transaction. */
public final class Session {
    private final CardFile mf;
    private CardFile df;
    private Optional<CardFile> ef = Optional.empty();
    private byte[] fci = new byte[0];
    private int mfStatus;
    private int dfStatus;
    private boolean pinVerified;
    private boolean free;
    private Optional<byte[]> challenge = Optional.empty();
    private Optional<byte[]> nextChallenge = Optional.empty();
    private Optional<Pending> pending = Optional.empty();
    private Optional<Pending> nextPending = Optional.empty();
    private Optional<DeliveredKey> delivered = Optional.empty();
    private StatusWord outcome = StatusWord.OK;
    private Distance distance = Distance.NONE;
    private int sealedAnswers;

    /** After reset: in the MF, nothing verified. */
    public Session(CardFile mf) {
        this.mf = mf;
        this.df = mf;
    }

    /** A challenge and a begun transaction of the command before are this command's to use, and nobody's after it. */
    public void beginCommand() {
        outcome = StatusWord.OK;
        challenge = nextChallenge;
        nextChallenge = Optional.empty();
        pending = nextPending;
        nextPending = Optional.empty();
    }

    /** Status word of a command that did what it was asked to. */
    public StatusWord outcome() {
        return outcome;
    }

    /** A warning in place of 9000. */
    public void outcome(StatusWord word) {
        outcome = word;
    }

    /** Current DF. */
    public CardFile df() {
        return df;
    }

    /** Current EF, if one is selected. */
    public Optional<CardFile> ef() {
        return ef;
    }

    /** FCI last answered to SELECT of a DF, without status word. */
    public byte[] fci() {
        return fci.clone();
    }

    /** A DF becomes current: its security status is cleared. */
    public void enter(CardFile directory, byte[] answer) {
        df = directory;
        ef = Optional.empty();
        fci = answer.clone();
        dfStatus = 0;
        pinVerified = false;
        closeDelivered();
        distance = Distance.NONE;
        if (directory.equals(mf)) {
            mfStatus = 0;
        }
    }

    /** Whether the current DF's access bytes do not count. */
    public boolean free() {
        return free;
    }

    /** Access bytes of the current DF do not count, or do again. */
    public void free(boolean without) {
        free = without;
    }

    /** The current DF's status and PIN are to be won again. */
    public void dropStatus() {
        reach(0);
        pinVerified = false;
    }

    /** An EF of the current DF becomes current. */
    public void open(CardFile file) {
        ef = Optional.of(file);
    }

    /** No EF is current any more. */
    public void forgetFile() {
        ef = Optional.empty();
    }

    /** Security status of the MF, 0..15. */
    public int mfStatus() {
        return mfStatus;
    }

    /** Security status of the current DF, 0..15. */
    public int dfStatus() {
        return df.equals(mf) ? mfStatus : dfStatus;
    }

    /** An authentication in the current DF reached a status. */
    public void reach(int status) {
        if (df.equals(mf)) {
            mfStatus = status;
        } else {
            dfStatus = status;
        }
    }

    /** Whether the PIN of the current DF was verified. */
    public boolean pinVerified() {
        return pinVerified;
    }

    /** Outcome of the last PIN verification. */
    public void pin(boolean verified) {
        pinVerified = verified;
    }

    /** The challenge that the command before fetched. */
    public Optional<byte[]> challenge() {
        return challenge;
    }

    /** A challenge for the next command. */
    public void offer(byte[] fresh) {
        nextChallenge = Optional.of(fresh.clone());
    }

    /** What the command before began, if it is of that kind. */
    public <T extends Pending> Optional<T> pending(Class<T> kind) {
        return pending.filter(kind::isInstance).map(kind::cast);
    }

    /** Something that only the next command may end. */
    public void begin(Pending begun) {
        nextPending = Optional.of(begun);
    }

    /** The key in the SAM's working register. */
    public Optional<DeliveredKey> delivered() {
        return delivered;
    }

    /** Puts a key into the SAM's working register. */
    public void deliver(DeliveredKey key) {
        closeDelivered();
        delivered = Optional.of(key);
    }

    /** The distance exchange since SELECT. */
    public Distance distance() {
        return distance;
    }

    /** A distance exchange was answered. */
    public void measured(Distance now) {
        distance = now;
    }

    /** Counts one sealed answer since power-up and says whether it was still within the limit. */
    public boolean takeSealedAnswer(int limit) {
        return sealedAnswers++ < limit;
    }

    private void closeDelivered() {
        delivered.ifPresent(key -> key.key().close());
        delivered = Optional.empty();
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "Session[" + Arrays.toString(new int[] {df.fid(), mfStatus, dfStatus}) + "]";
    }
}
