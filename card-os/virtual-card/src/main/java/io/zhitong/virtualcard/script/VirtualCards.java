package io.zhitong.virtualcard.script;

import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.T0Line;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.virtualcard.CardFileStore;
import io.zhitong.virtualcard.TransportKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Virtual cards of a script (脚本中的虚拟卡), by name, each on a reader of its own; one of them is
 * spoken to. Not thread-safe. */
public final class VirtualCards implements ScriptCards {
    private final Map<String, Card> known = new HashMap<>();
    private final LineRandom random;
    private final Supplier<SecretBytes> batchKey;
    private final Optional<Path> folder;
    private final Set<Card> powerless = new HashSet<>();
    private Optional<Card> current = Optional.empty();
    private Optional<T0Line> line = Optional.empty();

    /** No card yet; {@code !card} makes them, and they are gone at the end. */
    public VirtualCards(LineRandom random, Supplier<SecretBytes> batchKey) {
        this(random, batchKey, Optional.empty());
    }

    /** @param folder where the cards that {@code !card} makes are kept as files NAME.card */
    public VirtualCards(LineRandom random, Supplier<SecretBytes> batchKey, Optional<Path> folder) {
        this.random = random;
        this.batchKey = batchKey;
        this.folder = folder;
    }

    /** Over one card that there is. */
    public static VirtualCards of(Nvm nvm, LineRandom random) {
        VirtualCards cards = new VirtualCards(random, TransportKey::ofShell);
        cards.current = Optional.of(new Card(nvm, random));
        return cards;
    }

    /** Over one card that there is, in a slot that speaks T=0. */
    public static VirtualCards overT0(Nvm nvm, LineRandom random) {
        VirtualCards cards = of(nvm, random);
        cards.line = cards.current.map(T0Line::new);
        return cards;
    }

    /** The card spoken to. */
    public Card card() {
        return current.orElseThrow(() -> new MalformedInput("expected first !card NAME PROFILE"));
    }

    @Override
    public String command(byte[] apdu) {
        return guarded(() -> {
            if (powerless.remove(card())) {
                card().reset();
            }
            return Hex.of(exchanged(apdu)).toUpperCase(Locale.ROOT);
        });
    }

    private byte[] exchanged(byte[] apdu) {
        return line.map(t0 -> t0.exchange(apdu)).orElseGet(() -> card().process(apdu));
    }

    @Override
    public String reset() {
        powerless.remove(card());
        return guarded(() -> {
            line.ifPresentOrElse(T0Line::reset, () -> card().reset());
            return "";
        });
    }

    private String guarded(Supplier<String> step) {
        try {
            String answer = step.get();
            card().nvm().keepPower();
            return answer;
        } catch (PowerLoss e) {
            powerless.add(card());
            return TORN;
        }
    }

    @Override
    public void tear(PowerCut cut) {
        card().nvm().cutPower(cut);
    }

    @Override
    public void feed(byte[] bytes) {
        random.feed(bytes);
    }

    @Override
    public void choose(String name, Optional<String> profile, Optional<byte[]> chipId) {
        if (profile.isPresent() == known.containsKey(name)) {
            throw new MalformedInput("expected !card NAME of a card made before, or !card NAME PROFILE for a new one");
        }
        profile.ifPresent(p -> known.put(name, born(name, p, chipId)));
        current = Optional.ofNullable(known.get(name));
        line = Optional.empty();
    }

    private Card born(String name, String profileName, Optional<byte[]> chipId) {
        CardProfile profile = CardProfile.named(profileName)
                .orElseThrow(() -> new MalformedInput("expected a profile that zt card new --help lists"));
        ChipIdentity drawn = ChipIdentity.fresh(RandomSource.secure());
        ChipIdentity identity =
                chipId.map(id -> new ChipIdentity(id, drawn.uid())).orElse(drawn);
        try (SecretBytes key = batchKey.get()) {
            return new Card(memory(name, profile, identity, key), random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Nvm memory(String name, CardProfile profile, ChipIdentity identity, SecretBytes key) throws IOException {
        if (folder.isPresent()) {
            return CardFileStore.make(folder.get().resolve(name + ".card"), profile, identity, key);
        }
        Nvm nvm = Nvm.inMemory(profile.memory());
        CardBirth.of(nvm, profile, identity, key);
        return nvm;
    }
}
