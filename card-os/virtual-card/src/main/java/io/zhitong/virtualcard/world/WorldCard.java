package io.zhitong.virtualcard.world;

import io.zhitong.cos.Card;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.nio.file.Path;

/** A card of the world (虚拟卡), kept in one file: whatever it finished is there after the process is killed. */
final class WorldCard {
    private final String name;
    private final CardProfile profile;
    private final byte[] ats;
    private final Nvm nvm;

    private WorldCard(String name, Card card) {
        this.name = name;
        this.profile = card.profile();
        this.ats = card.ats();
        this.nvm = card.nvm();
    }

    static WorldCard open(String name, Path file) throws IOException {
        return of(name, Nvm.open(file));
    }

    static WorldCard of(String name, Nvm nvm) {
        return new WorldCard(name, new Card(nvm, RandomSource.secure()));
    }

    String name() {
        return name;
    }

    String profile() {
        return profile.name();
    }

    byte[] ats() {
        return ats.clone();
    }

    Card powerUp() {
        return new Card(nvm, RandomSource.secure());
    }
}
