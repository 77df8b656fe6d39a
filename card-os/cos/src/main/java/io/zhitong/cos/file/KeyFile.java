package io.zhitong.cos.file;

import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The keys of one application (密钥文件), one after the other; a length of 0 ends the list. */
public final class KeyFile {
    private final CardFile file;

    /** Over a file of kind {@link FileKind#KEYS}. */
    public KeyFile(CardFile file) {
        this.file = file;
    }

    /** Access byte for adding a key. */
    public int addRule() {
        return file.writeRule();
    }

    /** All keys, in the order of the file. */
    public List<StoredKey> all() {
        List<StoredKey> found = new ArrayList<>();
        first(k -> !found.add(k));
        return found;
    }

    /** A key by type and id. */
    public Optional<StoredKey> find(KeyType type, int id) {
        return first(k -> k.is(type.code(), id));
    }

    /** A private record of the card by its own type code (below 30) and id. */
    public Optional<StoredKey> find(int ownType, int id) {
        return first(k -> k.is(ownType, id));
    }

    /** The first key of a type that fits. */
    public Optional<StoredKey> find(KeyType type, Predicate<StoredKey> fits) {
        return first(k -> k.is(type) && fits.test(k));
    }

    /** Adds a key, or replaces the one of the same type and id. */
    public void put(byte[] head, byte[] value) {
        Optional<StoredKey> old = first(k -> k.is(head[1] & 0x3F, head[2] & 0xFF));
        if (old.isPresent()) {
            CommandRefused.unless(old.get().length() == value.length, StatusWord.WRONG_DATA);
            old.get().put(head, value);
            return;
        }
        int end = end();
        CommandRefused.unless(end + StoredKey.HEAD + value.length <= file.heapLength(), StatusWord.NO_SPACE);
        new StoredKey(file, end).put(head, value);
    }

    private Optional<StoredKey> first(Predicate<StoredKey> fits) {
        for (int at = 0; hasRecord(at); ) {
            StoredKey key = new StoredKey(file, at);
            if (fits.test(key)) {
                return Optional.of(key);
            }
            at = key.next();
        }
        return Optional.empty();
    }

    private int end() {
        int at = 0;
        while (hasRecord(at)) {
            at = new StoredKey(file, at).next();
        }
        return at;
    }

    private boolean hasRecord(int at) {
        return at + StoredKey.HEAD <= file.heapLength() && file.read(at, 1)[0] != 0;
    }
}
