package io.zhitong.cos.state;

import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.chip.JournalledMemory;
import io.zhitong.cos.file.AccessRule;
import io.zhitong.cos.file.ApplicationState;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileSystem;
import io.zhitong.cos.file.KeyFile;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.smcrypto.RandomSource;
import java.util.Optional;

/** The parts of a powered card (卡片上下文) that a command works with. */
public record CardContext(
        CardProfile profile, JournalledMemory memory, FileSystem files, Session session, RandomSource random) {

    /** Whether an access byte is satisfied now. */
    public boolean allows(int rule) {
        return session.free() || AccessRule.allows(rule, session.mfStatus(), session.dfStatus());
    }

    /**
     * Whether files may be made in the current DF. While it has no key 39 nobody can win a status in it, so that of the MF
     * counts: the card's issuer makes the key file and writes the first key, and is outside from then on.
     */
    public boolean allowsCreating(CardFile df) {
        boolean orphan = keysOf(df)
                .flatMap(k -> k.find(KeyType.EXTERNAL_AUTH, any -> true))
                .isEmpty();
        return allows(df.readRule())
                || orphan && AccessRule.allows(df.readRule(), session.mfStatus(), session.mfStatus());
    }

    /** Refuses with 6982 unless an access byte is satisfied. */
    public void require(int rule) {
        CommandRefused.unless(allows(rule), StatusWord.SECURITY_NOT_SATISFIED);
    }

    /** Where the chip has that habit a DF that has no key file yet is free of access bytes until it is selected again. */
    public void freeWithoutKeys() {
        session.free(profile.has(Habit.FREE_UNTIL_KEY_FILE)
                && files.keyFile(session.df()).isEmpty());
    }

    /** Refuses if the current application is blocked more than that. */
    public void requireOpen(ApplicationState worst) {
        ApplicationState state = files.stateOf(session.df());
        CommandRefused.unless(state.compareTo(worst) <= 0, state.atOthers());
    }

    /** Whether a file is the 0005 in which the factory wrote the chip's number: it stays for ever. */
    public boolean isChipFile(CardFile file) {
        return profile.birth() == CardProfile.Birth.TRANSPORT
                && file.fid() == CardFiles.CHIP
                && files.parentOf(file).equals(files.mf());
    }

    /** Keys of the current DF, if it has any. */
    public Optional<KeyFile> keys() {
        return keysOf(session.df());
    }

    /** Keys of a DF, if it has any. */
    public Optional<KeyFile> keysOf(CardFile df) {
        return files.keyFile(df).map(KeyFile::new);
    }

    /** A key of the current DF. */
    public Optional<StoredKey> key(KeyType type, int id) {
        return keys().flatMap(k -> k.find(type, id));
    }

    /** A key of the current DF, 6A88 if it is not there. */
    public StoredKey needKey(KeyType type, int id) {
        return key(type, id).orElseThrow(() -> new CommandRefused(StatusWord.KEY_NOT_FOUND));
    }

    /** The file that READ, UPDATE and their like mean: by short identifier, else the current one. */
    public CardFile elementary(int sfi) {
        CardFile file = sfi == 0
                ? session.ef().orElseThrow(() -> new CommandRefused(StatusWord.NO_CURRENT_FILE))
                : files.bySfi(session.df(), sfi).orElseThrow(() -> new CommandRefused(StatusWord.FILE_NOT_FOUND));
        session.open(file);
        return file;
    }

    /** Spends a try of the key for good, before anything is compared; 6983 if none was left. */
    public void spendTry(StoredKey key) {
        CommandRefused.unless(key.triesLeft() > 0, StatusWord.AUTHENTICATION_BLOCKED);
        key.spendTry();
        memory.commit();
    }
}
