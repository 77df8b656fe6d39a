package io.zhitong.phone;

import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A card in a phone's private folder (手机卡). The memory is a mapped file, as of any virtual card: what the system kills in the
 * middle of a command is recovered at the next field. Not thread-safe: a phone delivers commands one by one.
 */
final class PhoneCard {
    private final Card card;

    private PhoneCard(Card card) {
        this.card = card;
    }

    /** The card in that file; a blank one is made where there is none. */
    static PhoneCard in(Path file) throws IOException {
        Nvm memory = Files.exists(file) ? Nvm.open(file) : blank(file);
        return new PhoneCard(new Card(memory, RandomSource.secure()));
    }

    private static Nvm blank(Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Nvm memory = Nvm.create(draft, CardProfile.BLANK.memory());
        try (SecretBytes none = SecretBytes.copyOf(new byte[16])) {
            CardBirth.of(memory, CardProfile.BLANK, ChipIdentity.fresh(RandomSource.secure()), none);
        }
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return memory;
    }

    /** One command APDU; data ‖ SW. */
    byte[] process(byte[] command) {
        try {
            return card.process(command);
        } catch (PowerLoss e) {
            throw new IllegalStateException("expected power: a phone's card is never cut on purpose", e);
        }
    }

    /** The phone left the field: what a card forgets without power is forgotten. */
    void leaveField() {
        card.reset();
    }
}
