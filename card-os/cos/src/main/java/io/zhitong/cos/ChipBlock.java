package io.zhitong.cos;

import io.zhitong.cos.chip.JournalledMemory;
import io.zhitong.cos.state.CardProfile;
import java.util.Optional;

/** The first bytes of a card's memory (芯片区): version 02 ‖ profile number 1 ‖ zeros 12 ‖ state of life 1. */
final class ChipBlock {
    private static final int VERSION = 2;

    private ChipBlock() {}

    static void write(JournalledMemory memory, CardProfile profile) {
        memory.write(0, (byte) VERSION, (byte) profile.id());
    }

    static Optional<CardProfile> profile(JournalledMemory memory) {
        return memory.u8(0) == VERSION ? CardProfile.numbered(memory.u8(1)) : Optional.empty();
    }
}
