package io.zhitong.cos;

import io.zhitong.cos.chip.JournalledMemory;
import io.zhitong.cos.state.CardProfile;
import java.util.Optional;

/** The first bytes of a card's memory (芯片区): version 01 ‖ profile number 1 ‖ chip id 8 ‖ UID 4 ‖ state of life 1. */
final class ChipBlock {
    private static final int VERSION = 1;

    private ChipBlock() {}

    static void write(JournalledMemory memory, CardProfile profile, ChipIdentity identity) {
        memory.write(0, (byte) VERSION, (byte) profile.id());
        memory.write(2, identity.chipId());
        memory.write(10, identity.uid());
    }

    static Optional<CardProfile> profile(JournalledMemory memory) {
        return memory.u8(0) == VERSION ? CardProfile.numbered(memory.u8(1)) : Optional.empty();
    }

    static ChipIdentity identity(JournalledMemory memory) {
        return new ChipIdentity(memory.read(2, 8), memory.read(10, 4));
    }
}
