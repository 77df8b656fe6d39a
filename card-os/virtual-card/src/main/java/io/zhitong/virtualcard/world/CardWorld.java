package io.zhitong.virtualcard.world;

import io.zhitong.cardspec.ReaderFrame.Status;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.virtualcard.CardFileStore;
import io.zhitong.virtualcard.TransportKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Cards, readers and where each card lies (虚拟卡世界). Cards are files {@code DIR/cards/NAME.card}; all of it is there again
 * after the process was killed. Thread-safe.
 */
final class CardWorld {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-][\\p{L}\\p{N}_.-]{0,39}");
    private static final String SUFFIX = ".card";

    private final Path cardDirectory;
    private final WorldFile file;
    private final Optional<Path> transportKey;
    private final Map<String, WorldCard> cards = new TreeMap<>();
    private final Map<String, WorldReader> readers = new LinkedHashMap<>();

    CardWorld(Path directory, List<String> readerNames, Optional<Path> transportKey) throws IOException {
        this.cardDirectory = Files.createDirectories(directory.resolve("cards"));
        this.file = new WorldFile(directory);
        this.transportKey = transportKey;
        readerNames.forEach(this::addReader);
        openCards();
        restorePlaces();
    }

    private void addReader(String name) {
        if (readers.put(checked(name), new WorldReader(name)) != null) {
            throw WorldFault.badRequest("expected each reader once, came " + name + " again");
        }
    }

    private void openCards() throws IOException {
        try (Stream<Path> files = Files.list(cardDirectory)) {
            for (Path path : files.filter(p -> p.toString().endsWith(SUFFIX)).toList()) {
                String fileName = path.getFileName().toString();
                String name = fileName.substring(0, fileName.length() - SUFFIX.length());
                cards.put(name, openCard(name, path));
            }
        }
    }

    private static WorldCard openCard(String name, Path path) throws IOException {
        try {
            return WorldCard.open(name, path);
        } catch (MalformedInput e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    private void restorePlaces() throws IOException {
        file.read().forEach((reader, card) -> {
            if (readers.containsKey(reader)
                    && cards.containsKey(card)
                    && placeOf(card).isEmpty()) {
                readers.get(reader).lay(cards.get(card));
            }
        });
    }

    /** Readers in the order of the configuration. */
    Collection<WorldReader> readers() {
        return readers.values();
    }

    /** A reader by name. */
    WorldReader reader(String name) {
        WorldReader reader = readers.get(name);
        if (reader == null) {
            throw new WorldFault(Status.NO_READER, "no reader of that name");
        }
        return reader;
    }

    /** All cards by name. */
    synchronized List<WorldCard> cards() {
        return List.copyOf(cards.values());
    }

    /** Makes a factory-fresh card. */
    synchronized void make(String name, String profileName) {
        if (cards.containsKey(checked(name))) {
            throw WorldFault.badRequest("a card of that name exists");
        }
        CardProfile profile = CardProfile.named(profileName)
                .orElseThrow(() -> WorldFault.badRequest("expected a profile, one of "
                        + CardProfile.all().stream().map(CardProfile::name).toList()));
        try (SecretBytes key = batchKey(profile)) {
            Nvm nvm = CardFileStore.make(cardDirectory.resolve(name + SUFFIX), profile, key);
            cards.put(name, WorldCard.of(name, nvm));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SecretBytes batchKey(CardProfile profile) {
        if (profile.birth() == CardProfile.Birth.EMPTY) {
            return TransportKey.ofShell();
        }
        return TransportKey.read(transportKey.orElseThrow(() -> WorldFault.badRequest(
                "this factory has no transport key; start the card world with --transport-key FILE")));
    }

    /** Lays a card on a reader; it is taken from where it lay. */
    synchronized void insert(String cardName, String readerName) {
        WorldCard card = cards.get(cardName);
        if (card == null) {
            throw WorldFault.badRequest("no card of that name");
        }
        WorldReader target = reader(readerName);
        if (target.cardName().filter(cardName::equals).isPresent()) {
            return;
        }
        if (target.present()) {
            throw WorldFault.badRequest("the reader holds another card; remove it first");
        }
        placeOf(cardName).ifPresent(WorldReader::take);
        target.lay(card);
        savePlaces();
    }

    /** Takes the card away from a reader. */
    synchronized void remove(String readerName) {
        reader(readerName).take();
        savePlaces();
    }

    /** The reader on which a card lies. */
    Optional<WorldReader> placeOf(String cardName) {
        return readers.values().stream()
                .filter(r -> r.cardName().filter(cardName::equals).isPresent())
                .findFirst();
    }

    private void savePlaces() {
        Map<String, String> lying = new TreeMap<>();
        readers.values().forEach(r -> r.cardName().ifPresent(card -> lying.put(r.name(), card)));
        try {
            file.write(lying);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw WorldFault.badRequest("expected a name of 1 to 40 letters, digits, - _ .");
        }
        return name;
    }
}
