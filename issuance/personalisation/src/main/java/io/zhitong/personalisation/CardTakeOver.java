package io.zhitong.personalisation;

import io.zhitong.cardspec.CardFiles;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Makes a factory-fresh card or module ours (接管): the transport key of its batch gives way to the control key of this one
 * chip. Run again after an interruption it finds its own key and goes on.
 */
final class CardTakeOver {
    private static final int CHIP_FILE = 30;
    private static final int CHIP_ID_AT = 8;
    private static final int FULL_STATUS = 0x0F;
    private static final int TRANSPORT_VERSION = 1;

    private final CardCommands commands;
    private final Progress progress;

    CardTakeOver(CardCommands commands, Progress progress) {
        this.commands = commands;
        this.progress = progress;
    }

    /**
     * Afterwards the MF is selected and authenticated.
     *
     * @param controlOf the card's own control key by its chip id
     * @throws PersonalisationRefused NOT_OURS if neither key opens the card
     */
    Owned run(Function<byte[], KeyRef> controlOf) {
        return run(controlOf, chipId -> KeyRef.of(KeyUsage.TRANSPORT, TRANSPORT_VERSION, chipId));
    }

    /** The same, where the card still has another key than that of its batch. */
    Owned run(Function<byte[], KeyRef> controlOf, Function<byte[], KeyRef> earlierOf) {
        progress.begins(CardStep.IDENTIFY);
        byte[] chipId = chipId(commands);
        KeyRef control = controlOf.apply(chipId);
        KeyRef earlier = earlierOf.apply(chipId);
        progress.begins(CardStep.TAKE_OVER);
        if (!commands.authenticate(control)) {
            if (!commands.authenticate(earlier)) {
                throw new PersonalisationRefused(PersonalisationRefused.Reason.NOT_OURS, "chip " + Hex.of(chipId));
            }
            commands.replaceKey(earlier, KeyRecord.authentication(0, FULL_STATUS, control));
        }
        return new Owned(chipId, control);
    }

    /** Selects the MF and reads file 0005. */
    static byte[] chipId(CardCommands commands) {
        commands.selectMf();
        byte[] file = commands.readBinary(CardFiles.CHIP, CHIP_FILE);
        return Arrays.copyOfRange(file, CHIP_ID_AT, CHIP_ID_AT + 8);
    }

    /** A card whose control key is ours. */
    record Owned(byte[] chipId, KeyRef control) {}
}
