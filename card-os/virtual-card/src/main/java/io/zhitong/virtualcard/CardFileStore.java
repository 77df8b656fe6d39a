package io.zhitong.virtualcard;

import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Cards as files (卡文件), one each. A card is made under another name first, so that a file is always a whole card. */
public final class CardFileStore {
    private CardFileStore() {}

    /** Makes a factory-fresh card with a random identity. */
    public static Nvm make(Path file, CardProfile profile, SecretBytes batchKey) throws IOException {
        return make(file, profile, ChipIdentity.fresh(RandomSource.secure()), batchKey);
    }

    /**
     * Makes a factory-fresh card.
     *
     * @throws IOException if the file exists or cannot be made
     */
    public static Nvm make(Path file, CardProfile profile, ChipIdentity identity, SecretBytes batchKey)
            throws IOException {
        if (Files.exists(file)) {
            throw new IOException("expected no file at " + file + ", there is one already");
        }
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Nvm nvm = Nvm.create(draft, profile.memory());
        CardBirth.of(nvm, profile, identity, batchKey);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return nvm;
    }

    /**
     * A card that was made before.
     *
     * @throws IOException if the file cannot be read or holds no card of a known profile
     */
    public static Nvm open(Path file) throws IOException {
        return checked(Nvm.open(file), file);
    }

    /**
     * A copy of a card in memory; the file stays as it is.
     *
     * @throws IOException as {@link #open}
     */
    public static Nvm copy(Path file) throws IOException {
        Nvm copy = Nvm.open(file).copy();
        return checked(copy, file);
    }

    private static Nvm checked(Nvm nvm, Path file) throws IOException {
        try {
            new Card(nvm, RandomSource.secure());
            return nvm;
        } catch (MalformedInput e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
